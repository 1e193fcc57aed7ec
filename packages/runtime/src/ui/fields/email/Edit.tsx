import { resolveText } from '@tenon/engine'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function EmailEdit({ field, value, onChange, ...rest }: EditProps<'email'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  return (
    <Input
      {...controlProps(rest)}
      type="email"
      autoComplete="off"
      value={typeof value === 'string' ? value : ''}
      maxLength={200}
      placeholder={resolveText(field.placeholder, locale) || t('emailHint')}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}
