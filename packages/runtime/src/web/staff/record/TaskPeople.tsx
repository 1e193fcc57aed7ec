import { resolveText } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import type { ApprovalView, TaskView } from '../../../contract/index.ts'
import { type Refs, RefsProvider, useRefs, useUi } from '../../../ui/environment.tsx'
import { Person } from '../../../ui/show/Person.tsx'
import { TonePill } from '../../../ui/show/TonePill.tsx'
import styles from './record.module.css'

type Props = { readonly task: TaskView; readonly approval: ApprovalView }

/** Who of several has answered what, who is asked now and who is next. */
export function TaskPeople({ task, approval }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const known = useRefs()
  const { people, mode, needed } = approval
  if (people.length < 2) return null
  const answered = people.filter(({ state }) => state === 'answered').length
  const outcomeOf = (id: string | null) => resolveText(task.outcomes.find((one) => one.id === id)?.label, locale)
  const consent = task.outcomes[0]?.id ?? null
  const words = (one: ApprovalView['people'][number]) =>
    one.state === 'answered' ? outcomeOf(one.outcome) || t('approval.answered') : t(`approval.${one.state}`)
  const tone = (one: ApprovalView['people'][number]) =>
    one.state === 'answered'
      ? one.outcome === consent
        ? 'success'
        : 'danger'
      : one.state === 'open'
        ? 'info'
        : 'neutral'
  return (
    <RefsProvider refs={{ ...known, ...(approval.refs as Refs) }}>
      <div className={styles.taskPeople}>
        <span className={styles.taskWho}>
          {t(`approval.mode.${mode}`)}
          {needed !== null && ` · ${t('approval.needed', { count: needed })}`}
          {` · ${t('approval.progress', { done: answered, all: people.length })}`}
        </span>
        <ul className={styles.peopleList} aria-label={t('approval.people')}>
          {people.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a person may stand in the list more than once.
            <li key={`${one.person ?? ''}${at}`} className={styles.personChip} data-state={one.state}>
              {one.person ? <Person id={one.person} /> : t('task.unassigned')}
              <TonePill tone={tone(one)}>{words(one)}</TonePill>
            </li>
          ))}
        </ul>
      </div>
    </RefsProvider>
  )
}
