import { resolveText } from '@tenon/engine'
import { Input } from 'antd'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function TextEdit({ field, value, onChange, ...rest }: EditProps<'text'>) {
  const { locale } = useUi()
  return (
    <Input
      {...controlProps(rest)}
      value={typeof value === 'string' ? value : ''}
      maxLength={field.maxLength ?? 500}
      placeholder={resolveText(field.placeholder, locale)}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}
