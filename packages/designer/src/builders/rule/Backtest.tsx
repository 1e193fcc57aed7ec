import { useMutation } from '@tanstack/react-query'
import type { RuleDefinition } from '@tenon/engine'
import { client, Failed } from '@tenon/runtime/page'
import { Moment, TonePill, useUi } from '@tenon/runtime/ui'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../draft/draft-context.tsx'
import styles from './rule.module.css'
import { eventNames } from './rule-words.ts'
import { useToldLines, WhyList } from './WhyList.tsx'
import { WouldDo } from './WouldDo.tsx'

type Props = { readonly path: string; readonly rule: RuleDefinition }
const spans = [7, 30, 90, 366] as const

/** The rule over what really happened: which records it would have touched, and why. Nothing is written. */
export function Backtest({ path, rule }: Props) {
  const { t } = useTranslation('rule')
  const { locale } = useUi()
  const session = useDraftSession()
  const told = useToldLines()
  const [days, setDays] = useState<number>(90)
  const [onlyFired, setOnlyFired] = useState(true)
  const run = useMutation({
    mutationFn: async () => {
      await session.settled()
      return client.design.backtest(session.app, { draft: session.name, rule, days, limit: 1000 } as never)
    },
  })
  const names = eventNames(locale)
  const shown = (run.data?.runs ?? []).filter((one) => one.holds || !onlyFired)
  return (
    <div className={styles.pane}>
      <p className={styles.hint}>{t('backtestHint')}</p>
      <div className={styles.line}>
        <Select
          aria-label={t('span')}
          value={days}
          options={spans.map((count) => ({ value: count as number, label: t('lastDays', { count }) }))}
          onChange={setDays}
        />
        <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>
          {t('runBacktest')}
        </Button>
      </div>
      {run.error && <Failed error={run.error} retry={() => run.mutate()} />}
      {run.data && (
        <div aria-live="polite">
          <p>
            {t('backtestResult', {
              records: run.data.records,
              looks: run.data.looks,
              fired: run.data.fired,
              firedRecords: run.data.firedRecords,
            })}
          </p>
          {run.data.more && <p className={styles.hint}>{t('backtestMore')}</p>}
          {run.data.hidden.length > 0 && <p className={styles.hint}>{t('hiddenFields')}</p>}
          <Select
            size="small"
            aria-label={t('which')}
            value={onlyFired ? 'fired' : 'all'}
            options={[
              { value: 'fired', label: t('onlyFired') },
              { value: 'all', label: t('allLooks') },
            ]}
            onChange={(next) => setOnlyFired(next === 'fired')}
          />
          {shown.length === 0 && run.data.looks > 0 && <p className={styles.hint}>{t('noneFired')}</p>}
          <ul className={styles.runs}>
            {shown.toReversed().map((one) => (
              <li key={`${one.record} ${one.at} ${one.event}`} className={styles.run}>
                <details>
                  <summary>
                    <TonePill tone={one.holds ? 'success' : 'neutral'}>
                      {t(one.holds ? 'wouldAct' : 'wouldNot')}
                    </TonePill>{' '}
                    <span>{one.record === null ? t('noRecord') : one.title}</span>{' '}
                    <span className={styles.when}>
                      {names.get(one.event) ?? t(`moment.${one.event}`)} · <Moment at={one.at} />
                    </span>
                  </summary>
                  <WhyList lines={told(one.why)} />
                  <WouldDo path={path} rule={rule} actions={one.actions} />
                </details>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
