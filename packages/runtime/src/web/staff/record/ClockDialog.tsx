import { resolveText } from '@tenon/engine'
import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockView } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { formatDuration } from '../../../ui/show/format.ts'
import { Moment } from '../../../ui/show/Moment.tsx'
import styles from './record.module.css'

/** Why a clock stands where it stands: every stretch of time it ran, paused or stood closed. */
export function ClockDialog({ clock, children }: { clock: ClockView; children: ReactNode }) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={styles.bareButton} onClick={() => setOpen(true)}>
        {children}
      </button>
      <Modal
        open={open}
        title={resolveText(clock.label, locale)}
        footer={null}
        onCancel={() => setOpen(false)}
        width={560}
        destroyOnHidden
      >
        <p className={styles.clockLine}>
          {t('clock.target', { time: formatDuration(clock.targetMs, locale) })} ·{' '}
          {t('clock.used', { time: formatDuration(clock.elapsedMs, locale) })}
          {clock.dueAt && (
            <>
              {' '}
              · {t('clock.due')} <Moment at={clock.dueAt} />
            </>
          )}
        </p>
        <ol className={styles.segments}>
          {clock.segments.map((segment) => (
            <li key={segment.from} className={styles.segment} data-state={segment.state}>
              <span className={styles.segmentState}>{t(`clock.state.${segment.state}`)}</span>
              <span>
                <Moment at={segment.from} /> – {segment.to ? <Moment at={segment.to} /> : t('clock.now')}
              </span>
              <span className={styles.segmentTime}>
                {segment.state === 'running' && segment.to ? formatDuration(segment.countedMs, locale) : ''}
              </span>
            </li>
          ))}
        </ol>
      </Modal>
    </>
  )
}
