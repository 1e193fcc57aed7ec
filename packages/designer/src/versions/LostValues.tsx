import type { PublishPlan } from '@tenon/runtime/contract'
import { useTranslation } from 'react-i18next'
import styles from './publish.module.css'

/** The values a step takes away, or cannot convert: how many, and the first of them by record. */
export function LostValues({ step }: { readonly step: PublishPlan['steps'][number] }) {
  const { t } = useTranslation('designer')
  if (step.values.length === 0) return null
  return (
    <details className={styles.values}>
      <summary>{t('publish.lost', { count: step.lost ?? step.values.length })}</summary>
      <ul className={styles.lines}>
        {step.values.map((one) => (
          <li key={one.record}>{one.value === '' ? one.title : `${one.title}: ${one.value}`}</li>
        ))}
      </ul>
    </details>
  )
}
