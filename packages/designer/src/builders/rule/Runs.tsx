import { useQuery } from '@tanstack/react-query'
import type { RuleDefinition, Tone } from '@tenon/engine'
import type { RuleRunView } from '@tenon/runtime/contract'
import { client, Failed, Nothing, Waiting } from '@tenon/runtime/page'
import { Moment, TonePill, useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../draft/draft-context.tsx'
import styles from './rule.module.css'
import { eventNames } from './rule-words.ts'
import { useToldLines, WhyList } from './WhyList.tsx'

const tones: { readonly [O in RuleRunView['outcome']]: Tone } = {
  fired: 'success',
  notMet: 'neutral',
  standing: 'info',
  coolDown: 'info',
}

/** What the published rule has done lately and what it has left, with the reasons. */
export function Runs({ rule }: { rule: RuleDefinition }) {
  const { t } = useTranslation('rule')
  const { locale } = useUi()
  const { app } = useDraftSession()
  const told = useToldLines()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rule-runs', app, rule.id],
    queryFn: () => client.alerts.runs(app, { rule: rule.id }),
    retry: false,
  })
  const names = eventNames(locale)
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (isPending) return <Waiting />
  if (data.items.length === 0) return <Nothing title={t('noRuns')} hint={t('noRunsHint')} />
  return (
    <ul className={styles.runs}>
      {data.items.map((run) => (
        <li key={run.id} className={styles.run}>
          <details>
            <summary>
              <TonePill tone={tones[run.outcome]}>{t(`outcome.${run.outcome}`)}</TonePill>{' '}
              <span>{run.record?.title ?? t('noRecord')}</span>{' '}
              <span className={styles.when}>
                {names.get(run.event) ?? t(`moment.${run.event}`)} · <Moment at={run.at} />
              </span>
            </summary>
            <WhyList lines={told(run.why)} />
          </details>
        </li>
      ))}
    </ul>
  )
}
