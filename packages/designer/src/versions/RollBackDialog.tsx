import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { InstanceChoice } from '@tenon/runtime/contract'
import { client, Failed, useReason, Waiting } from '@tenon/runtime/page'
import { Dialog } from '@tenon/runtime/ui'
import { Alert, App as Kit } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../draft/draft-context.tsx'
import { InstanceChoices } from './InstanceChoices.tsx'
import { LostValues } from './LostValues.tsx'
import { PlanChanges, PlanErrors } from './plan-parts.tsx'
import styles from './publish.module.css'

type Props = { readonly version: number; readonly onClose: () => void }

/** The way back to a version: what changes, which values go out of sight with it, what becomes of what is running. */
export function RollBackDialog({ version, onClose }: Props) {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  const cache = useQueryClient()
  const reason = useReason()
  const { message } = Kit.useApp()
  const [choices, setChoices] = useState<readonly InstanceChoice[]>([])
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const { app } = session
  const instances = { choices: [...choices] }
  const answer = useQuery({
    queryKey: ['design-way-back', app, version, choices],
    queryFn: () => client.design.rollBack(app, { version, instances, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
    placeholderData: (before) => before,
  })
  const plan = answer.data?.plan
  const asks = plan?.steps.filter(({ kind }) => kind !== 'safe') ?? []
  const errors = plan?.problems.filter(({ severity }) => severity === 'error') ?? []
  const goBack = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const confirm = asks.map(({ key }) => key)
      await client.design.rollBack(app, { version, confirm, instances, baseVersion: plan?.fromVersion ?? 1 })
      await Promise.all([cache.invalidateQueries({ queryKey: ['design-versions', app] }), session.refresh()])
      void message.success(t('versions.backDone', { version }))
      onClose()
    } catch (error) {
      // Somebody has published meanwhile, or data has changed: it is looked at again as it is now.
      setFailure(error)
      void answer.refetch()
      void cache.invalidateQueries({ queryKey: ['design-versions', app] })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      width={640}
      title={t('versions.backTitle', { version })}
      okText={t('versions.back')}
      okButtonProps={{ disabled: plan === undefined || errors.length > 0 || answer.isFetching }}
      confirmLoading={busy}
      cancelText={t('cancel')}
      onOk={() => void goBack()}
      onCancel={onClose}
    >
      <div className={styles.plan}>
        <p className={styles.nothing}>{t('versions.backHint')}</p>
        {failure !== undefined && <Alert type="error" showIcon title={reason(failure)} />}
        {answer.isPending && <Waiting rows={3} />}
        {answer.error && <Failed error={answer.error} retry={() => void answer.refetch()} />}
        <PlanErrors type="error" errors={errors} title={t('versions.backErrors', { count: errors.length })} />
        {plan && <PlanChanges changes={plan.changes} />}
        {asks.length > 0 && (
          <section>
            <h3 className={styles.heading}>{t('versions.backAsks')}</h3>
            <ul className={styles.steps}>
              {asks.map((step) => (
                <li key={step.key} data-kind={step.kind}>
                  {step.what}
                  {step.affected !== null && step.affected > 0 && (
                    <span className={styles.affected}>{t('publish.affected', { count: step.affected })}</span>
                  )}
                  <LostValues step={step} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {plan && plan.instances.standings.length > 0 && (
          <section>
            <h3 className={styles.heading}>{t('publish.running')}</h3>
            <InstanceChoices back plan={plan.instances} choices={choices} onChange={setChoices} />
          </section>
        )}
      </div>
    </Dialog>
  )
}
