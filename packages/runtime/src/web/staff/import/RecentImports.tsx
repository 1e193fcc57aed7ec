import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Tone } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../../contract/index.ts'
import { Moment } from '../../../ui/show/Moment.tsx'
import { TonePill } from '../../../ui/show/TonePill.tsx'
import { client } from '../../shell/client.ts'
import styles from './import.module.css'
import { canUndo, UndoImport } from './UndoImport.tsx'
import { importResult, isOver } from './use-job.ts'

const tones: { readonly [S in JobView['state']]: Tone } = {
  waiting: 'neutral',
  running: 'info',
  done: 'success',
  failed: 'danger',
}

const isUndone = (job: JobView): boolean => job.state === 'done' && job.phase === 'undone'

/** My last imports: one that was left while it ran can be come back to. */
export function RecentImports({ app, form }: { app: string; form: string }) {
  const { t } = useTranslation('staff')
  const { data } = useQuery({ queryKey: ['jobs'], queryFn: () => client.jobs.list() })
  const jobs = (data?.items ?? []).filter((job) => job.kind === 'import' && !importResult(job)?.dryRun).slice(0, 5)
  if (jobs.length === 0) return null
  return (
    <section className={styles.recent} aria-label={t('import.recent')}>
      <h2 className={styles.recentTitle}>{t('import.recent')}</h2>
      <ul className={styles.recentList}>
        {jobs.map((job) => (
          <li key={job.id} className={styles.recentRow}>
            <Link to="/a/$app/f/$form/import" params={{ app, form }} search={{ job: job.id }}>
              {job.title}
            </Link>
            <TonePill tone={isUndone(job) ? 'neutral' : tones[job.state]}>
              {t(isUndone(job) ? 'import.undo.state' : `import.state.${job.state}`)}
            </TonePill>
            {!isOver(job) && job.total !== null && (
              <span className={styles.hint}>{t('import.progress', { done: job.done, total: job.total })}</span>
            )}
            <span className={styles.recentTime}>
              {canUndo(job) && <UndoImport job={job} small />}
              <Moment at={job.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
