import { useQuery } from '@tanstack/react-query'
import { type FlowNode, type FormModel, fieldLabel, type Mask, type RecordData } from '@tenon/engine'
import type { Simulated } from '@tenon/runtime/contract'
import { client } from '@tenon/runtime/page'
import {
  type Choice,
  FormView,
  formatMoment,
  isBlank,
  type UiEnvironment,
  UiEnvironmentProvider,
  useFormSession,
  useUi,
} from '@tenon/runtime/ui'
import { Alert, Button, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { trySetup } from './form-setup.ts'
import { textIn } from './text-in.ts'
import styles from './tryout.module.css'
import { answerSteps, type TryStep } from './use-try.ts'

type Props = {
  readonly task: Simulated['tasks'][number]
  readonly node: FlowNode | undefined
  readonly form: FormModel
  readonly answer: Simulated
  readonly onAnswer: (steps: readonly TryStep[]) => void
}

/** An open task of the try: whoever may do it is chosen, the step's fields are filled in, and an answer given. */
export function TaskCard({ task, node, form, answer, onAnswer }: Props) {
  const { t } = useTranslation('tryout')
  const ui = useUi()
  const mask = useMemo<Mask>(() => (node && 'fields' in node ? (node.fields ?? {}) : {}), [node])
  const open = useMemo(() => openFields(form, mask), [form, mask])
  const files = useMemo(() => standInFiles(form, mask, answer), [form, mask, answer])
  const setup = useMemo(
    () =>
      trySetup({
        form,
        mode: 'task',
        mask,
        data: { ...(answer.record?.values as RecordData | undefined), ...files },
        now: Date.parse(answer.now),
        zone: ui.zone,
        locale: ui.locale,
      }),
    [form, mask, answer, files, ui.zone, ui.locale],
  )
  const session = useFormSession(setup)
  const [by, setBy] = useState(task.people[0])
  const [comment, setComment] = useState('')
  const [wasRefused, setRefused] = useState(false)
  const inside = useMemo(() => playedPeople(ui, answer), [ui, answer])
  const known = useQuery({ queryKey: ['people', 'all'], queryFn: () => client.people({ size: 200 }) })
  const nameOf = (username: string) => known.data?.items.find((one) => one.username === username)?.name ?? username
  const outcomes = task.outcomes.length > 0 ? task.outcomes : [undefined]
  const give = (outcome: string | undefined) => {
    if (by === undefined) return
    const isComplete = session.reveal()
    setRefused(!isComplete)
    if (isComplete) onAnswer(answerSteps(task, by, outcome, { ...files, ...inWords(form, session.changes) }, comment))
  }
  const name = textIn(task.label, ui.locale)
  const elsewhere = session.problems.filter(({ field }) => !open.has(field))
  const namesOf = (fields: object) =>
    Object.keys(fields)
      .flatMap((id) => form.fields.get(id) ?? [])
      .map((field) => fieldLabel(field, ui.locale))
      .join(t('comma'))
  return (
    <section className={styles.task} aria-label={name}>
      <div className={styles.taskHead}>
        <strong>{name}</strong>
        {task.dueAt && (
          <span className={styles.small} data-late={Date.parse(task.dueAt) < Date.parse(answer.now)}>
            {t('due', { when: formatMoment(Date.parse(task.dueAt), Date.parse(answer.now), ui) })}
          </span>
        )}
      </div>
      <div className={styles.by}>
        <span className={styles.small}>{t('by')}</span>
        <Select
          size="small"
          value={by ?? null}
          aria-label={t('by')}
          placeholder={t('nobody')}
          options={task.people.map((value) => ({ value, label: nameOf(value) }))}
          onChange={(next) => setBy(next ?? undefined)}
        />
      </div>
      {open.size > 0 && (
        <div data-narrow="true">
          <UiEnvironmentProvider value={inside}>
            <FormView session={session} plain label={name} only={(field) => open.has(field)} />
          </UiEnvironmentProvider>
        </div>
      )}
      {Object.keys(files).length > 0 && <p className={styles.hint}>{t('filesGiven', { names: namesOf(files) })}</p>}
      {wasRefused && elsewhere.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('cannotFill')}
          description={elsewhere.map(({ field, text }) => <div key={field}>{text}</div>)}
        />
      )}
      <Input.TextArea
        className="grows"
        value={comment}
        placeholder={t('comment')}
        aria-label={t('comment')}
        onChange={(event) => setComment(event.target.value)}
      />
      <div className={styles.row}>
        {outcomes.map((outcome, at) => (
          <Button
            key={outcome?.id ?? ''}
            size="small"
            type={at === 0 ? 'primary' : 'default'}
            disabled={by === undefined}
            onClick={() => give(outcome?.id)}
          >
            {outcome ? textIn(outcome.label, ui.locale) : t('done')}
          </Button>
        ))}
      </div>
    </section>
  )
}

/** What the step opens and a try can fill in: files are none there. */
function openFields(form: FormModel, mask: Mask): ReadonlySet<string> {
  const isOpen = (field: string) => ['edit', 'required'].includes(mask[field] ?? '')
  return new Set(
    [...form.fields.values()].filter(({ id, target }) => isOpen(id) && target?.kind !== 'file').map(({ id }) => id),
  )
}

/** A try has no files: where the step demands one, it counts as handed in. */
function standInFiles(form: FormModel, mask: Mask, { record }: Simulated): { readonly [field: string]: string[] } {
  const given = (record?.values ?? {}) as RecordData
  const asked = [...form.fields.values()].filter(
    ({ id, target }) => mask[id] === 'required' && target?.kind === 'file' && isBlank(given[id]),
  )
  return Object.fromEntries(asked.map(({ id }) => [id, ['sample']]))
}

/** People of the try by the ids they have in it. */
function playedPeople(ui: UiEnvironment, answer: Simulated): UiEnvironment {
  const { people = [] } =
    (answer.scenario as { given?: { people?: { username: string; roles: string[] }[] } }).given ?? {}
  return {
    ...ui,
    searchPeople: async (q, roles) =>
      people
        .filter(
          ({ username, roles: own }) => username.includes(q) && (!roles || own.some((role) => roles.includes(role))),
        )
        .map(({ username }): Choice => ({ id: `user:${username}`, ref: { kind: 'user', name: username, username } })),
  }
}

/** Values as scenarios write them: people by their user names. */
function inWords(
  form: FormModel,
  changes: { readonly [field: string]: unknown },
): { readonly [field: string]: unknown } {
  return Object.fromEntries(
    Object.entries(changes).map(([field, value]) => {
      const isPerson = form.fields.get(field)?.target?.kind === 'user'
      return [field, isPerson && typeof value === 'string' ? { user: value.replace(/^user:/, '') } : value]
    }),
  )
}
