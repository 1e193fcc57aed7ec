import type { ReferenceRule } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ControlProps, PanelScope } from '../contract.ts'
import { useDraftApp } from '../draft-app.ts'
import { naming } from '../naming.ts'
import { pathLabel, type ReferenceChoice, referenceChoices } from '../reference-choices.ts'

type Siblings = { readonly [property: string]: unknown }
type Props = ControlProps & {
  readonly rule: ReferenceRule
  readonly siblings?: Siblings | undefined
  readonly required?: boolean
  readonly placeholder?: string
}
const nothing: Siblings = {}

/** What may be named here, with what is named now even where it is gone. */
export function useReferenceChoices(rule: ReferenceRule, scope: PanelScope, siblings: Siblings = nothing) {
  const { locale } = useUi()
  const app = useDraftApp()
  const form = scope.form === undefined ? undefined : app.lookup(scope.form)
  const choices = referenceChoices(rule, { app, path: scope.path, form, siblings, locale })
  const labelOf = (value: string): string =>
    choices.find((choice) => choice.value === value)?.label ??
    (rule.kind === 'field' ? pathLabel(value.split('.'), form, { app, locale }) : undefined) ??
    value
  return { choices, labelOf }
}

/** Choices under the heading of what they belong to. */
export function groupedOptions(choices: readonly ReferenceChoice[]) {
  const plain = choices.filter(({ group }) => group === undefined)
  const groups = [...new Set(choices.flatMap(({ group }) => (group === undefined ? [] : [group])))]
  return [
    ...plain.map(({ value, label }) => ({ value, label })),
    ...groups.map((group) => ({
      label: group,
      title: group,
      options: choices.filter((choice) => choice.group === group).map(({ value, label }) => ({ value, label })),
    })),
  ]
}

/** Picks what an id stands for, by its label. */
export function ReferenceControl({ value, onChange, scope, id, label, rule, siblings, required, placeholder }: Props) {
  const { t } = useTranslation('panels')
  const { choices, labelOf } = useReferenceChoices(rule, scope, siblings)
  const own = (rule.except ?? []).map((word) => ({ value: word, label: t(`word.${word}`) }))
  const all = [...own, ...choices]
  const current = typeof value === 'string' && value !== '' ? value : undefined
  const known = current === undefined || all.some((choice) => choice.value === current)
  return (
    <Select
      {...naming(id, label)}
      value={current ?? null}
      options={groupedOptions(known ? all : [...all, { value: current, label: labelOf(current) }])}
      allowClear={!required}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={placeholder ?? t('choose')}
      notFoundContent={t(`none.${rule.kind}`, { defaultValue: t('none.any') })}
      onChange={(next: string | null) => onChange(next ?? undefined)}
      style={{ width: '100%' }}
    />
  )
}
