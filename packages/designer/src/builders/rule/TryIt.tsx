import { useQuery } from '@tanstack/react-query'
import type { RuleDefinition } from '@tenon/engine'
import { client, Failed, Waiting } from '@tenon/runtime/page'
import { RemoteSelect, TonePill, useUi } from '@tenon/runtime/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../draft/draft-context.tsx'
import styles from './rule.module.css'
import { useToldLines, WhyList } from './WhyList.tsx'
import { WouldDo } from './WouldDo.tsx'

type Props = { readonly path: string; readonly rule: RuleDefinition }

/** What a rule that looks at every change would have made of one record: each condition with its value. */
export function TryIt({ path, rule }: Props) {
  const { t } = useTranslation('rule')
  const { searchRecords } = useUi()
  const session = useDraftSession()
  const told = useToldLines()
  const [record, setRecord] = useState<string | null>(null)
  const search = useCallback((q: string) => searchRecords(rule.form, q), [searchRecords, rule.form])
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['rule-try', session.app, record, rule],
    queryFn: async () => {
      await session.settled()
      // As if it looked at every change of the record, whatever its own trigger says.
      const asked = { ...rule, on: { events: ['created', 'changed', 'stageChanged'] } }
      const answer = await client.design.backtest(session.app, {
        draft: session.name,
        rule: asked,
        days: 366,
        limit: 1000,
      } as never)
      return answer.runs.filter((run) => run.record === record).at(-1) ?? null
    },
    enabled: record !== null,
    staleTime: 0,
    retry: false,
  })
  return (
    <div className={styles.pane}>
      <p className={styles.hint}>{t('tryHint')}</p>
      <RemoteSelect
        id="rule-try-record"
        ariaLabel={t('chooseRecord')}
        value={record}
        onChange={setRecord}
        search={search}
        labelOf={(ref) => (ref.kind === 'record' ? ref.title : '')}
        placeholder={t('chooseRecord')}
      />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {isFetching && <Waiting />}
      {!isFetching && data === null && record !== null && <p className={styles.hint}>{t('tryNothing')}</p>}
      {!isFetching && data && (
        <div aria-live="polite">
          <p>
            <TonePill tone={data.holds ? 'success' : 'neutral'}>{t(data.holds ? 'wouldAct' : 'wouldNot')}</TonePill>
          </p>
          <WhyList lines={told(data.why)} />
          {data.holds && <WouldDo path={path} rule={rule} actions={data.actions} />}
        </div>
      )}
    </div>
  )
}
