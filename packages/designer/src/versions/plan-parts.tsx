import type { DesignProblem } from '@tenon/runtime/contract'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './publish.module.css'

/** What a plan changes, a sentence each. */
export function PlanChanges({ changes, nothing }: { changes: readonly string[]; nothing?: string }) {
  const { t } = useTranslation('designer')
  return (
    <section>
      <h3 className={styles.heading}>{t('publish.changes')}</h3>
      {changes.length === 0 && <p className={styles.nothing}>{nothing ?? t('publish.nothing')}</p>}
      <ul className={styles.lines}>
        {changes.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}

type ErrorProps = {
  readonly errors: readonly DesignProblem[]
  readonly title: string
  readonly type: 'error' | 'warning'
}

/** What stands in the way of a plan, where nothing can be gone to; nothing when nothing does. */
export const PlanErrors = ({ errors, title, type }: ErrorProps) =>
  errors.length === 0 ? null : (
    <section>
      <Alert type={type} showIcon title={title} />
      <ul className={styles.lines}>
        {errors.map(({ file, path, code, message }) => (
          <li key={`${file}${path}${code}`}>{message}</li>
        ))}
      </ul>
    </section>
  )
