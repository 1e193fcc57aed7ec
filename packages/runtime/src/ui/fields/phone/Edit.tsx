import { resolveText } from '@tenon/engine'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function PhoneEdit({ field, value, onChange, ...rest }: EditProps<'phone'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  return (
    <Input
      {...controlProps(rest)}
      type="tel"
      autoComplete="off"
      value={typeof value === 'string' ? value : ''}
      maxLength={40}
      placeholder={resolveText(field.placeholder, locale) || t('phoneHint')}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}
