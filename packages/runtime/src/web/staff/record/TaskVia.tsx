import { resolveText } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '../../../contract/index.ts'
import { useKnownRef, useUi } from '../../../ui/environment.tsx'
import styles from './record.module.css'

/** Why the task is with whom it is, and what a delegate proposes. */
export function TaskVia({ task }: { readonly task: TaskView }) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const of = useKnownRef(task.via?.of ?? null)
  if (!task.via) return null
  const name = of?.kind === 'user' ? of.name : t('timeline.somebody')
  const advice = resolveText(task.outcomes.find(({ id }) => id === task.advice)?.label, locale)
  return (
    <span className={styles.taskVia}>
      {t(`approval.via.${task.via.kind}`, { name })}
      {advice && `：${advice}`}
    </span>
  )
}
