import { parseDurationMs } from '@tenon/engine'
import { InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from '../contract.ts'
import { naming } from '../naming.ts'

const units = [
  ['minutes', 60_000, (count: number) => `PT${count}M`],
  ['hours', 3_600_000, (count: number) => `PT${count}H`],
  ['days', 86_400_000, (count: number) => `P${count}D`],
] as const
type Unit = (typeof units)[number][0]

/** The largest unit that says a duration as a whole number; undefined: none does. */
function wholeUnit(ms: number): Unit | undefined {
  return [...units].reverse().find(([, size]) => ms > 0 && ms % size === 0)?.[0]
}
/** The unit in which it is written: `PT24H` stays hours. */
const writtenUnit = (text: string): Unit | undefined =>
  /^PT\d+M$/.test(text) ? 'minutes' : /^PT\d+H$/.test(text) ? 'hours' : /^P\d+D$/.test(text) ? 'days' : undefined

type Props = ControlProps<string> & { readonly size?: 'small' | 'middle' }

/** A length of time: a number and its unit. */
export function DurationControl({ value, onChange, id, label, size = 'middle' }: Props) {
  const { t } = useTranslation('panels')
  const ms = value === undefined ? undefined : parseDurationMs(value)
  const [wanted, setWanted] = useState<Unit>('hours')
  const own = value === undefined ? wanted : (writtenUnit(value) ?? wholeUnit(ms ?? 0))
  // What no single unit says (PT1H30M, P2W) is kept as it is, in minutes.
  const unit = own ?? 'minutes'
  const [, unitMs, write] = units.find(([name]) => name === unit) ?? units[0]
  return (
    <Space.Compact block>
      <InputNumber
        {...naming(id, label)}
        size={size}
        min={0}
        precision={0}
        controls={false}
        value={ms === undefined ? null : Math.round(ms / unitMs)}
        onChange={(count) => onChange(typeof count === 'number' ? write(count) : undefined)}
        style={{ width: '60%' }}
      />
      <Select
        aria-label={`${label ?? ''} ${t('unit')}`}
        size={size}
        value={unit}
        options={units.map(([name]) => ({ value: name, label: t(`units.${name}`) }))}
        onChange={(next) => {
          setWanted(next)
          const found = units.find(([name]) => name === next)
          if (found && ms !== undefined) onChange(found[2](Math.round(ms / unitMs)))
        }}
        style={{ width: '40%' }}
      />
    </Space.Compact>
  )
}
