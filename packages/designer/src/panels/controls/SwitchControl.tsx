import { Switch } from 'antd'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'
import { isOnWhenAbsent } from '../schema-words.ts'

/** Says only what differs from saying nothing. */
export function SwitchControl({ schema, value, onChange, id, label, required }: SchemaControlProps) {
  const absent = isOnWhenAbsent(schema)
  const on = typeof value === 'boolean' ? value : absent
  return (
    <Switch
      {...naming(id, label)}
      size="small"
      checked={on}
      onChange={(next) => onChange(next === absent && !required ? undefined : next)}
    />
  )
}
