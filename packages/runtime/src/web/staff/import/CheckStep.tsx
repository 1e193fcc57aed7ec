import { Alert, Button, Progress, Radio, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportResult, JobView } from '../../../contract/index.ts'
import styles from './import.module.css'
import { RowProblems } from './RowProblems.tsx'
import { isOver } from './use-job.ts'

type Props = {
  readonly job: JobView | undefined
  readonly result: ImportResult | undefined
  readonly busy: boolean
  readonly mode: 'all' | 'partial'
  readonly onMode: (mode: 'all' | 'partial') => void
  readonly onBack: () => void
  readonly onRun: () => void
}

/** What the import would do, before anything is written. */
export function CheckStep({ job, result, busy, mode, onMode, onBack, onRun }: Props) {
  const { t } = useTranslation('staff')
  const over = isOver(job)
  const share = job?.total ? Math.round((job.done / job.total) * 100) : 0
  if (!over) {
    return (
      <div className={styles.wait} role="status">
        <p>{t('import.checking')}</p>
        <Progress percent={share} aria-label={t('import.checking')} />
        <Button onClick={onBack}>{t('import.back')}</Button>
      </div>
    )
  }
  const good = result ? result.created + result.updated : 0
  const bad = result?.failed ?? 0
  return (
    <>
      {job?.problem && !result && <Alert type="error" showIcon title={job.problem.message} />}
      {result && (
        <Alert
          type={bad === 0 ? 'success' : 'warning'}
          showIcon
          title={bad === 0 ? t('import.checkOk', { count: good }) : t('import.checkFailed', { failed: bad, ok: good })}
          description={[
            t('import.created', { count: result.created }),
            ...(result.updated > 0 ? [t('import.updated', { count: result.updated })] : []),
            ...(result.skipped > 0 ? [t('import.skipped', { count: result.skipped })] : []),
          ].join(' · ')}
        />
      )}
      {result && bad > 0 && (
        <>
          <RowProblems result={result} errorFile={job?.errorFile ?? null} />
          <div className={styles.options}>
            <span>{t('import.mode')}</span>
            <Radio.Group value={mode} onChange={(event) => onMode(event.target.value as 'all' | 'partial')}>
              <Space orientation="vertical">
                <Radio value="all">{t('import.modeAll')}</Radio>
                <Radio value="partial" disabled={good === 0}>
                  {t('import.modePartial')}
                </Radio>
              </Space>
            </Radio.Group>
          </div>
        </>
      )}
      <div className={styles.acts}>
        <Button onClick={onBack}>{t('import.back')}</Button>
        <Button
          type="primary"
          loading={busy}
          disabled={!result || good === 0 || (bad > 0 && mode === 'all')}
          onClick={onRun}
        >
          {t('import.run', { count: good })}
        </Button>
      </div>
    </>
  )
}
