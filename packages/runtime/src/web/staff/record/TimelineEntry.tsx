import {
  AlertOutlined,
  BellOutlined,
  BranchesOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  EditOutlined,
  HistoryOutlined,
  MessageOutlined,
  PlusCircleOutlined,
  RobotOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { type FieldValue, type FormModel, fieldLabel, resolveText, type TextValue } from '@tenon/engine'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertView, AppView, TaskView, TimelineEntry } from '../../../contract/index.ts'
import { useKnownRef, useRefs, useUi } from '../../../ui/environment.tsx'
import { FieldValueView } from '../../../ui/fields/FieldValueView.tsx'
import { FileList } from '../../../ui/show/FileList.tsx'
import { formatDuration } from '../../../ui/show/format.ts'
import { Moment } from '../../../ui/show/Moment.tsx'
import { Initial } from '../../../ui/show/Person.tsx'
import { TonePill } from '../../../ui/show/TonePill.tsx'
import { places } from '../../shell/places.ts'
import { AssignmentWhy } from './AssignmentWhy.tsx'
import { CommentText } from './CommentText.tsx'
import { RowChanges } from './RowChanges.tsx'
import { RuleWhy } from './RuleWhy.tsx'
import styles from './record.module.css'
import { isAutomatic, readCause } from './timeline-kind.ts'

type Props = {
  readonly record: string
  readonly entry: TimelineEntry
  /** Whom a message went to. */
  readonly people: readonly string[]
  readonly view: AppView
  readonly form: FormModel
  readonly outcomes: ReadonlyMap<string, TaskView['outcomes']>
  /** Those alerts of the record that the reader may open, by id. */
  readonly alerts: ReadonlyMap<string, AlertView>
}

const icons: { readonly [family: string]: ReactNode } = {
  'record.created': <PlusCircleOutlined />,
  'record.updated': <EditOutlined />,
  'record.commented': <MessageOutlined />,
  'stage.changed': <BranchesOutlined />,
  'history.entry': <HistoryOutlined />,
  task: <UserSwitchOutlined />,
  'task.completed': <CheckCircleOutlined />,
  clock: <ClockCircleOutlined />,
  alert: <AlertOutlined />,
  message: <BellOutlined />,
}
const iconOf = (type: string) => icons[type] ?? icons[type.split('.')[0] ?? ''] ?? <RobotOutlined />

/** One thing that happened, in a sentence, with what changed and why. */
export function Entry({ record, entry, people, view, form, outcomes, alerts }: Props) {
  const { t } = useTranslation('staff')
  const comment = entry.type === 'record.commented'
  const isPublic = comment && entry.data.visibility === 'public'
  return (
    <li
      className={styles.entry}
      data-kind={comment ? (isPublic ? 'public' : 'internal') : isAutomatic(entry) ? 'automatic' : 'change'}
    >
      <span className={styles.entryIcon} aria-hidden>
        {comment ? <ActorInitial id={entry.actor} /> : iconOf(entry.type)}
      </span>
      <div className={styles.entryBody}>
        <div className={styles.entryHead}>
          <span className={styles.entryText}>
            <Actor entry={entry} />
            <span>
              <Sentence entry={entry} people={people} view={view} form={form} outcomes={outcomes} />
            </span>
            <Why record={record} entry={entry} view={view} form={form} alerts={alerts} />
            {comment && (
              <TonePill tone={isPublic ? 'info' : 'neutral'}>
                {t(isPublic ? 'timeline.public' : 'timeline.internal')}
              </TonePill>
            )}
          </span>
          <span className={styles.entryTime}>
            <Moment at={entry.at} />
          </span>
        </div>
        <Details entry={entry} form={form} />
      </div>
    </li>
  )
}

function ActorInitial({ id }: { id: string | null }) {
  const ref = useKnownRef(id)
  return <Initial name={ref?.kind === 'user' ? ref.name : '·'} />
}

