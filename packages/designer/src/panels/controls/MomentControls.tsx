import { faceOf } from '@tenon/runtime/ui'
import { Input } from 'antd'
import { useId } from 'react'
import type { ControlProps } from '../contract.ts'
import { naming } from '../naming.ts'

const DateEdit = faceOf('date').Edit

export function DayControl({ value, onChange, id }: ControlProps<string>) {
  const own = useId()
  if (!DateEdit) return null
  return (
    <DateEdit
      field={{ type: 'date', id: 'day', label: '' }}
      id={id ?? own}
      value={value ?? null}
      onChange={(next) => onChange(typeof next === 'string' ? next : undefined)}
    />
  )
}

/** A time of day; 24:00, the end of a day, has no place in a clock face and is written. */
export function TimeControl({ value, onChange, id, label }: ControlProps<string>) {
  return (
    <Input
      type={value === '24:00' ? 'text' : 'time'}
      {...naming(id, label)}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  )
}
