import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { FormModel } from '@tenon/engine'
import type { Simulated } from '@tenon/runtime/contract'
import { client, Failed, useReason } from '@tenon/runtime/page'
import { formatMoment, formatMomentFull, type Refs, RefsProvider, usePhone, useUi } from '@tenon/runtime/ui'
import { Alert, Button, Input, Segmented, Select, Spin } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalmDocuments, useDraftPart, useDraftSession } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import type { Flow } from '../edits/flow/flow.ts'
import { freshId } from '../edits/fresh-id.ts'
import { NewRecordForm } from './NewRecordForm.tsx'
import { recordedScenario } from './recorded-scenario.ts'
import { TaskCard } from './TaskCard.tsx'
import { TryRecord } from './TryRecord.tsx'
import styles from './tryout.module.css'
import { advanceTo, type TryRun, useTry } from './use-try.ts'

type Props = {
  readonly flow: Flow
  readonly form: FormModel
  readonly nameOf: (node: string) => string
  /** Nodes where something rests, whenever that changes. */
  readonly onStand: (nodes: readonly string[]) => void
}

/** Tries the flow of the draft in place: who answers what, while the clock is moved by hand. */
export function TryPanel({ flow, form, nameOf, onStand }: Props) {
  const { t } = useTranslation('tryout')
  // There the drawer around it is headed so.
  const phone = usePhone()
  const run = useTry(form.id)
  const { current } = run
  const stand = useMemo(
    () => (current?.answer.instances ?? []).filter((one) => one.flow === flow.id).flatMap(({ nodes }) => nodes),
    [current, flow.id],
  )
  useEffect(() => {
    onStand(stand)
    return () => onStand([])
  }, [stand, onStand])
  return (
    <div className={styles.panel} aria-busy={run.busy}>
      {!phone && <h3 className={styles.title}>{t('title')}</h3>}
      {run.error !== undefined && <Failed error={run.error as Error} />}
      {run.refused && <Alert type="warning" showIcon title={run.refused} />}
      {!current && <Begin form={form} run={run} />}
      {current && (
        <Spin spinning={run.busy} delay={200}>
          <Running flow={flow} form={form} run={run} nameOf={nameOf} answer={current.answer} />
        </Spin>
      )}
    </div>
  )
}

function Begin({ form, run }: { form: FormModel; run: TryRun }) {
  const { t } = useTranslation('tryout')
  const hasRecords = useHasRecords(form.id)
  const [chosen, setHow] = useState<'record' | 'values'>('record')
  const how = hasRecords ? chosen : 'values'
  return (
    <>
      <p className={styles.hint}>{t('hint')}</p>
      {hasRecords && (
        <Segmented
          block
          value={how}
          onChange={setHow}
          options={[
            { value: 'record', label: t('fromRecord') },
            { value: 'values', label: t('fromValues') },
          ]}
        />
      )}
      {how === 'record' ? (
        <RecordPicker form={form} run={run} />
      ) : (
        <NewRecordForm form={form} busy={run.busy} onBegin={(values) => void run.begin({ values })} />
      )}
    </>
  )
}

