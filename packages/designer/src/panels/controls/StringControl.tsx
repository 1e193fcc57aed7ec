import { Input } from 'antd'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'

export function StringControl({ value, onChange, id, label }: SchemaControlProps) {
  return (
    <Input
      {...naming(id, label)}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  )
}
