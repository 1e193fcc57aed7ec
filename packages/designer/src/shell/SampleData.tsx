import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ImportResult, SampleView } from '@tenon/runtime/contract'
import { client, usePreferences, useReason } from '@tenon/runtime/page'
import { Alert, Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDraftPart, useDraftSession } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import styles from './overview.module.css'

type Sheet = SampleView['items'][number]
type Job = NonNullable<Sheet['job']>

const isRunning = ({ job }: Sheet): boolean => job?.state === 'waiting' || job?.state === 'running'

/** The demo data the published app brings: try it, load it, watch it. Nothing where there is none. */
export function SampleData() {
  const { t } = useTranslation('designer')
  const reason = useReason()
  const { app } = useDraftSession()
  const version = useDraftPart(({ liveVersion }) => liveVersion)
  const cache = useQueryClient()
  const key = ['design-sample', app, version]
  const sample = useQuery({
    queryKey: key,
    queryFn: () => client.design.sample(app),
    enabled: version > 0,
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? 1000 : false),
  })
  const load = useMutation({
    mutationFn: (dryRun: boolean) => client.design.loadSample(app, { dryRun }),
    onSuccess: (view) => cache.setQueryData(key, view),
  })
  const items = sample.data?.items ?? []
  if (items.length === 0) return null
  const busy = load.isPending || items.some(isRunning)
  const loaded = sample.data?.loaded === true
  const sheets = <Sheets items={items} />
  // What is done stands in the way of nothing.
  if (loaded)
    return (
      <details className={styles.sample}>
        <summary>{t('sample.loaded')}</summary>
        {sheets}
      </details>
    )
  return (
    <section className={styles.sample} aria-labelledby="sample-data">
      <h2 id="sample-data" className={styles.kind}>
        {t('sample.title')}
      </h2>
      <p className={styles.hint}>{t('sample.hint')}</p>
      <p className={styles.hint}>{t('sample.without')}</p>
      {sheets}
      {load.error && <Alert type="error" showIcon title={reason(load.error)} />}
      <div className={styles.acts}>
        <Button type="primary" loading={busy} onClick={() => load.mutate(false)}>
          {t('sample.load')}
        </Button>
        <Button disabled={busy} onClick={() => load.mutate(true)}>
          {t('sample.try')}
        </Button>
      </div>
    </section>
  )
}

function Sheets({ items }: { readonly items: readonly Sheet[] }) {
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
    </ul>
  )
}

function State({ job }: { readonly job: Job }) {
  const { t } = useTranslation('designer')
  if (job.state === 'waiting') return <span className={styles.more}>{t('sample.waiting')}</span>
  if (job.state === 'running') {
    const share = job.total ? Math.round((job.done / job.total) * 100) : 0
    return <Progress className={styles.share ?? ''} percent={share} size="small" aria-label={t('sample.running')} />
  }
  const result = job.result as ImportResult | null
  if (job.state === 'failed' || !result || result.failed > 0) return <Wrong job={job} result={result} />
  return (
    <span className={styles.fine}>
      {t(job.phase === 'undone' ? 'sample.undone' : result.dryRun ? 'sample.tried' : 'sample.done', {
        count: result.created,
      })}
    </span>
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
