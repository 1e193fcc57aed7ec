import { useMutation } from '@tanstack/react-query'
import type { PolicyDefinition, Tone } from '@tenon/engine'
import type { WhatIfAnswer } from '@tenon/runtime/contract'
import { client, Failed, Nothing } from '@tenon/runtime/page'
import { formatWorkingTime, TonePill, useUi } from '@tenon/runtime/ui'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { useDraftApp } from '../../panels/index.ts'
import frame from '../frame/split-bench.module.css'
import styles from './policy.module.css'

const spans = [7, 30, 90, 366] as const
type Standing = WhatIfAnswer['differences'][number]['before']
type Counts = WhatIfAnswer['clocks'][number]['before']
const tones: { readonly [R in NonNullable<Standing>['result']]: Tone } = {
  met: 'success',
  breached: 'danger',
  running: 'info',
  paused: 'warning',
  cancelled: 'neutral',
}

/** What this draft would have made of the requests of the last days, beside what became of them. Nothing is written. */
export function WhatIfPanel({ policy }: { policy: PolicyDefinition }) {
  const { t } = useTranslation('policy')
  const { locale, recordAddress } = useUi()
  const { documents } = useDraftApp()
  const session = useDraftSession()
  const [days, setDays] = useState<number>(90)
  const run = useMutation({
    mutationFn: async () => {
      await session.settled()
      return client.design.whatIf(session.app, { draft: session.name, days })
    },
  })
  const clockName = (id: string) => {
    const all = [policy, ...Object.entries(documents).flatMap(([path, one]) => (/^policies\//.test(path) ? [one] : []))]
    const clocks = all.flatMap((one) => (one as { readonly clocks?: readonly { readonly id: string }[] }).clocks ?? [])
    return labelOf(
      clocks.find((one) => one.id === id),
      locale,
      t('whatIf.gone'),
    )
  }
  const answer = run.data
  const clocks = (answer?.clocks ?? []).filter((one) => one.form === policy.form)
  const rows = (answer?.differences ?? []).filter((one) => one.form === policy.form)
  return (
    <div className={frame.pane}>
      <p className={frame.hint}>{t('whatIf.hint')}</p>
      <div className={frame.line}>
        <Select
          aria-label={t('whatIf.span')}
          value={days}
          options={spans.map((count) => ({ value: count as number, label: t('whatIf.lastDays', { count }) }))}
          onChange={setDays}
        />
        <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>
          {t('whatIf.run')}
        </Button>
      </div>
      {run.error && <Failed error={run.error} retry={() => run.mutate()} />}
      {answer && (
        <div aria-live="polite">
          <p>{t('whatIf.result', { records: answer.records, differing: answer.differing })}</p>
          {answer.more && <p className={frame.hint}>{t('whatIf.more')}</p>}
          {clocks.length > 0 && (
            <div className={frame.scroll}>
              <table className={frame.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('whatIf.clock')}</th>
                    <th scope="col">{t('whatIf.before')}</th>
                    <th scope="col">{t('whatIf.after')}</th>
                  </tr>
                </thead>
                <tbody>
                  {clocks.map((one) => (
                    <tr key={one.clock}>
                      <th scope="row">{clockName(one.clock)}</th>
                      <td>
                        <Told counts={one.before} />
                      </td>
                      <td>
                        <Told counts={one.after} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {rows.length === 0 ? (
            <Nothing title={t('whatIf.same')} hint={t('whatIf.sameHint')} />
          ) : (
            <ul className={frame.rows} aria-label={t('whatIf.rows')}>
              {rows.map((row) => (
                <li key={`${row.record} ${row.clock}`} className={frame.row}>
                  <a href={recordAddress(session.app, row.form, row.record)} target="_blank" rel="noreferrer">
                    {row.title}
                  </a>
                  <div className={styles.change}>
                    <span className={frame.quiet}>{clockName(row.clock)}</span>
                    <Stand standing={row.before} /> → <Stand standing={row.after} />
                  </div>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  )
}

function Told({ counts }: { counts: Counts }) {
  const { t } = useTranslation('policy')
  const { met, breached, running, paused, attainment } = counts
  return (
    <>
      <div>{t('whatIf.met', { count: met })}</div>
      <div>{t('whatIf.breached', { count: breached })}</div>
      {running + paused > 0 && <div className={frame.quiet}>{t('whatIf.open', { count: running + paused })}</div>}
      {attainment !== null && <div>{t('whatIf.attainment', { share: Math.round(attainment * 1000) / 10 })}</div>}
    </>
  )
}

function Stand({ standing }: { standing: Standing }) {
  const { t } = useTranslation('policy')
  const { locale } = useUi()
  if (!standing) return <TonePill tone="neutral">{t('whatIf.noClock')}</TonePill>
  return (
    <span>
      <TonePill tone={tones[standing.result]}>{t(`result.${standing.result}`)}</TonePill>{' '}
      <span className={frame.quiet}>
        {t('whatIf.used', {
          used: formatWorkingTime(standing.elapsedMs, locale),
          target: formatWorkingTime(standing.targetMs, locale),
        })}
      </span>
    </span>
  )
}
