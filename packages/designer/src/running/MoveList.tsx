import type { InstanceMove } from '@tenon/runtime/contract'
import { Moment } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import styles from './running.module.css'

/** What was ordered for running instances, how far it is and how it ended. */
export function MoveList({ moves }: { moves: readonly InstanceMove[] }) {
  const { t } = useTranslation('designer')
  if (moves.length === 0) return null
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('running.moves')}</h2>
      <ul className={styles.list}>
        {moves.map((move) => (
          <li key={move.id} className={styles.line}>
            <strong>{t('versionNumber', { version: move.version })}</strong>
            <span>{t('running.moved', { moved: move.moved, kept: move.kept, parked: move.parked })}</span>
            <span className={styles.meta}>
              {t(`running.state.${move.state}`)} · <Moment at={move.finishedAt ?? move.startedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
