import { resolveText } from '@tenon/engine'
import { Input } from 'antd'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function LongTextEdit({ field, value, onChange, ...rest }: EditProps<'longText'>) {
  const { locale } = useUi()
  return (
    <Input.TextArea
      {...controlProps(rest)}
      value={typeof value === 'string' ? value : ''}
      maxLength={field.maxLength ?? 20_000}
      rows={3}
      className="grows"
      placeholder={resolveText(field.placeholder, locale)}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}
