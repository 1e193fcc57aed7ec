import { isObject } from '@tenon/engine'
import { labelOf } from '../draft/labels.ts'
import type { Telling } from './condition/condition-words.ts'
import { pathLabel } from './reference-choices.ts'

const known = ['assignee', 'creator', 'superior'] as const

/** Who is meant, in a few words: `客服、负责人的上级`. */
export function tellWho(who: unknown, telling: Telling): string {
  const list = Array.isArray(who) ? who.filter(isObject) : []
  return list.map((one) => tellOne(one, telling)).join(telling.t('sentence.comma'))
}

function tellOne(one: { readonly [key: string]: unknown }, telling: Telling): string {
  const { t, locale, form, app } = telling
  const field = (path: string) => {
    const self = known.find((name) => name === path)
    return self ? t(`who.${self}`) : (pathLabel(path.split('.'), form, { app, locale }) ?? t('who.field'))
  }
  if (typeof one.role === 'string')
    return labelOf(
      (app.definition?.roles ?? []).find(({ id }) => id === one.role),
      locale,
      t('who.role'),
    )
  if (typeof one.field === 'string') return field(one.field)
  if (typeof one.superiorOf === 'string') return t('who.superiorOf', { name: field(one.superiorOf) })
  if (typeof one.strategy === 'string')
    return labelOf(app.documents[`assignments/${one.strategy}.json`], locale, t('who.strategy'))
  if (typeof one.self === 'string') return t(`who.${one.self}`)
  const [kind = 'user'] = Object.keys(one)
  return t(`who.${kind}`)
}
