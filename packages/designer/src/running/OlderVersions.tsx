import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InstanceChoice, InstanceStanding } from '@tenon/runtime/contract'
import { client, useReason } from '@tenon/runtime/page'
import { Alert, Button, App as Kit } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../draft/draft-context.tsx'
import { InstanceChoices } from '../versions/InstanceChoices.tsx'
import styles from './running.module.css'

/** Instances that go on in an older version of their flow: by node, with what could become of them. */
export function OlderVersions({ standings }: { standings: readonly InstanceStanding[] }) {
  const { t } = useTranslation('designer')
  const { app } = useDraftSession()
  const cache = useQueryClient()
  const reason = useReason()
  const { message } = Kit.useApp()
  const [choices, setChoices] = useState<readonly InstanceChoice[]>([])
  const chosen = { choices: [...choices] }
  const plan = useQuery({
    queryKey: ['design-instances', app, 'plan', standings, choices],
    queryFn: () => client.design.migrate(app, { ...chosen, dryRun: true }),
    enabled: standings.length > 0,
    placeholderData: (before) => before,
  })
  const move = useMutation({
    mutationFn: () => client.design.migrate(app, chosen),
    onSuccess() {
      setChoices([])
      void message.success(t('running.started'))
      void cache.invalidateQueries({ queryKey: ['design-instances', app] })
    },
  })
  const acts = choices.some(({ choice }) => choice !== 'keep')
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('running.older')}</h2>
      {standings.length === 0 && <p className={styles.meta}>{t('running.noneOlder')}</p>}
      {plan.data && standings.length > 0 && (
        <div className={styles.card}>
          <InstanceChoices plan={plan.data.plan} choices={choices} onChange={setChoices} />
          {move.error && <Alert type="error" showIcon title={reason(move.error)} />}
          <div className={styles.acts}>
            <Button type="primary" size="small" disabled={!acts} loading={move.isPending} onClick={() => move.mutate()}>
              {t('running.go')}
            </Button>
          </div>
        </div>
      )}
      {plan.error && <Alert type="error" showIcon title={reason(plan.error)} />}
    </section>
  )
}
