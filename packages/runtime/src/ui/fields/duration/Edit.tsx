import { formatDurationMs, parseDurationMs } from '@tenon/engine'
import { InputNumber, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import type { EditProps } from '../contract.ts'

const parts = [
  ['days', 86_400_000, Number.POSITIVE_INFINITY],
  ['hours', 3_600_000, 24],
  ['minutes', 60_000, 60],
] as const

/** Days, hours and minutes side by side; a number too large for its place carries over. */
export function DurationEdit({ id, value, onChange, disabled, invalid, onBlur }: EditProps<'duration'>) {
  const { t } = useTranslation('ui')
  const totalMs = typeof value === 'string' ? parseDurationMs(value) : undefined
  const shown = (size: number, modulo: number) => {
    if (totalMs === undefined) return null
    const count = Math.floor(totalMs / size)
    return Number.isFinite(modulo) ? count % modulo : count
  }
  const change = (size: number, modulo: number, next: number | null) => {
    const before = shown(size, modulo) ?? 0
    const ms = Math.max(0, (totalMs ?? 0) + ((next ?? 0) - before) * size)
    onChange(next === null && ms === 0 ? null : formatDurationMs(ms))
  }
  return (
    <Space.Compact block>
      {parts.map(([name, size, modulo], index) => (
        <InputNumber
          key={name}
          id={index === 0 ? id : `${id}_${name}`}
          aria-label={t(name)}
          min={0}
          controls={false}
          precision={0}
          suffix={t(name)}
          value={shown(size, modulo)}
          disabled={disabled ?? false}
          {...(invalid ? { status: 'error' as const } : {})}
          {...(onBlur ? { onBlur } : {})}
          onChange={(next) => change(size, modulo, next)}
          style={{ width: '100%' }}
        />
      ))}
    </Space.Compact>
  )
}
