import { Link } from '@tanstack/react-router'
import { type FormModel, resolveText } from '@tenon/engine'
import { Button } from 'antd'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { FieldValueView, isBlank } from '../../../ui/fields/FieldValueView.tsx'
import { Countdown, clockTone } from '../../../ui/show/Countdown.tsx'
import { Moment } from '../../../ui/show/Moment.tsx'
import { useMinute } from '../../../ui/show/now.ts'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { places } from '../../shell/places.ts'
import { shownClock } from '../tasks.ts'
import styles from './workbench.module.css'

type Props = {
  readonly task: TaskView
  readonly chosen: boolean
  readonly onOpen: (task: TaskView) => void
  readonly onClaim: (task: TaskView) => void
}

/** The few fields that tell tasks apart: those with tones first, then links; the title says the rest. */
function tellingFields(form: FormModel | undefined, task: TaskView): readonly string[] {
  if (!form) return []
  const rank = (id: string) => {
    const definition = form.fields.get(id)?.definition
    if (!definition || id === form.stageField) return 9
    if ('options' in definition) return definition.options.some(({ tone }) => tone) ? 0 : 2
    return form.fields.get(id)?.target?.kind === 'record' ? 1 : 9
  }
  return Object.keys(task.record.values)
    .filter((id) => rank(id) < 9 && !isBlank(task.record.values[id]))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 3)
}

/** The line at the row's edge: its tone, renewed every minute, not every second. */
function Edge({ task }: { task: TaskView }) {
  const now = useMinute()
  const clock = task.nearest && shownClock(task.nearest)
  const tone =
    clock?.state === 'running' && clock.dueAt !== null ? clockTone(clock.dueAt - now, clock.targetMs) : 'neutral'
  return <span className={styles.edge} data-tone={tone} />
}

export const TaskRow = memo(function TaskRow({ task, chosen, onOpen, onClaim }: Props) {
  const { t } = useTranslation('staff')
  const { locale, lookup } = useUi()
  const form = lookup(`${task.app}/${task.form}`)
  const claimable = task.can.includes('claim') && task.assignee === null
  return (
    <li className={styles.row} data-chosen={chosen}>
      <Edge task={task} />
      <span className={styles.due}>
        {task.nearest ? (
          <Countdown clock={shownClock(task.nearest)} icon={false} />
        ) : (
          <span className={styles.noLimit}>{t('task.noLimit')}</span>
        )}
      </span>
      <Link to={places.record(task.app, task.form, task.record.id)} search={{ task: task.id }} className={styles.name}>
        {task.record.title}
      </Link>
      <ShownFormProvider form={form}>
        <span className={styles.facts}>
          {tellingFields(form, task).map((id) => {
            const field = form?.fields.get(id)
            return field ? <FieldValueView key={id} field={field} value={task.record.values[id]} cell /> : null
          })}
        </span>
      </ShownFormProvider>
      <span className={styles.node}>{resolveText(task.label, locale)}</span>
      <span className={styles.since} title={t('task.since')}>
        <Moment at={task.createdAt} />
      </span>
      <Button size="small" className={styles.act ?? ''} onClick={() => (claimable ? onClaim(task) : onOpen(task))}>
        {claimable ? t('task.claim') : t('task.open')}
      </Button>
    </li>
  )
})
