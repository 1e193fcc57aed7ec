import { ClockCircleOutlined, PauseCircleOutlined } from '@ant-design/icons'
import type { Tone } from '@tenon/engine'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useUi } from '../environment.tsx'
import { formatClock, formatDuration, formatLate, formatMomentFull } from './format.ts'
import { useSecond } from './now.ts'
import styles from './show.module.css'

export type ShownClock = {
  readonly state: 'running' | 'paused' | 'stopped' | 'cancelled'
  readonly targetMs: number
  readonly elapsedMs: number
  /** Milliseconds since 1970; null while it does not run. */
  readonly dueAt: number | null
  readonly met: boolean | null
}

/** The tone of a clock: above half neutral, then blue, from a fifth amber, overdue red. */
export function clockTone(leftMs: number, targetMs: number): Tone {
  if (leftMs < 0) return 'danger'
  const share = targetMs > 0 ? leftMs / targetMs : 1
  return share <= 0.2 ? 'warning' : share <= 0.5 ? 'info' : 'neutral'
}

/** An SLA clock that ticks by itself: the list around it is not drawn again. */
export function Countdown({ clock, label, icon = true }: { clock: ShownClock; label?: string; icon?: boolean }) {
  const { t } = useTranslation('ui')
  const ui = useUi()
  const now = useSecond()
  const left = clock.state === 'running' && clock.dueAt !== null ? clock.dueAt - now : clock.targetMs - clock.elapsedMs
  const name = label ? `${label} ` : ''

  if (clock.state === 'stopped') {
    const met = clock.met !== false
    return (
      <Tooltip
        title={`${name}${met ? t('clockMet') : t('clockMissed')} · ${formatDuration(clock.elapsedMs, ui.locale)}`}
      >
        <span className={styles.clock} data-tone={met ? 'success' : 'danger'}>
          {label}
          <span className={styles.clockTime}>{met ? t('clockMet') : t('clockMissed')}</span>
        </span>
      </Tooltip>
    )
  }
  if (clock.state === 'cancelled') return null

  const tone = clockTone(left, clock.targetMs)
  const spoken =
    left < 0
      ? t('overdueBy', { time: formatDuration(-left, ui.locale) })
      : t('leftTime', { time: formatDuration(left, ui.locale) })
  const due = clock.dueAt === null ? '' : ` · ${t('dueAt', { at: formatMomentFull(clock.dueAt, ui) })}`
  const paused = clock.state === 'paused'
  return (
    <Tooltip title={`${name}${paused ? `${t('paused')} · ` : ''}${spoken}${due}`}>
      <span className={styles.clock} data-tone={paused ? 'neutral' : tone}>
        {icon && (paused ? <PauseCircleOutlined aria-hidden /> : <ClockCircleOutlined aria-hidden />)}
        {label && <span>{label}</span>}
        <span className={styles.clockTime}>
          {paused ? t('paused') : left < 0 ? formatLate(-left, ui.locale) : formatClock(left, ui.locale)}
        </span>
        <span className="visually-hidden">{spoken.replace(/[\d:]+$/, '')}</span>
      </span>
    </Tooltip>
  )
}
