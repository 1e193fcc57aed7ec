import { useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'
import { choicesIn } from '../schema-words.ts'
import { useAbsentWords } from '../use-absent-words.ts'

/** One of a closed list, in words. */
export function EnumControl({ schema, value, onChange, id, label, required }: SchemaControlProps) {
  const { locale } = useUi()
  const placeholder = useAbsentWords(schema)
  return (
    <Select
      {...naming(id, label)}
      value={typeof value === 'string' ? value : null}
      options={[...choicesIn(schema, locale)]}
      allowClear={!required}
      placeholder={placeholder}
      onChange={(next) => onChange(next ?? undefined)}
      style={{ width: '100%' }}
    />
  )
}
