import { type Locale, resolveText } from '@tenon/engine'
import { Button, Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockView } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { formatDuration, formatWorkingTime } from '../../../ui/show/format.ts'
import { Moment } from '../../../ui/show/Moment.tsx'
import { Person } from '../../../ui/show/Person.tsx'
import { TonePill } from '../../../ui/show/TonePill.tsx'
import styles from './record.module.css'

type Props = {
  readonly clock: ClockView
  readonly onAcknowledge: (note: string | undefined) => Promise<boolean>
  readonly children: ReactNode
}

/** Why a clock stands where it stands: every stretch of its life, what it counted, on which calendar and by which version. */
export function ClockDialog({ clock, onAcknowledge, children }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const [open, setOpen] = useState(false)
  const time = timeOf(clock, locale)
  const over = clock.elapsedMs - clock.targetMs
  return (
    <>
      <button type="button" className={styles.bareButton} onClick={() => setOpen(true)}>
        {children}
      </button>
      <Modal
        open={open}
        title={
          <span className={styles.clockTitle}>
            {resolveText(clock.label, locale)}
            <TonePill tone="neutral">{t(`clock.agreement.${clock.agreement}`)}</TonePill>
          </span>
        }
        footer={null}
        onCancel={() => setOpen(false)}
        width={720}
        destroyOnHidden
      >
        <p className={styles.clockLine}>
          {t('clock.target', { time: time(clock.targetMs) })} · {t('clock.used', { time: time(clock.elapsedMs) })}
          {over > 0 && (
            <>
              {' '}
              · <span className={styles.clockOver}>{t('clock.over', { time: time(over) })}</span>
            </>
          )}
          {clock.dueAt && (
            <>
              {' '}
              · {t('clock.due')} <Moment at={clock.dueAt} />
            </>
          )}
          {clock.pauseUntil && (
            <>
              {' '}
              · {t('clock.pauseUntil')} <Moment at={clock.pauseUntil} />
            </>
          )}
        </p>
        <Segments clock={clock} />
        <Acknowledgement clock={clock} onAcknowledge={onAcknowledge} />
      </Modal>
    </>
  )
}

/** How lengths of this clock are told: by a calendar in working hours, else in days and hours. */
const timeOf = (clock: ClockView, locale: Locale) => {
  const format = clock.segments.some(({ calendar }) => calendar !== null) ? formatWorkingTime : formatDuration
  return (ms: number) => format(ms, locale)
}

function Segments({ clock }: { clock: ClockView }) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const time = timeOf(clock, locale)
  return (
    <ol className={styles.segments} aria-label={t('clock.segments')}>
      {clock.segments.map((segment) => (
        <li key={segment.from} className={styles.segment} data-state={segment.state}>
          <span className={styles.segmentState}>{t(`clock.state.${segment.state}`)}</span>
          <span>
            <Moment at={segment.from} /> – {segment.to ? <Moment at={segment.to} /> : t('clock.now')}
            <span className={styles.segmentWhy}>
              {t(`clock.why.${segment.why}`, { defaultValue: '' })}
              {segment.state === 'running' &&
                ` · ${segment.calendarLabel ? resolveText(segment.calendarLabel, locale) : t('clock.everyMinute')}`}
              {segment.version !== null && ` · ${t('clock.version', { version: segment.version })}`}
            </span>
          </span>
          <span className={styles.segmentTime}>{segment.state === 'running' ? time(segment.countedMs) : '—'}</span>
        </li>
      ))}
      <li className={styles.segment} data-state="sum">
        <span className={styles.segmentState}>{t('clock.sum')}</span>
        <span />
        <span className={styles.segmentTime}>{time(clock.elapsedMs)}</span>
      </li>
    </ol>
  )
}

/** Who has taken notice, or the way to do it: nobody further up is bothered then. */
function Acknowledgement({ clock, onAcknowledge }: Pick<Props, 'clock' | 'onAcknowledge'>) {
  const { t } = useTranslation('staff')
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  if (clock.acknowledged)
    return (
      <p className={styles.acknowledged}>
        {t('clock.acknowledgedBy')} {clock.acknowledged.by && <Person id={clock.acknowledged.by} />}{' '}
        <Moment at={clock.acknowledged.at} />
      </p>
    )
  if (!clock.mayAcknowledge) return null
  const send = async () => {
    setBusy(true)
    await onAcknowledge(note.trim() || undefined)
    setBusy(false)
  }
  return (
    <div className={styles.acknowledge}>
      <Input
        value={note}
        maxLength={2000}
        aria-label={t('clock.acknowledgeNote')}
        placeholder={t('clock.acknowledgeNote')}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="primary" loading={busy} onClick={() => void send()}>
        {t('clock.acknowledge')}
      </Button>
      <span className={styles.segmentWhy}>{t('clock.acknowledgeHint')}</span>
    </div>
  )
}
