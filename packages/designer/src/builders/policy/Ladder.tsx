import type { ClockDefinition } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import type { Telling } from '../../panels/condition/condition-words.ts'
import styles from './policy.module.css'
import { tellStepDeed, tellStepTime } from './policy-words.ts'

/** The steps of a ladder from left to right, as they come. */
export function Ladder({ clock, telling }: { clock: ClockDefinition; telling: Telling }) {
  const { t } = useTranslation('policy')
  const steps = clock.ladder ?? []
  if (steps.length === 0) return null
  return (
    <ol className={styles.ladder} aria-label={t('ladder')}>
      {steps.map((step) => (
        <li key={step.id} className={styles.step} data-late={(step.at ?? 0) >= 1 || step.after !== undefined}>
          <strong>{tellStepTime(step, telling, t)}</strong> {tellStepDeed(step, telling, t)}
        </li>
      ))}
    </ol>
  )
}