function Actor({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation('staff')
  const ref = useKnownRef(entry.actor)
  const by = entry.type === 'history.entry' && typeof entry.data.by === 'string' ? entry.data.by : undefined
  const unnamed = entry.source === 'public' ? 'outside' : entry.actor === null ? 'system' : 'somebody'
  const name = by ?? (ref?.kind === 'user' ? ref.name : t(`timeline.${unnamed}`))
  return <strong className={styles.actor}>{name}</strong>
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function Sentence({ entry, people, view, form, outcomes }: Omit<Props, 'alerts' | 'record'>) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const to = useKnownRef(textOf(entry.data.to) || textOf(entry.data.who) || null)
  const label = (text: TextValue | undefined) => resolveText(text, locale)
  const node = label(view.flows.flatMap(({ nodes }) => nodes).find(({ id }) => id === entry.data.node)?.label)
  const target = label(view.flows.flatMap(({ nodes }) => nodes).find(({ id }) => id === entry.data.target)?.label)
  const refs = useRefs()
  const names = people.flatMap((id) => {
    const ref = refs[id]
    return ref?.kind === 'user' ? [ref.name] : []
  })
  const several =
    names.length > 3
      ? t('timeline.several', { names: names.slice(0, 3).join(locale === 'en' ? ', ' : '、'), count: people.length })
      : names.join(locale === 'en' ? ', ' : '、')
  const person =
    people.length > 0 ? several || t('timeline.somebody') : to?.kind === 'user' ? to.name : t('timeline.pool')
  const outcome = label(outcomes.get(textOf(entry.data.task))?.find(({ id }) => id === entry.data.outcome)?.label)
  const clock =
    label(view.clocks.find(({ id, policy }) => id === entry.data.id && policy === entry.data.policy)?.label) ||
    node ||
    t('timeline.aClock')
  const rule = label(view.rules.find(({ id }) => id === entry.data.rule)?.label)
  const key = entry.type.replace('.', '_')
  if (entry.type === 'stage.changed') {
    const stage = (id: unknown) => label(form.stages.get(textOf(id))?.label) || t('timeline.noStage')
    return <>{t('timeline.stage_changed', { from: stage(entry.data.from), to: stage(entry.data.to) })}</>
  }
  if (entry.type === 'decision.made') {
    const { fault, isDefault, places } = entry.data
    const rows = Array.isArray(places) ? places.join(', ') : ''
    const how = fault ? 'fault' : isDefault ? 'default' : rows === '' ? 'none' : 'rows'
    const decision = label(entry.data.label as TextValue | undefined)
    return <>{t('timeline.decision_made', { decision, what: t(`timeline.decision_${how}`, { rows }) })}</>
  }
  if (entry.type === 'history.entry') return <>{textOf(entry.data.text)}</>
  if (entry.type === 'task.completed' && outcome) return <>{t('timeline.task_completed_as', { node, outcome })}</>
  return (
    <>
      {t(`timeline.${key}`, {
        node,
        target,
        person,
        clock,
        rule,
        host: textOf(entry.data.host),
        defaultValue: t('timeline.other'),
      })}
    </>
  )
}

/** Reasons that are words of ours and not of a person. */
const machineReasons = new Set([
  'notAccepted',
  'escalated',
  'answered',
  'interrupted',
  'terminated',
  'returned',
  'withdrawn',
  'removed',
  'signerFirst',
  'nobody',
  'agreedBefore',
])

function Details({ entry, form }: { entry: TimelineEntry; form: FormModel }) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  if (entry.type === 'record.commented') {
    const files = Array.isArray(entry.data.files) ? (entry.data.files as string[]) : []
    return (
      <div className={styles.comment}>
        <CommentText
          body={textOf(entry.data.body)}
          mentions={Array.isArray(entry.data.mentions) ? (entry.data.mentions as string[]) : []}
        />
        <FileList ids={files} />
      </div>
    )
  }
  if (entry.type.startsWith('task.') && typeof entry.data.why === 'string' && !machineReasons.has(entry.data.why)) {
    return <div className={styles.comment}>{entry.data.why}</div>
  }
  const said =
    entry.type === 'task.refused' ? entry.data.reason : entry.type === 'clock.acknowledged' ? entry.data.note : null
  if (typeof said === 'string') return <div className={styles.comment}>{said}</div>
  if (entry.type.startsWith('clock.') && typeof entry.data.targetMs === 'number') {
    return (
      <div className={styles.entryNote}>{t('clock.target', { time: formatDuration(entry.data.targetMs, locale) })}</div>
    )
  }
  const changes = (entry.data.changes ?? {}) as { readonly [field: string]: readonly [FieldValue, FieldValue] }
  const rows = Object.entries(changes).flatMap(([id, pair]) => {
    const field = form.fields.get(id)
    return field && Array.isArray(pair) && id !== form.stageField ? [{ field, before: pair[0], after: pair[1] }] : []
  })
  if (rows.length === 0) return null
  return (
    <dl className={styles.changes}>
      {rows.map(({ field, before, after }) => (
        <div key={field.id} className={styles.change}>
          <dt>{fieldLabel(field, locale)}</dt>
          <dd>
            {field.rows ? (
              <RowChanges field={field} before={before} after={after} />
            ) : (
              <>
                <span className={styles.before}>
                  <FieldValueView field={field} value={before} cell />
                </span>
                <span aria-hidden>→</span>
                <span className="visually-hidden">{t('timeline.to')}</span>
                <FieldValueView field={field} value={after} cell />
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** "Why?" of what no person did: which rule, step or clock; the whole ranking of an assignment, the run of a rule, the alert. */
function Why({ record, entry, view, form, alerts }: Pick<Props, 'record' | 'entry' | 'view' | 'form' | 'alerts'>) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const cause = readCause(entry.cause)
  if (entry.type === 'task.assigned' && typeof entry.data.task === 'string')
    return <AssignmentWhy task={entry.data.task} />
  if (entry.type === 'rule.fired' && typeof entry.data.run === 'string')
    return <RuleWhy app={view.id} form={form.id} record={record} run={entry.data.run} />
  if (entry.type.startsWith('alert.')) {
    const alert = alerts.get(textOf(entry.data.alert))
    return alert ? <Link to={places.alert(alert.id)}>{resolveText(alert.title, locale)}</Link> : null
  }
  if (!cause || entry.type === 'rule.fired' || /^(node|flow|clock)\./.test(entry.type)) return null
  const note = (text: string) => <span className={styles.entryNote}>{text}</span>
  switch (cause.kind) {
    case 'rule':
      return note(
        t('why.rule', {
          rule: resolveText(view.rules.find(({ id }) => id === cause.id)?.label, locale) || t('why.aRule'),
        }),
      )
    case 'flow': {
      const flow = view.flows.find(({ id }) => id === cause.flow)
      const node = resolveText(flow?.nodes.find(({ id }) => id === cause.node)?.label, locale)
      return flow ? note(t('why.flow', { flow: resolveText(flow.label, locale), node })) : null
    }
    case 'policy': {
      const clock = resolveText(
        view.clocks.find(({ id, policy }) => id === cause.clock && policy === cause.policy)?.label,
        locale,
      )
      return clock ? note(t('why.policy', { clock })) : null
    }
    case 'assignment':
      return note(t('why.assigned'))
    default:
      return null
  }
}
