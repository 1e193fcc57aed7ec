import { type DecisionDefinition, fieldOptions, isObject, resolveText, type ValueExpression } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type PanelScope, useDraftApp, ValueControl } from '../../panels/index.ts'
import styles from './decision.module.css'

type Props = {
  readonly output: DecisionDefinition['outputs'][number]
  readonly value: ValueExpression | undefined
  readonly scope: PanelScope
  readonly label: string
  readonly onChange: (value: ValueExpression | undefined) => void
}

/** One result: chosen among the values of its column where it has some, else any value. */
export function OutputCell({ output, value, scope, label, onChange }: Props) {
  const { t } = useTranslation('decision')
  const { locale } = useUi()
  const { lookup } = useDraftApp()
  const form = scope.form === undefined ? undefined : lookup(scope.form)
  const field = form?.fields.get(output.id)
  const options = field && form ? fieldOptions(field, form) : []
  const labelOf = (id: string) => resolveText(options.find((one) => one.id === id)?.label, locale) || id
  const values = output.values?.map(String) ?? options.map(({ id }) => id)
  if (values.length > 0 && !isObject(value))
    return (
      <Select
        size="small"
        aria-label={label}
        value={value === undefined || value === null ? null : String(value)}
        options={values.map((one) => ({ value: one, label: labelOf(one) }))}
        placeholder={t('empty')}
        allowClear
        popupMatchSelectWidth={false}
        onChange={(next: string | null) =>
          onChange(next === null ? undefined : (output.values?.find((one) => String(one) === next) ?? next))
        }
        className={styles.cell ?? ''}
      />
    )
  return <ValueControl label={label} scope={scope} value={value} onChange={onChange} field={field?.definition} />
}
