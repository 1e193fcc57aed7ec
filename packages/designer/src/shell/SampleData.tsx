import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, type ImportResult, type SampleView } from '@tenon/runtime/contract'
import { client, usePreferences, useReason } from '@tenon/runtime/page'
import { Alert, Button, Checkbox, Progress } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftPart, useDraftSession } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import styles from './overview.module.css'

type Sheet = SampleView['items'][number]
type People = NonNullable<SampleView['people']>
type Job = NonNullable<Sheet['job']>

const isRunning = ({ job }: Pick<Sheet, 'job'>): boolean => job?.state === 'waiting' || job?.state === 'running'
const isBusy = ({ items, people }: SampleView): boolean =>
  items.some(isRunning) || (people !== null && isRunning(people))

/** The demo data the published app brings: try it, load it, watch it. Nothing where there is none. */
export function SampleData() {
  const { t } = useTranslation('designer')
  const { app } = useDraftSession()
  const version = useDraftPart(({ liveVersion }) => liveVersion)
  const cache = useQueryClient()
  const key = ['design-sample', app, version]
  const sample = useQuery({
    queryKey: key,
    queryFn: () => client.design.sample(app),
    enabled: version > 0,
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? 1000 : false),
  })
  const [withPeople, setWithPeople] = useState(false)
  const load = useMutation({
    mutationFn: (dryRun: boolean) => client.design.loadSample(app, { dryRun, ...(withPeople ? { people: true } : {}) }),
    onSuccess: (view) => cache.setQueryData(key, view),
  })
  const view = sample.data
  if (!view || view.items.length === 0) return null
  const { items, people } = view
  const busy = load.isPending || isBusy(view)
  const what = (
    <>
      <Sheets items={items} people={people} />
      {people && people.made.length > 0 && <Made people={people} />}
    </>
  )
  // What is done stands in the way of nothing.
  if (view.loaded && !busy && people?.job?.state !== 'failed')
    return (
      <details className={styles.sample}>
        <summary>{t('sample.loaded')}</summary>
        {what}
      </details>
    )
  return (
    <section className={styles.sample} aria-labelledby="sample-data">
      <h2 id="sample-data" className={styles.kind}>
        {t('sample.title')}
      </h2>
      {!view.loaded && <p className={styles.hint}>{t('sample.hint')}</p>}
      {!view.loaded && <Choice people={people} chosen={withPeople} disabled={busy} onChange={setWithPeople} />}
      {what}
      {load.error && <Wrongs error={load.error} />}
      {!view.loaded && (
        <div className={styles.acts}>
          <Button type="primary" loading={busy} onClick={() => load.mutate(false)}>
            {t('sample.load')}
          </Button>
          <Button disabled={busy} onClick={() => load.mutate(true)}>
            {t('sample.try')}
          </Button>
        </div>
      )}
    </section>
  )
}

type ChoiceProps = {
  readonly people: People | null
  readonly chosen: boolean
  readonly disabled: boolean
  readonly onChange: (chosen: boolean) => void
}

/** Whether accounts are made, which nobody gets without wanting them; or why that is not for the one who looks. */
function Choice({ people, chosen, disabled, onChange }: ChoiceProps) {
  const { t } = useTranslation('designer')
  const hint = useId()
  if (!people) return <p className={styles.hint}>{t('sample.without')}</p>
  const counts = { people: people.count, tickets: people.tickets }
  if (!people.allowed) return <p className={styles.hint}>{t('sample.peopleNotYours', counts)}</p>
  return (
    <div>
      <Checkbox
        checked={chosen}
        disabled={disabled}
        aria-describedby={hint}
        onChange={({ target }) => onChange(target.checked)}
      >
        {t(people.tickets > 0 ? 'sample.withPeople' : 'sample.withPeopleOnly', counts)}
      </Checkbox>
      <p id={hint} className={styles.hint}>
        {t(chosen ? 'sample.peopleHint' : 'sample.withoutHint')}
      </p>
    </div>
  )
}

