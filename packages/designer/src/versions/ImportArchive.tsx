import { InboxOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { resolveText } from '@tenon/engine'
import { ApiProblem, type ImportedZip } from '@tenon/runtime/contract'
import { client, usePreferences, useReason } from '@tenon/runtime/page'
import { Dialog } from '@tenon/runtime/ui'
import { Alert, Checkbox, Radio, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Conflicts, type Decisions } from './Conflicts.tsx'
import styles from './publish.module.css'

type Props = {
  /** The app it comes into; absent: the one the archive says it is, new or there already. */
  readonly app?: string
  readonly onClose: () => void
}
type Mode = 'upgrade' | 'replace'

/**
 * An app from a ZIP: first what it would bring, then into a draft. An app that is there is upgraded three ways, so that
 * what was changed here stays. Nothing is live before the draft is published.
 */
export function ImportArchive({ app, onClose }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [file, setFile] = useState<File>()
  const [mode, setMode] = useState<Mode>('upgrade')
  const [sample, setSample] = useState(false)
  const [decisions, setDecisions] = useState<Decisions>({})
  const bring = useMutation({
    mutationFn: async ({ from, dryRun, as }: { from: File; dryRun: boolean; as: Mode }) => {
      const into = app ?? (await idIn(from))
      return client.design.importZip(into, from, { dryRun, sample, mode: as, decisions })
    },
  })
  const plan = bring.data
  const look = (from: File, as: Mode) => {
    setFile(from)
    setMode(as)
    bring.mutate({ from, dryRun: true, as })
  }
  const take = async () => {
    if (!file) return
    const done = await bring.mutateAsync({ from: file, dryRun: false, as: mode }).catch(() => undefined)
    if (!done) return
    cache.removeQueries({ queryKey: ['draft', done.app] })
    await cache.invalidateQueries({ queryKey: ['design-apps'] })
    await cache.invalidateQueries({ queryKey: ['design-drafts', done.app] })
    onClose()
    await navigate({
      to: '/$app',
      params: { app: done.app },
      search: done.draft === 'main' ? {} : { draft: done.draft },
    })
  }
  return (
    <Dialog
      width={720}
      title={app === undefined ? t('archive.title') : t('archive.into')}
      okText={t('archive.take')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: plan === undefined || bring.error !== null }}
      confirmLoading={bring.isPending}
      onOk={() => void take()}
      onCancel={onClose}
    >
      <div className={styles.plan}>
        <Upload.Dragger
          accept=".zip"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(picked: File) => {
            look(picked, mode)
            return false
          }}
        >
          <p className={styles.pick}>
            <InboxOutlined aria-hidden /> {file?.name ?? t('archive.pick')}
          </p>
        </Upload.Dragger>
        {bring.error && <Refused error={bring.error} />}
        {plan && !bring.error && (
          <>
            <p>{t(`archive.${plan.mode}`, { name: resolveText(plan.label, locale), version: plan.version })}</p>
            {plan.mode !== 'new' && file && (
              <Radio.Group value={mode} onChange={(event) => look(file, event.target.value as Mode)}>
                <Radio value="upgrade">{t('archive.mode.upgrade')}</Radio>
                <Radio value="replace">{t('archive.mode.replace')}</Radio>
              </Radio.Group>
            )}
            {plan.sample.length > 0 && (
              <Checkbox checked={sample} onChange={(event) => setSample(event.target.checked)}>
                {t('archive.sample', { count: plan.sample.reduce((sum, { rows }) => sum + (rows ?? 0), 0) })}
              </Checkbox>
            )}
            <Plan plan={plan} decisions={decisions} onDecide={setDecisions} />
          </>
        )}
      </div>
    </Dialog>
  )
}

type PlanProps = {
  readonly plan: ImportedZip
  readonly decisions: Decisions
  readonly onDecide: (decisions: Decisions) => void
}

function Plan({ plan, decisions, onDecide }: PlanProps) {
  const { t } = useTranslation('designer')
  const errors = plan.problems.filter(({ severity }) => severity === 'error')
  return (
    <>
      {errors.length > 0 && (
        <section>
          <Alert type="warning" showIcon title={t('archive.problems', { count: errors.length })} />
          <ul className={styles.lines}>
            {errors.map((problem) => (
              <li key={`${problem.file}${problem.path}${problem.code}`}>{problem.message}</li>
            ))}
          </ul>
        </section>
      )}
      {plan.conflicts.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('archive.conflicts', { count: plan.conflicts.length })}</h3>
          <Conflicts conflicts={plan.conflicts} decisions={decisions} onDecide={onDecide} />
        </section>
      )}
      <section>
        <h3 className={styles.heading}>{t('publish.changes')}</h3>
        {plan.changes.length === 0 && <p className={styles.nothing}>{t('publish.nothing')}</p>}
        <ul className={styles.lines}>
          {plan.changes.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** Why an archive is refused, entry by entry. */
function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation('designer')
  const reason = useReason()
  const details = error instanceof ApiProblem ? (error.problem.errors ?? []) : []
  const title = error instanceof NotAnApp ? t('archive.none') : reason(error)
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={
        details.length > 0 && (
          <ul className={styles.lines}>
            {details.map((one) => (
              <li key={`${one.path}${one.code}`}>
                {one.path === '' ? '' : `${one.path}: `}
                {one.message}
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}

class NotAnApp extends Error {}

/** The id the app in an archive has; the server looks at everything else. */
async function idIn(file: File): Promise<string> {
  const { unzipSync, strFromU8 } = await import('fflate')
  const isApp = (name: string) => /^([^/]+\/)?app\.json$/.test(name)
  try {
    const entries = unzipSync(new Uint8Array(await file.arrayBuffer()), {
      filter: ({ name, originalSize }) => isApp(name) && originalSize < 2_000_000,
    })
    const [text] = Object.values(entries)
    const { id } = JSON.parse(text ? strFromU8(text) : '') as { id?: unknown }
    if (typeof id === 'string') return id
  } catch {
    // Not a ZIP, or its app.json is none.
  }
  throw new NotAnApp()
}
