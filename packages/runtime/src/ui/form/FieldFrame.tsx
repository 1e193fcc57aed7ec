import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './form.module.css'

type Props = {
  readonly id: string
  readonly label: string
  readonly help: string
  readonly required: boolean
  readonly problems: readonly string[]
  /** What the label names: a control, a group of many, or a value that is only read. */
  readonly around: 'control' | 'group' | 'value'
  /** Between the control and what is said about it. */
  readonly aside?: ReactNode
  readonly children: (describedBy: string | undefined) => ReactNode
}

/** What stands around a field: its label, help, and what is wrong with it. */
export function FieldFrame({ id, label, help, required, problems, around, aside, children }: Props) {
  const { t } = useTranslation('ui')
  const mark = around !== 'value' && required && (
    <span className={styles.required} title={t('requiredMark')} aria-hidden>
      *
    </span>
  )
  const describedBy = problems.length > 0 ? `${id}_problem` : help ? `${id}_help` : undefined
  return (
    <div>
      {around === 'control' ? (
        <label htmlFor={id} className={styles.label}>
          {label}
          {mark}
        </label>
      ) : (
        <span className={styles.label}>
          {label}
          {mark}
        </span>
      )}
      {children(describedBy)}
      {aside}
      {problems.length > 0 ? (
        <div id={`${id}_problem`} className={styles.problem} role="alert">
          {problems.join(' ')}
        </div>
      ) : (
        help && (
          <div id={`${id}_help`} className={styles.help}>
            {help}
          </div>
        )
      )}
    </div>
  )
}
