import { resolveText } from '@tenon/engine'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function UrlEdit({ field, value, onChange, ...rest }: EditProps<'url'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  return (
    <Input
      {...controlProps(rest)}
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      value={typeof value === 'string' ? value : ''}
      maxLength={2000}
      placeholder={resolveText(field.placeholder, locale) || t('urlHint')}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}
