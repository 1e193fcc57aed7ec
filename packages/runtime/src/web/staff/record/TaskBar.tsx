import { resolveText } from '@tenon/engine'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalView, TaskView } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { Countdown } from '../../../ui/show/Countdown.tsx'
import { Person } from '../../../ui/show/Person.tsx'
import { shownClock } from '../tasks.ts'
import { AssignmentWhy } from './AssignmentWhy.tsx'
import { OutcomeDialog } from './OutcomeDialog.tsx'
import styles from './record.module.css'
import { TaskMenu } from './TaskMenu.tsx'
import { TaskPeople } from './TaskPeople.tsx'
import { TaskVia } from './TaskVia.tsx'
import type { Deeds } from './use-deeds.ts'

type Outcome = TaskView['outcomes'][number]
type Props = {
  readonly task: TaskView | undefined
  readonly tasks: readonly TaskView[]
  readonly approval: ApprovalView | undefined
  /** My answer that can still be taken back. */
  readonly answer: TaskView | undefined
  readonly deeds: Deeds
  readonly phone: boolean
}

/** What is to be done now, by whom, until when, and the ways out of the step. */
export function TaskBar({ task, tasks, approval, answer, deeds, phone }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const [asked, setAsked] = useState<Outcome | null>(null)
  const [refusing, setRefusing] = useState(false)
  const shown = task ?? tasks[0]
  if (!shown) return null

  const mayComplete = task?.can.includes('complete') ?? false
  const mayClaim = (task?.can.includes('claim') ?? false) && task?.assignee === null
  const finish = (outcome: Outcome | undefined) => {
    if (!deeds.ready()) return
    if (outcome?.requiresComment) setAsked(outcome)
    else void deeds.complete(outcome?.id, undefined)
  }
  const outcomes: readonly (Outcome | undefined)[] = shown.outcomes.length > 0 ? shown.outcomes : [undefined]
  const rank = (outcome: Outcome | undefined) => (outcome?.tone === 'primary' ? 0 : outcome?.tone === 'danger' ? 2 : 1)
  const sorted = [...outcomes].sort((a, b) => rank(a) - rank(b))
  const named = (outcome: Outcome | undefined) => (outcome ? resolveText(outcome.label, locale) : t('task.complete'))
  const button = (outcome: Outcome | undefined, first: boolean) => (
    <Button
      key={outcome?.id ?? 'done'}
      type={first && outcome?.tone !== 'danger' ? 'primary' : 'default'}
      danger={outcome?.tone === 'danger'}
      size={phone ? 'large' : 'middle'}
      block={phone && first}
      loading={first && deeds.busy === 'complete'}
      disabled={deeds.busy !== null && !(first && deeds.busy === 'complete')}
      onClick={() => finish(outcome)}
    >
      {named(outcome)}
    </Button>
  )
  const spare =
    mayComplete && phone
      ? sorted.slice(1).map((outcome) => ({
          key: outcome?.id ?? '',
          label: named(outcome),
          danger: outcome?.tone === 'danger',
          onClick: () => finish(outcome),
        }))
      : []
  const claim = (
    <Button
      type="primary"
      size={phone ? 'large' : 'middle'}
      block={phone}
      loading={deeds.busy === 'claim'}
      onClick={deeds.claim}
    >
      {t('task.claim')}
    </Button>
  )
  return (
    <section className={styles.taskBar} data-phone={phone} aria-label={t('task.title')}>
      <div className={styles.taskWhat}>
        <div className={styles.taskLine}>
          <strong>{resolveText(shown.label, locale)}</strong>
          {shown.nearest && <Countdown clock={shownClock(shown.nearest)} />}
          <span className={styles.taskWho}>
            {shown.assignee ? <Person id={shown.assignee} /> : t('task.unassigned')}
          </span>
          <TaskVia task={shown} />
          <AssignmentWhy task={shown.id} />
          {tasks.length > 1 && <span className={styles.taskWho}>{t('task.others', { count: tasks.length - 1 })}</span>}
        </div>
        {shown.instruction && !phone && <p className={styles.instruction}>{resolveText(shown.instruction, locale)}</p>}
        {approval && <TaskPeople task={shown} approval={approval} />}
      </div>
      <div className={styles.taskActs}>
        {mayComplete && (phone ? sorted.slice(0, 1) : sorted).map((outcome, index) => button(outcome, index === 0))}
        {!mayComplete && mayClaim && claim}
        {mayComplete && mayClaim && !phone && claim}
        <TaskMenu
          task={task}
          approval={approval}
          answer={answer}
          deeds={deeds}
          phone={phone}
          more={spare}
          onRefuse={() => setRefusing(true)}
        />
      </div>
      {asked && (
        <OutcomeDialog
          label={named(asked)}
          danger={asked.tone === 'danger'}
          onCancel={() => setAsked(null)}
          onSend={(comment) => deeds.complete(asked.id, comment)}
        />
      )}
      {refusing && (
        <OutcomeDialog
          label={t('task.refuse')}
          danger
          asks={t('task.refuseWhy')}
          onCancel={() => setRefusing(false)}
          onSend={deeds.refuse}
        />
      )}
    </section>
  )
}
