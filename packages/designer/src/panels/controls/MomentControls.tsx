import { parseInstant } from '@tenon/engine'
import { faceOf, useUi } from '@tenon/runtime/ui'
import { Input } from 'antd'
import { useId } from 'react'
import type { ControlProps } from '../contract.ts'
import { naming } from '../naming.ts'
import { momentOfWall, momentText, wallText } from '../wall-moment.ts'

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

/** A day and a time of it, where whoever looks is; kept with the offset from UTC there. */
export function MomentControl({ value, onChange, id, label }: ControlProps<string>) {
  const { zone } = useUi()
  const at = value === undefined ? undefined : parseInstant(value)
  return (
    <Input
      type="datetime-local"
      {...naming(id, label)}
      value={typeof at === 'number' ? wallText(zone, at) : ''}
      onChange={({ target }) => {
        const next = momentOfWall(zone, target.value)
        if (next !== undefined || target.value === '') onChange(next === undefined ? undefined : momentText(zone, next))
      }}
    />
  )
}
