import { resolveText } from '@tenon/engine'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function MultiSelectEdit({ field, value, onChange, ...rest }: EditProps<'multiSelect'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  const offered = field.options.filter((option) => !option.retired || chosen.includes(option.id))
  return (
    <Select
      {...controlProps(rest)}
      mode="multiple"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={[...chosen]}
      options={offered.map((option) => ({ value: option.id, label: resolveText(option.label, locale) }))}
      placeholder={resolveText(field.placeholder, locale) || t('choose')}
      {...(field.maxItems === undefined ? {} : { maxCount: field.maxItems })}
      onChange={(ids) => onChange(ids.length === 0 ? null : ids)}
      style={{ width: '100%' }}
    />
  )
}
