import { useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'
import { useAbsentWords } from '../use-absent-words.ts'

/** One of the answers of the task itself, by its name; an answer that is gone is still shown, to be replaced. */
export function OutcomeControl({ schema, value, onChange, scope, id, label }: SchemaControlProps) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const placeholder = useAbsentWords(schema)
  const answers = (scope.outcomes ?? []).map((one) => ({ value: one.id, label: labelOf(one, locale, one.id) }))
  const current = typeof value === 'string' && value !== '' ? value : null
  const isGone = current !== null && !answers.some((one) => one.value === current)
  return (
    <Select
      {...naming(id, label)}
      value={current}
      options={isGone ? [...answers, { value: current, label: t('outcomeGone') }] : answers}
      allowClear
      placeholder={placeholder}
      notFoundContent={t('none.outcome')}
      onChange={(next) => onChange(next ?? undefined)}
      style={{ width: '100%' }}
    />
  )
}
