import { type FactName, type FormModel, isObject, type Ref, refParts } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from '../contract.ts'
import { fieldRule, formOfScope, useDraftApp } from '../draft-app.ts'
import { naming } from '../naming.ts'
import { pathLabel, referenceChoices } from '../reference-choices.ts'
import { variableLabels } from '../variables.ts'
import { groupedOptions } from './ReferenceControl.tsx'

export const isRefValue = (value: unknown): value is Ref => isObject(value) && typeof value.ref === 'string'

const userParts = ['id', 'department', 'superior', 'name', 'username'] as const

/** Places in the facts that can be taken as a value, in words. */
export function useRefChoices(scope: ControlProps['scope'], form: FormModel | undefined) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const app = useDraftApp()
  const record = referenceChoices(fieldRule(scope), { app, path: scope.path, form, siblings: {}, locale })
  const own = form && scope.rows === undefined ? [{ value: '$.record.id', label: t('fact.thisRecord') }] : []
  const fields = record.map(({ value, label, group }) => ({ value: `$.record.${value}`, label, group }))
  const people = userParts.map((part) => ({
    value: part === 'id' ? '$.user.id' : `$.user.${part}`,
    label: t(`user.${part}`),
    group: t('fact.user'),
  }))
  const variables = variableLabels(app, locale)
  // What browsers evaluate knows nothing of the installation.
  const set = /^(flows|rules)\//.test(scope.path)
    ? [...variables].map(([variable, label]) => ({ value: `$.env.${variable}`, label, group: t('fact.env') }))
    : []
  const choices = [...fields, ...own, ...people, ...set]
  const labelOf = (ref: string): string => {
    const found = choices.find((choice) => choice.value === ref)
    if (found) return found.label
    const { fact, path } = refParts(ref)
    if (fact === 'record' || fact === 'previous') {
      const words = pathLabel(path, form, { app, locale })
      if (words) return fact === 'previous' ? t('previousValue', { name: words }) : words
    }
    if (fact === 'candidate' && path.join() === 'id') return t('fact.candidate')
    if (fact === 'env') return variables.get(path.join()) ?? path.join()
    return factLabel(fact, path, t)
  }
  return { choices, labelOf }
}

function factLabel(fact: FactName, path: readonly string[], t: (key: string) => string): string {
  const words = t(`fact.${fact}`)
  return path.length === 0 ? words : `${words} › ${path.join(' › ')}`
}

/** The value that stands at another place of the facts. */
export function RefControl({ value, onChange, scope, label, id }: ControlProps<Ref>) {
  const { t } = useTranslation('panels')
  const { lookup } = useDraftApp()
  const { choices, labelOf } = useRefChoices(scope, formOfScope(scope, lookup))
  const current = value?.ref
  const isKnown = current === undefined || choices.some((choice) => choice.value === current)
  return (
    <Select
      {...naming(id, label)}
      value={current ?? null}
      options={groupedOptions(isKnown ? choices : [...choices, { value: current, label: labelOf(current) }])}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('chooseField')}
      onChange={(next: string) => onChange({ ref: next })}
      style={{ width: '100%' }}
    />
  )
}
