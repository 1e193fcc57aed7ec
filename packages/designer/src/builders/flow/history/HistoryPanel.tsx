import type { FlowFigure, FlowHistory, Spans } from '@tenon/runtime/contract'
import { Failed, Nothing, usePreferences } from '@tenon/runtime/page'
import { formatDuration, serverNow, usePhone, useUi } from '@tenon/runtime/ui'
import { Input, Segmented, Select, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Flow, nodeOf } from '../../../edits/flow/flow.ts'
import { FigureRecords } from './FigureRecords.tsx'
import styles from './history.module.css'
import { bySlowness, heatOf, type Measure, measures, slowest } from './told-marks.ts'
import { begun, type History, periods } from './use-history.ts'

type Props = {
  readonly flow: Flow
  readonly history: History
  readonly chosen: ReadonlySet<string>
  readonly nameOf: (node: string) => string
  readonly wayName: (edge: string) => string
  readonly onGo: (address: string) => void
}

/** How the flow was gone through: over which runs, the figures of what is chosen, and the steps by their time. */
export function HistoryPanel({ flow, history, chosen, nameOf, wayName, onGo }: Props) {
  const { t } = useTranslation('flow')
  // There the drawer around it is headed so.
  const phone = usePhone()
  const { asked, measure, setMeasure } = history
  const { data, error } = asked
  return (
    <div className={styles.panel} aria-busy={asked.isFetching}>
      {!phone && <h3 className={styles.title}>{t('history.title')}</h3>}
      <Runs history={history} />
      {error && <Failed error={error} retry={() => void asked.refetch()} />}
      {history.isLive && !data && !error && <Spin />}
      {(data?.nodes.length === 0 || !history.isLive) && (
        <Nothing title={t('history.nothing')} hint={t('history.nothingHint')} />
      )}
      {data && data.nodes.length > 0 && (
        <>
          <p className={styles.hint} role="status">
            {t('history.runs', { started: data.runs.started, ended: data.runs.ended })}
          </p>
          <Segmented<Measure>
            block
            value={measure}
            onChange={setMeasure}
            aria-label={t('history.measure')}
            options={measures.map((value) => ({ value, label: t(`history.${value}`) }))}
          />
          <p className={styles.hint}>{t(`history.${measure}Hint`)}</p>
          <Legend />
          <Chosen data={data} history={history} chosen={chosen} nameOf={nameOf} wayName={wayName} />
          <Slowest flow={flow} data={data} measure={measure} chosen={chosen} nameOf={nameOf} onGo={onGo} />
        </>
      )}
    </div>
  )
}

function Runs({ history: { asked, period, setPeriod, versions, setVersions } }: { history: History }) {
  const { t } = useTranslation('flow')
  const { zone } = useUi()
  const known = asked.data?.versions ?? []
  const days = 'days' in period ? period.days : 0
  const set = (part: Partial<{ first: string; last: string }>) =>
    setPeriod({ ...('days' in period ? { first: '', last: '' } : period), ...part })
  return (
    <div className={styles.controls}>
      <Select
        aria-label={t('history.period')}
        value={days}
        options={[
          ...periods.map((value) => ({ value: value as number, label: t('history.days', { count: value }) })),
          { value: 0, label: t('history.between') },
        ]}
        onChange={(value) => setPeriod(value === 0 ? begun(period, serverNow(), zone) : { days: value })}
      />
      {!('days' in period) && (
        <div className={styles.between}>
          <Input
            type="date"
            aria-label={t('history.first')}
            value={period.first}
            onChange={({ target }) => set({ first: target.value })}
          />
          <span aria-hidden="true">–</span>
          <Input
            type="date"
            aria-label={t('history.last')}
            value={period.last}
            onChange={({ target }) => set({ last: target.value })}
          />
        </div>
      )}
      <Select
        mode="multiple"
        aria-label={t('history.versions')}
        placeholder={t('history.allVersions')}
        value={[...versions]}
        options={known.map(({ version, runs }) => ({ value: version, label: t('history.version', { version, runs }) }))}
        onChange={setVersions}
      />
    </div>
  )
}

function Legend() {
  const { t } = useTranslation('flow')
  return (
    <ul className={styles.legend} aria-label={t('history.legend')}>
      {([3, 2, 1] as const).map((heat) => (
        <li key={heat}>
          <span className={styles.swatch} data-heat={heat} aria-hidden="true" />
          {t(`history.heat${heat}`)}
        </li>
      ))}
      <li>
        <span className={styles.thick} aria-hidden="true" />
        {t('history.thick')}
      </li>
      <li>
        <span className={styles.again} aria-hidden="true">
          ↩
        </span>
        {t('history.again')}
      </li>
    </ul>
  )
}

