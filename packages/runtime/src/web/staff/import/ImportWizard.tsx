import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormModel, resolveText } from '@tenon/engine'
import { Alert, Steps } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportInspection } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { usePhone } from '../../../ui/theme/use-phone.ts'
import { client } from '../../shell/client.ts'
import { useReason } from '../../shell/problems.ts'
import { CheckStep } from './CheckStep.tsx'
import { FileStep } from './FileStep.tsx'
import styles from './import.module.css'
import { MappingStep } from './MappingStep.tsx'
import { type Mapping, readMapping } from './mapping.ts'
import { RecentImports } from './RecentImports.tsx'
import { RunStep } from './RunStep.tsx'
import { importResult, isOver, useJob } from './use-job.ts'

type Props = { readonly app: string; readonly form: FormModel; readonly runningJob: string | undefined }
type Mode = 'all' | 'partial'

export function ImportWizard({ app, form, runningJob }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const reason = useReason()
  const [file, setFile] = useState<File | null>(null)
  const [found, setFound] = useState<ImportInspection | null>(null)
  const [mapping, setMapping] = useState<Mapping>({ fields: [] })
  const [mode, setMode] = useState<Mode>('all')
  const [checkJob, setCheckJob] = useState<string>()
  const [checking, setChecking] = useState(false)
  const check = useJob(checkJob)
  const run = useJob(runningJob)

  const inspect = useMutation({
    mutationFn: (chosen: File) => client.records.inspectImport(app, form.id, chosen, chosen.name),
    onSuccess: (inspection) => {
      setFound(inspection)
      setMapping(readMapping(inspection.suggested) ?? { fields: [] })
    },
  })
  const start = useMutation({
    mutationFn: ({ dryRun, as }: { dryRun: boolean; as: Mode }) => {
      if (!file) throw new TypeError('no file')
      return client.records.import(app, form.id, file, file.name, {
        mapping,
        mode: as,
        dryRun,
        ...(mapping.history ? { history: true } : {}),
      })
    },
    onSuccess: (job, { dryRun }) => {
      if (dryRun) setCheckJob(job.id)
      else
        void navigate({
          to: '/a/$app/f/$form/import',
          params: { app, form: form.id },
          search: { job: job.id },
          replace: true,
        })
    },
  })
  const imported = isOver(run.data)
  useEffect(() => {
    if (imported) void cache.invalidateQueries({ queryKey: ['records', app, form.id] })
  }, [imported, cache, app, form.id])

  const restart = () => {
    setFile(null)
    setFound(null)
    setChecking(false)
    setCheckJob(undefined)
    inspect.reset()
    start.reset()
    void navigate({ to: '/a/$app/f/$form/import', params: { app, form: form.id }, search: {}, replace: true })
  }
  const phone = usePhone()
  const step = runningJob ? 3 : checking ? 2 : found ? 1 : 0
  const what = resolveText(form.definition.plural ?? form.definition.label, locale)
  const failure = inspect.error ?? start.error ?? check.error ?? run.error
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('import.title', { what })}</h1>
      <Steps
        size="small"
        responsive={false}
        titlePlacement={phone ? 'vertical' : 'horizontal'}
        current={step}
        items={(['file', 'mapping', 'check', 'run'] as const).map((name) => ({ title: t(`import.step.${name}`) }))}
        className={styles.steps ?? ''}
      />
      {failure && <Alert type="error" showIcon className={styles.alert ?? ''} title={reason(failure)} />}
      <section className={styles.card}>
        {step === 0 && (
          <FileStep
            busy={inspect.isPending}
            onFile={(chosen) => {
              setFile(chosen)
              inspect.mutate(chosen)
            }}
          />
        )}
        {step === 1 && found && (
          <MappingStep
            form={form}
            file={file?.name ?? ''}
            found={found}
            mapping={mapping}
            onChange={setMapping}
            onBack={restart}
            onNext={() => {
              setChecking(true)
              setCheckJob(undefined)
              start.mutate({ dryRun: true, as: 'partial' })
            }}
          />
        )}
        {step === 2 && (
          <CheckStep
            job={check.data}
            result={importResult(check.data)}
            busy={start.isPending}
            mode={mode}
            onMode={setMode}
            onBack={() => {
              setChecking(false)
              start.reset()
            }}
            onRun={() => start.mutate({ dryRun: false, as: mode })}
          />
        )}
        {step === 3 && (
          <RunStep app={app} form={form} job={run.data} result={importResult(run.data)} onAgain={restart} />
        )}
      </section>
      {step === 0 && <RecentImports app={app} form={form.id} />}
    </div>
  )
}
