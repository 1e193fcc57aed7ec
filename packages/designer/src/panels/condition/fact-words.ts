import type { FactName, FormModel, Locale } from '@tenon/engine'
import type { DraftApp } from '../draft-app.ts'
import { pathLabel } from '../reference-choices.ts'
import { variableLabels } from '../variables.ts'

export type FactTelling = {
  readonly app: DraftApp
  readonly form: FormModel | undefined
  readonly locale: Locale
  readonly t: (key: string, values?: object) => string
}

/** What a path below a fact is called; undefined: it means nothing here. */
export function factWords(
  fact: FactName,
  path: readonly string[],
  { app, form, locale, t }: FactTelling,
): string | undefined {
  const [first, ...rest] = path
  const known = (key: string): string | undefined => t(key, { defaultValue: '' }) || undefined
  switch (fact) {
    case 'record':
    case 'previous': {
      const words = first === undefined ? t('fact.thisRecord') : pathLabel(path, form, { app, locale })
      return words !== undefined && fact === 'previous' ? t('previousValue', { name: words }) : words
    }
    case 'user':
      return rest.length > 0 ? undefined : known(`user.${first ?? 'id'}`)
    case 'candidate':
      return rest.length > 0 ? undefined : known(first === undefined ? 'fact.candidate' : `candidate.${first}`)
    case 'env':
      return rest.length > 0 ? undefined : variableLabels(app, locale).get(first ?? '')
    default: {
      const words = [known(`fact.${fact}`), ...path.map((part) => known(`factPart.${part}`))]
      return words.includes(undefined) ? undefined : words.join(' › ')
    }
  }
}
