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
import { draftName } from '../draft/draft-name.ts'
import { Conflicts, type Decisions } from './Conflicts.tsx'
import { PlanChanges, PlanErrors } from './plan-parts.tsx'
import styles from './publish.module.css'
import { SampleContents } from './SampleContents.tsx'

type Props = {
  /** The app it comes into; absent: the one the archive says it is, new or there already. */
  readonly app?: string
  readonly onClose: () => void
}
type Mode = 'upgrade' | 'replace'
type Asked = { from: File; dryRun: boolean; mode: Mode; sample: boolean; decisions: Decisions }

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
  const [plan, setPlan] = useState<ImportedZip>()
  const bring = useMutation({
    mutationFn: async ({ from, ...options }: Asked) => {
      const into = app ?? (await idIn(from))
      return client.design.importZip(into, from, options)
    },
  })
  /** What it would bring as it is asked for now; what was chosen before is shown until the answer is there. */
  const look = (change: Partial<Asked> & { readonly from: File }) => {
    const asked = { mode, sample, decisions, ...change }
    setFile(asked.from)
    setMode(asked.mode)
    setSample(asked.sample)
    setDecisions(asked.decisions)
    bring.mutate({ ...asked, dryRun: true }, { onSuccess: setPlan })
  }
  /** What is being typed is told the server when it is taken. */
  const decide = (next: Decisions) => {
    const isTyped = Object.entries(next).some(([at, one]) => typeof one === 'object' && one !== decisions[at])
    if (isTyped || !file) setDecisions(next)
    else look({ from: file, decisions: next })
  }
  const take = async () => {
    if (!file) return
    const done = await bring.mutateAsync({ from: file, dryRun: false, sample, mode, decisions }).catch(() => undefined)
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
      okButtonProps={{ disabled: plan === undefined || bring.error !== null || bring.isPending }}
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
            setPlan(undefined)
            look({ from: picked, decisions: {} })
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
            <p>
              {t(`archive.${plan.mode}`, {
                name: resolveText(plan.label, locale),
                version: plan.version,
                draft: draftName(t, plan.draft),
              })}
            </p>
            {plan.mode !== 'new' && file && (
              <Radio.Group value={mode} onChange={(event) => look({ from: file, mode: event.target.value as Mode })}>
                <Radio value="upgrade">{t('archive.mode.upgrade')}</Radio>
                <Radio value="replace">{t('archive.mode.replace')}</Radio>
              </Radio.Group>
            )}
            {plan.sample.length > 0 && file && (
              <section>
                <Checkbox checked={sample} onChange={(event) => look({ from: file, sample: event.target.checked })}>
                  {t('apps.sample')}
                </Checkbox>
                <SampleContents sample={plan.sample} />
              </section>
            )}
            <Plan plan={plan} decisions={decisions} onDecide={decide} />
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
      <PlanErrors type="warning" errors={errors} title={t('archive.problems', { count: errors.length })} />
      {plan.conflicts.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('archive.conflicts', { count: plan.conflicts.length })}</h3>
          <Conflicts against="archive" conflicts={plan.conflicts} decisions={decisions} onDecide={onDecide} />
        </section>
      )}
      <PlanChanges changes={plan.changes} />
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