/** A form that was never published has no records to try with. */
function useHasRecords(form: string): boolean {
  const { app } = useDraftSession()
  const version = useDraftPart(({ liveVersion }) => liveVersion)
  const { data } = useQuery({
    queryKey: ['design-live', app, version],
    queryFn: () => client.design.get(app),
    enabled: version > 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data?.files.some(({ path }) => path === `forms/${form}.json`) ?? false
}

function RecordPicker({ form, run }: { form: FormModel; run: TryRun }) {
  const { t } = useTranslation('tryout')
  const ui = useUi()
  const search = useMutation({ mutationFn: (q: string) => ui.searchRecords(form.id, q) })
  const { mutate } = search
  useEffect(() => mutate(''), [mutate])
  const options = (search.data ?? []).map(({ id, ref }) => ({
    value: id,
    label: 'title' in ref && ref.title !== '' ? ref.title : t('nameless'),
  }))
  const [record, setRecord] = useState<string>()
  return (
    <div className={styles.begin}>
      <Select
        showSearch={{ filterOption: false, onSearch: (q: string) => mutate(q) }}
        value={record}
        placeholder={t('chooseRecord')}
        aria-label={t('chooseRecord')}
        loading={search.isPending}
        options={options}
        onChange={setRecord}
      />
      <Button
        type="primary"
        disabled={record === undefined}
        loading={run.busy}
        onClick={() =>
          record !== undefined &&
          void run.begin({ record, title: options.find(({ value }) => value === record)?.label ?? '' })
        }
      >
        {t('begin')}
      </Button>
      <p className={styles.hint}>{t('copyHint')}</p>
    </div>
  )
}

type RunningProps = {
  readonly flow: Flow
  readonly form: FormModel
  readonly run: TryRun
  readonly answer: Simulated
  readonly nameOf: (node: string) => string
}

function Running({ flow, form, run, answer, nameOf }: RunningProps) {
  const { t } = useTranslation('tryout')
  const ui = useUi()
  const names: Refs = useMemo(() => refsOf(answer, ui.app, form.id), [answer, ui.app, form.id])
  const [next] = answer.timers.filter(({ kind }) => kind !== 'errand')
  const ruleName = useRuleName()
  const own = answer.instances.filter((one) => one.flow === flow.id)
  const tasks = answer.tasks
  return (
    <RefsProvider refs={names}>
      <section className={styles.clock} aria-label={t('clock')}>
        <span className={styles.now}>{formatMomentFull(Date.parse(answer.now), ui)}</span>
        <div className={styles.row}>
          <Button size="small" onClick={() => void run.go({ advance: 'PT2H' })}>
            {t('twoHours')}
          </Button>
          <Button size="small" onClick={() => void run.go({ advance: 'P1D' })}>
            {t('oneDay')}
          </Button>
          <Button size="small" disabled={!next} onClick={() => next && void run.go(advanceTo(answer.now, next.at))}>
            {t('nextTimer')}
          </Button>
        </div>
        {next && (
          <span className={styles.small}>
            {t('nextIs', {
              when: formatMoment(Date.parse(next.at), Date.parse(answer.now), ui),
              what: next.node ? nameOf(next.node) : next.rule ? ruleName(next.rule) : t(timerWord(next.kind)),
            })}
          </span>
        )}
      </section>
      <div className={styles.row}>
        <Button size="small" disabled={(run.current?.deeds.length ?? 0) === 0} onClick={() => void run.back()}>
          {t('back')}
        </Button>
        <Button size="small" onClick={() => void run.again()}>
          {t('again')}
        </Button>
        <Button size="small" onClick={run.end}>
          {t('restart')}
        </Button>
      </div>
      <h4 className={styles.head}>{t('tasks', { count: tasks.length })}</h4>
      {tasks.length === 0 && (
        <p className={styles.hint}>
          {own.some(({ status }) => status === 'running')
            ? t('waiting')
            : own.length > 0
              ? t('ended')
              : t('notStarted')}
        </p>
      )}
      {tasks.map((task) => (
        <TaskCard
          // A task after the next deed is another one, with a form of its own.
          key={`${task.node} ${task.assignee ?? ''} ${run.current?.deeds.length ?? 0}`}
          task={task}
          form={form}
          node={flow.nodes.find(({ id }) => id === task.node)}
          answer={answer}
          onAnswer={(steps) => void run.go(...steps)}
        />
      ))}
      <TryRecord answer={answer} form={form} nameOf={nameOf} />
      <Record flow={flow} form={form} answer={answer} />
    </RefsProvider>
  )
}

/** What a rule of the draft is called. */
function useRuleName() {
  const { t } = useTranslation('tryout')
  const { locale } = useUi()
  const documents = useCalmDocuments()
  return (id: string) => t('timer.ruleNamed', { name: labelOf(documents[`rules/${id}.json`], locale, id) })
}

const timerWord = (kind: string) =>
  kind === 'clock' || kind === 'limit'
    ? ('timer.clock' as const)
    : kind === 'rule'
      ? ('timer.rule' as const)
      : ('timer.other' as const)

function refsOf({ names }: Simulated, app: string, form: string): Refs {
  return Object.fromEntries(
    Object.entries(names).map(([id, name]) => [
      id,
      id.startsWith('user:')
        ? { kind: 'user' as const, name, username: name }
        : { kind: 'record' as const, app, form, title: name },
    ]),
  )
}

/** Keeps the try as an acceptance scenario: from then on publishing shows that it still goes this way. */
function Record({ flow, form, answer }: { flow: Flow; form: FormModel; answer: Simulated }) {
  const { t } = useTranslation('tryout')
  const ui = useUi()
  const reason = useReason()
  const session = useDraftSession()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [saved, setSaved] = useState('')
  const label = name.trim() || t('scenarioName', { flow: labelOf(flow, ui.locale) })
  const save = useMutation({
    mutationFn: async () => {
      let id = ''
      session.edit(t('record', { name: label }), (documents) => {
        id = freshId(`${String(flow.id)} try`, 'scenario', (one) => documents[`scenarios/${one}.json`] !== undefined)
        const made = recordedScenario(answer, { id, label, flow: String(flow.id), stageField: form.stageField })
        return { ...documents, [`scenarios/${id}.json`]: made }
      })
      await session.settled()
      return id
    },
    onSuccess: setSaved,
  })
  return (
    <section className={styles.section} aria-label={t('keep')}>
      <h4 className={styles.head}>{t('keep')}</h4>
      <Input
        value={name}
        maxLength={120}
        placeholder={label}
        aria-label={t('scenarioLabel')}
        onChange={(event) => setName(event.target.value)}
      />
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {t('keepDo')}
      </Button>
      {save.error && <Alert type="error" title={reason(save.error)} />}
      {saved && (
        <p className={styles.hint} role="status">
          {t('kept')}{' '}
          <Button
            type="link"
            size="small"
            onClick={() =>
              void navigate({
                to: '/$app/$kind/$id',
                params: { app: session.app, kind: 'scenario', id: saved },
                search: session.name === 'main' ? {} : { draft: session.name },
              })
            }
          >
            {t('open')}
          </Button>
        </p>
      )}
    </section>
  )
}
