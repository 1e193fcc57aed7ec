import { resolveText } from '@tenon/engine'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import { TonePill } from '../../show/TonePill.tsx'
import type { EditProps } from '../contract.ts'

export function SelectEdit({ field, value, onChange, ...rest }: EditProps<'select'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  // A retired option stays readable where a record still has it, and is not offered anew.
  const offered = field.options.filter((option) => !option.retired || option.id === value)
  const options = offered.map((option) => ({
    value: option.id,
    label: resolveText(option.label, locale),
    tone: option.tone,
  }))
  return (
    <Select
      {...controlProps(rest)}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={typeof value === 'string' ? value : null}
      options={options}
      optionRender={(option) =>
        option.data.tone ? <TonePill tone={option.data.tone}>{option.label}</TonePill> : option.label
      }
      labelRender={({ label, value: id }) => {
        const tone = offered.find((option) => option.id === id)?.tone
        return tone ? <TonePill tone={tone}>{label ?? String(id)}</TonePill> : (label ?? String(id))
      }}
      placeholder={resolveText(field.placeholder, locale) || t('choose')}
      onChange={(id) => onChange(id ?? null)}
      style={{ width: '100%' }}
    />
  )
}
