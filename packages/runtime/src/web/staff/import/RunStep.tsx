import { useNavigate } from '@tanstack/react-router'
import type { FormModel } from '@tenon/engine'
import { Alert, Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportResult, JobView } from '../../../contract/index.ts'
import { places } from '../../shell/places.ts'
import { Waiting } from '../../shell/states.tsx'
import styles from './import.module.css'
import { RowProblems } from './RowProblems.tsx'
import { canUndo, UndoImport } from './UndoImport.tsx'
import { isOver } from './use-job.ts'

type Props = {
  readonly app: string
  readonly form: FormModel
  readonly job: JobView | undefined
  readonly result: ImportResult | undefined
  readonly onAgain: () => void
}

/** The import on its way, and what it did. */
export function RunStep({ app, form, job, result, onAgain }: Props) {
  const { t } = useTranslation('staff')
  const navigate = useNavigate()
  if (!job) return <Waiting rows={3} />
  const share = job.total ? Math.round((job.done / job.total) * 100) : 0
  const running = job.phase === 'undoing' ? 'import.undo.running' : 'import.running'
  if (!isOver(job)) {
    return (
      <div className={styles.wait} role="status">
        <p>{t(running)}</p>
        <Progress percent={share} aria-label={t(running)} />
        {job.total !== null && (
          <p className={styles.hint}>{t('import.progress', { done: job.done, total: job.total })}</p>
        )}
      </div>
    )
  }
  return (
    <>
      {job.state === 'done' && job.phase === 'undone' ? (
        <Alert
          type="success"
          showIcon
          title={t('import.undo.done', { count: job.done })}
          description={
            job.total !== null && job.total > job.done
              ? t('import.undo.kept', { count: job.total - job.done })
              : undefined
          }
        />
      ) : job.state === 'failed' || !result ? (
        <Alert type="error" showIcon title={t('import.broken')} description={job.problem?.message} />
      ) : (
        <Alert
          type={result.failed > 0 ? 'warning' : 'success'}
          showIcon
          title={t('import.done')}
          description={[
            t('import.created', { count: result.created }),
            ...(result.updated > 0 ? [t('import.updated', { count: result.updated })] : []),
            ...(result.skipped > 0 ? [t('import.skipped', { count: result.skipped })] : []),
            ...(result.failed > 0 ? [t('import.failed', { count: result.failed })] : []),
          ].join(' · ')}
        />
      )}
      {result && result.failed > 0 && <RowProblems result={result} errorFile={job.errorFile} />}
      <div className={styles.acts}>
        {canUndo(job) && <UndoImport job={job} />}
        <Button onClick={onAgain}>{t('import.again')}</Button>
        <Button type="primary" onClick={() => void navigate({ to: places.list(app, form.id) })}>
          {t('import.toList')}
        </Button>
      </div>
    </>
  )
}