/** Why nothing began, with every place in the files that is wrong. */
function Wrongs({ error }: { readonly error: Error }) {
  const reason = useReason()
  const errors = error instanceof ApiProblem ? error.problem.errors : undefined
  const places = (errors ?? []).slice(0, 10).map(({ path, message }) => <li key={`${path} ${message}`}>{message}</li>)
  return <Alert type="error" showIcon title={reason(error)} description={places.length > 0 && <ul>{places}</ul>} />
}

/** Who was made, and under which names where theirs were taken. */
function Made({ people: { made } }: { readonly people: People }) {
  const { t } = useTranslation('designer')
  const renamed = made.filter((one) => one.username !== one.as)
  return (
    <>
      <p className={styles.hint}>{t('sample.made', { count: made.length })}</p>
      {renamed.length > 0 && (
        <p className={styles.hint}>
          {t('sample.renamed', {
            names: renamed
              .map(({ name, username }) => t('sample.renamedOne', { name, username }))
              .join(t('sample.comma')),
          })}
        </p>
      )}
    </>
  )
}

function Sheets({ items, people }: Pick<SampleView, 'items' | 'people'>) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const documents = useDraftPart((state) => state.documents)
  return (
    <ul className={styles.sheets} aria-live="polite">
      {items.map((sheet) => (
        <li key={sheet.file}>
          <span className={styles.sheetName}>
            {labelOf(documents[`forms/${sheet.form}.json`], locale, sheet.form)}
            <span className={styles.more}> {t('sample.rows', { count: sheet.rows })}</span>
          </span>
          {sheet.job && <State job={sheet.job} />}
        </li>
      ))}
      {people?.job && (
        <li>
          <span className={styles.sheetName}>
            {t('sample.live')}
            <span className={styles.more}> {t('sample.tickets', { count: people.tickets })}</span>
          </span>
          <State job={people.job} isPlayed />
        </li>
      )}
    </ul>
  )
}

/** How far a sheet is, or the running work, which is played and not imported. */
function State({ job, isPlayed = false }: { readonly job: Job; readonly isPlayed?: boolean }) {
  const { t } = useTranslation('designer')
  if (job.state === 'waiting') return <span className={styles.more}>{t('sample.waiting')}</span>
  if (job.state === 'running') {
    const share = job.total ? Math.round((job.done / job.total) * 100) : 0
    return <Progress className={styles.share ?? ''} percent={share} size="small" aria-label={t('sample.running')} />
  }
  const result = job.result as ImportResult | null
  if (isPlayed && job.state === 'failed') return <NotPlayed job={job} left={result?.created ?? 0} />
  if (job.state === 'failed' || !result || result.failed > 0) return <Wrong job={job} result={result} />
  return (
    <span className={styles.fine}>
      {t(
        job.phase === 'undone'
          ? 'sample.undone'
          : result.dryRun
            ? 'sample.tried'
            : isPlayed
              ? 'sample.played'
              : 'sample.done',
        {
          count: result.created,
        },
      )}
    </span>
  )
}

/** Running work that broke off: why, and what of it is still there. */
function NotPlayed({ job, left }: { readonly job: Job; readonly left: number }) {
  const { t } = useTranslation('designer')
  return (
    <div className={styles.wrong} role="alert">
      {job.problem?.message} {left > 0 ? t('sample.left', { count: left }) : t('sample.takenBack')}
    </div>
  )
}

function Wrong({ job, result }: { readonly job: Job; readonly result: ImportResult | null }) {
  const { t } = useTranslation('designer')
  const errors = result?.errors.slice(0, 5) ?? []
  return (
    <div className={styles.wrong} role="alert">
      {job.problem?.message ?? t('sample.failed', { count: result?.failed ?? 0 })}
      {errors.length > 0 && (
        <ul>
          {errors.map(({ row, column, message }) => (
            <li key={`${row} ${column} ${message}`}>{t('sample.row', { row, message })}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
