import { InputNumber } from 'antd'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'

export function NumberControl({ schema, value, onChange, id, label }: SchemaControlProps) {
  const limit = (name: string) => (typeof schema[name] === 'number' ? { [name.slice(0, 3)]: schema[name] } : {})
  return (
    <InputNumber
      {...naming(id, label)}
      value={typeof value === 'number' ? value : null}
      {...(schema.type === 'integer' ? { precision: 0 } : {})}
      {...limit('minimum')}
      {...limit('maximum')}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      style={{ width: '100%' }}
    />
  )
}
