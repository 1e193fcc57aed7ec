import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { InstanceChoice, Published, PublishPlan } from '@tenon/runtime/contract'
import { client, Failed, useReason, Waiting } from '@tenon/runtime/page'
import { Dialog, useFocusBack } from '@tenon/runtime/ui'
import { Alert, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import { ProblemList } from '../shell/ProblemsButton.tsx'
import { ClockChoice, policiesToRecalculate } from './ClockChoice.tsx'
import { InstanceChoices } from './InstanceChoices.tsx'
import { LostValues } from './LostValues.tsx'
import { PlanChanges } from './plan-parts.tsx'
import styles from './publish.module.css'
import { RebaseNotice } from './RebaseNotice.tsx'
import { ScenarioResults } from './ScenarioResults.tsx'

/** What publishing changes, in words, in data and for what is running; then makes it live. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  const draft = useDraft()
  const cache = useQueryClient()
  const reason = useReason()
  const [choices, setChoices] = useState<readonly InstanceChoice[]>([])
  const [agreed, setAgreed] = useState<readonly string[]>([])
  const [recalculates, setRecalculates] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [done, setDone] = useState<Published>()
  useFocusBack()
  const behind = draft.liveVersion > draft.baseVersion
  const saved = draft.saving === 'saved'
  const plan = useQuery({
    queryKey: ['design-plan', session.app, session.name, draft.revision, choices],
    queryFn: () => client.design.plan(session.app, { draft: session.name, instances: { choices: [...choices] } }),
    enabled: saved && !behind && done === undefined,
    staleTime: 0,
    placeholderData: (before) => before,
  })
  const open = openSteps(plan.data).filter((key) => !agreed.includes(key))
  const errors = plan.data?.problems.filter(({ severity }) => severity === 'error') ?? []
  const ready = saved && !behind && plan.data !== undefined && errors.length === 0 && open.length === 0 && !busy

  const publish = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const published = await client.design.publish(session.app, {
        draft: session.name,
        revision: draft.revision,
        baseVersion: draft.baseVersion,
        instances: { choices: [...choices] },
        confirm: [...agreed],
        ...(recalculates && {
          recalculate: [...policiesToRecalculate(plan.data, Object.keys(draft.documents))],
        }),
      })
      setDone(published)
      await session.refresh()
      await Promise.all([
        cache.invalidateQueries({ queryKey: ['design-versions', session.app] }),
        cache.invalidateQueries({ queryKey: ['apps'] }),
        cache.invalidateQueries({ queryKey: ['app', session.app] }),
      ])
    } catch (error) {
      setFailure(error)
      void plan.refetch()
    } finally {
      setBusy(false)
    }
  }
  if (done) return <Done published={done} onClose={onClose} />
  return (
    <Dialog
      width={760}
      title={t('publish.title')}
      onCancel={onClose}
      footer={
        <div className={styles.footer}>
          <span className={styles.hold} role="status">
            {errors.length > 0
              ? t('publish.blocked')
              : open.length > 0 && (
                  <Button type="link" size="small" onClick={() => document.getElementById(askId(open[0]))?.focus()}>
                    {t('publish.waits', { count: open.length })}
                  </Button>
                )}
          </span>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" disabled={!ready} loading={busy} onClick={() => void publish()}>
            {t('publish.do', { version: draft.liveVersion + 1 })}
          </Button>
        </div>
      }
    >
      {behind && <RebaseNotice />}
      {!behind && plan.error && <Failed error={plan.error} retry={() => void plan.refetch()} />}
      {!behind && !plan.data && !plan.error && <Waiting rows={5} />}
      {!behind && plan.data && (
        <PlanView
          plan={plan.data}
          agreed={agreed}
          onAgree={(key, yes) => setAgreed((all) => (yes ? [...all, key] : all.filter((one) => one !== key)))}
          choices={choices}
          onChoices={setChoices}
          recalculates={recalculates}
          onRecalculate={setRecalculates}
          onLeave={onClose}
        />
      )}
      {failure !== undefined && <Alert type="error" showIcon title={reason(failure)} />}
    </Dialog>
  )
}

/** What is agreed to is led to from the foot of the dialog. */
const askId = (key: string | undefined): string => `publish-ask-${key ?? ''}`

const openSteps = (plan: PublishPlan | undefined): readonly string[] =>
  (plan?.steps ?? []).filter(({ kind }) => kind !== 'safe').map(({ key }) => key)

type PlanProps = {
  readonly plan: PublishPlan
  readonly agreed: readonly string[]
  readonly onAgree: (key: string, yes: boolean) => void
  readonly choices: readonly InstanceChoice[]
  readonly onChoices: (choices: readonly InstanceChoice[]) => void
  readonly recalculates: boolean
  readonly onRecalculate: (chosen: boolean) => void
  readonly onLeave: () => void
}

function PlanView(props: PlanProps) {
  const { plan, agreed, onAgree, choices, onChoices, onLeave } = props
  const { t } = useTranslation('designer')
  const errors = plan.problems.filter(({ severity }) => severity === 'error')
  const warnings = plan.problems.filter(({ severity }) => severity !== 'error')
  const asks = plan.steps.filter(({ kind }) => kind !== 'safe')
  const safe = plan.steps.filter(({ kind }) => kind === 'safe')
  return (
    <div className={styles.plan}>
      {errors.length > 0 && (
        <section>
          <Alert type="error" showIcon title={t('publish.errors', { count: errors.length })} />
          <ProblemList state="known" problems={errors} onChoose={onLeave} />
        </section>
      )}
      <PlanChanges
        changes={plan.changes}
        nothing={t(plan.fromVersion === null ? 'publish.first' : 'publish.nothing')}
      />
      {asks.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('publish.asks')}</h3>
          <ul className={styles.steps}>
            {asks.map((step) => (
              <li key={step.key} data-kind={step.kind}>
                <Checkbox
                  id={askId(step.key)}
                  checked={agreed.includes(step.key)}
                  onChange={(event) => onAgree(step.key, event.target.checked)}
                >
                  {step.what}
                  {step.affected !== null && step.affected > 0 && (
                    <span className={styles.affected}>{t('publish.affected', { count: step.affected })}</span>
                  )}
                </Checkbox>
                <LostValues step={step} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {safe.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('publish.safe')}</h3>
          <ul className={styles.lines}>
            {safe.map((step) => (
              <li key={step.key}>{step.what}</li>
            ))}
          </ul>
        </section>
      )}
      {plan.instances.standings.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('publish.running')}</h3>
          <InstanceChoices plan={plan.instances} choices={choices} onChange={onChoices} />
        </section>
      )}
      {errors.length === 0 && <ScenarioResults onLeave={onLeave} />}
      <ClockChoice plan={plan} chosen={props.recalculates} onChoose={props.onRecalculate} />
      {warnings.length > 0 && (
        <details>
          <summary className={styles.heading}>{t('publish.warnings', { count: warnings.length })}</summary>
          <ProblemList state="known" problems={warnings} onChoose={onLeave} />
        </details>
      )}
    </div>
  )
}

function Done({ published, onClose }: { published: Published; onClose: () => void }) {
  const { t } = useTranslation('designer')
  return (
    <Dialog
      title={t('publish.doneTitle', { version: published.version })}
      onCancel={onClose}
      footer={[
        <Button key="staff" href="/">
          {t('publish.look')}
        </Button>,
        <Button key="close" type="primary" onClick={onClose}>
          {t('publish.goOn')}
        </Button>,
      ]}
    >
      <p>{t('publish.doneHint')}</p>
    </Dialog>
  )
}
