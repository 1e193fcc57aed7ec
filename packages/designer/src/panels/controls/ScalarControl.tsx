import { Input } from 'antd'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'

/** A value whose type follows from what is written: a number where it reads as one and numbers are allowed. */
export function ScalarControl({ schema, value, onChange, id, label }: SchemaControlProps) {
  const allows = (type: string) =>
    schema.type === undefined || (Array.isArray(schema.type) && schema.type.includes(type))
  const read = (text: string): unknown => {
    if (text === '') return undefined
    const number = Number(text)
    return allows('number') && text.trim() !== '' && String(number) === text ? number : text
  }
  return (
    <Input
      {...naming(id, label)}
      value={value === undefined || value === null || typeof value === 'object' ? '' : String(value)}
      onChange={(event) => onChange(read(event.target.value))}
    />
  )
}