type ChosenProps = Pick<Props, 'history' | 'chosen' | 'nameOf' | 'wayName'> & { readonly data: FlowHistory }
type Line = {
  readonly figure: FlowFigure
  readonly label: string
  readonly value: string
  readonly more?: string | undefined
}

/** The figures of what is chosen; each opens the records behind it. */
function Chosen({ data, history, chosen, nameOf, wayName }: ChosenProps) {
  const { t } = useTranslation('flow')
  const { locale } = usePreferences()
  const [opened, setOpened] = useState<{ readonly address: string; readonly figure: FlowFigure }>()
  const [address = ''] = chosen
  const id = address.slice(6)
  const node = data.nodes.find((one) => one.node === id)
  const edge = data.edges.find((one) => one.edge === id)
  if (chosen.size !== 1) return <p className={styles.hint}>{t('history.choose')}</p>
  const time = (figure: Measure, spans: Spans | null): Line[] =>
    spans
      ? [
          {
            figure,
            label: t(`history.${figure}`),
            value: formatDuration(spans.averageMs, locale),
            more: t('history.spread', {
              count: spans.count,
              median: formatDuration(spans.medianMs, locale),
              longest: formatDuration(spans.longestMs, locale),
            }),
          },
        ]
      : []
  const count = (figure: FlowFigure, number: number, more?: string): Line => ({
    figure,
    label: t(`history.${figure}`),
    value: String(number),
    more,
  })
  const lines: readonly Line[] = address.startsWith('edges/')
    ? [count('passed', edge?.passed ?? 0, t('history.ofRecords', { count: edge?.records ?? 0 }))]
    : [
        count('visits', node?.visits ?? 0, t('history.ofRecords', { count: node?.records ?? 0 })),
        count('returns', node?.returns ?? 0),
        count('standing', node?.standing ?? 0),
        ...time('stay', node?.stay ?? null),
        ...time('waiting', node?.waiting ?? null),
        ...time('working', node?.working ?? null),
      ]
  const figure = opened?.address === address ? opened.figure : undefined
  const name = address.startsWith('edges/') ? wayName(id) : nameOf(id)
  return (
    <section aria-label={t('history.of', { name })}>
      <h4 className={styles.head}>{name}</h4>
      <ul className={styles.figures}>
        {lines.map((line) => (
          <li key={line.figure}>
            <button
              type="button"
              className={styles.figure}
              aria-expanded={figure === line.figure}
              disabled={line.value === '0'}
              onClick={() => setOpened(figure === line.figure ? undefined : { address, figure: line.figure })}
            >
              <span>{line.label}</span>
              <strong className={styles.number}>{line.value}</strong>
              {line.more && <span className={styles.more}>{line.more}</span>}
            </button>
            {figure === line.figure && <FigureRecords history={history} figure={figure} element={id} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

type SlowestProps = Pick<Props, 'flow' | 'chosen' | 'nameOf' | 'onGo'> & {
  readonly data: FlowHistory
  readonly measure: Measure
}

function Slowest({ flow, data, measure, chosen, nameOf, onGo }: SlowestProps) {
  const { t } = useTranslation('flow')
  const { locale } = usePreferences()
  const worst = slowest(data.nodes, measure)
  return (
    <>
      <h4 className={styles.head}>{t('history.slowest')}</h4>
      <ol className={styles.list} aria-label={t('history.slowest')}>
        {bySlowness(data.nodes, measure).map((node) => {
          const address = `nodes/${node.node}`
          const isThere = nodeOf(flow, node.node) !== undefined
          const spans = node[measure]
          return (
            <li key={node.node}>
              <button
                type="button"
                className={styles.line}
                aria-current={chosen.has(address)}
                disabled={!isThere}
                onClick={() => onGo(address)}
              >
                <span className={styles.swatch} data-heat={heatOf(spans, worst)} aria-hidden="true" />
                <span className={styles.name}>{isThere ? nameOf(node.node) : t('history.gone')}</span>
                <span className={styles.number}>{spans ? formatDuration(spans.averageMs, locale) : '–'}</span>
                <span className={styles.more}>{t('history.times', { count: node.visits })}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </>
  )
}
