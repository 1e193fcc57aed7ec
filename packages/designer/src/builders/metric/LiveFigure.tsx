import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  type BoardDefinition,
  type ChartAnswer,
  type ChartMark,
  type Drill,
  drillOf,
  type MetricDefinition,
  type QueryWidget,
  widgetQuery,
} from '@tenon/reports'
import { ChartView } from '@tenon/reports/web'
import { client, Failed, Nothing, useMode, useReason, Waiting } from '@tenon/runtime/page'
import { tokens, useUi } from '@tenon/runtime/ui'
import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../draft/draft-context.tsx'
import frame from '../frame/split-bench.module.css'
import styles from './metric.module.css'

const spans = ['P7D', 'P30D', 'P90D', 'P6M', 'P12M'] as const
const listed = 20
const home = { x: 0, y: 0, w: 12, h: 4 }
/** The draft's metric is asked for by its id. */
const measured = (metric: MetricDefinition) => ({ id: 'figure', metric: metric.id })

/** The widget whose question it is, and the question under a period, as a board would ask it. */
function asked(widget: QueryWidget, metric: MetricDefinition, within: string, zone: string) {
  const board = { filters: [{ type: 'period', id: 'period', label: '' }] } as unknown as BoardDefinition
  const { compare: _compare, ...query } = widgetQuery(
    widget,
    board,
    { period: { within } },
    { zone, metrics: () => metric },
  )
  return query
}

/** What the draft's metric gives on the live data, under my own rights: the figure, six months of it, the rows behind. */
export function LiveFigure({ metric }: { metric: MetricDefinition }) {
  const { t } = useTranslation('metric')
  const { zone } = useUi()
  const [within, setWithin] = useState<string>('P30D')
  const [rows, setRows] = useState<Drill>()
  const number = useMemo(
    (): QueryWidget =>
      ({
        id: 'now',
        type: 'number',
        label: metric.label,
        at: home,
        query: { form: metric.form, measures: [measured(metric)] },
      }) as QueryWidget,
    [metric],
  )
  const line = useMemo(
    (): QueryWidget =>
      ({
        id: 'course',
        type: 'line',
        label: metric.label,
        at: home,
        query: {
          form: metric.form,
          measures: [measured(metric)],
          by: [{ field: courseOf(metric), bucket: 'month' }],
        },
      }) as QueryWidget,
    [metric],
  )
  const questions = {
    now: asked(number, metric, within, zone),
    course: asked(line, metric, 'P6M', zone),
  }
  const drill = (query: (typeof questions)['now']) => (mark: ChartMark) =>
    setRows(drillOf(query, mark, { zone, metrics: () => metric }))
  return (
    <div className={frame.pane}>
      <h2 className={frame.word}>{t('live')}</h2>
      <p className={frame.hint}>{t('liveHint')}</p>
      <Select
        aria-label={t('period')}
        value={within}
        options={spans.map((span) => ({ value: span as string, label: t(`span.${span}`) }))}
        onChange={setWithin}
      />
      <Figure
        widget={number}
        query={questions.now}
        metric={metric}
        onMark={drill(questions.now)}
        className={styles.number}
      />
      <Button
        size="small"
        className={styles.rows ?? ''}
        onClick={() => drill(questions.now)({ keys: [], measure: 'figure' } as unknown as ChartMark)}
      >
        {t('showRows')}
      </Button>
      <h3 className={frame.word}>{t('course')}</h3>
      <Figure
        widget={line}
        query={questions.course}
        metric={metric}
        onMark={drill(questions.course)}
        className={styles.line}
      />
      {rows && <Rows drill={rows} />}
    </div>
  )
}

/** The time by which the course goes: a backlog is counted at the end of each month since it opened. */
function courseOf({ measure, at }: MetricDefinition): string {
  return at ?? (typeof measure === 'object' && 'backlog' in measure ? measure.backlog.opened : 'created_at')
}

type FigureProps = {
  readonly widget: QueryWidget
  readonly query: QueryWidget['query']
  readonly metric: MetricDefinition
  readonly onMark: (mark: ChartMark) => void
  readonly className: string | undefined
}

function Figure({ widget, query, metric, onMark, className }: FigureProps) {
  const { locale } = useUi()
  const mode = useMode()
  const reason = useReason()
  const { app } = useDraftSession()
  const { data, error } = useQuery({
    queryKey: ['metric-figure', app, query, metric],
    queryFn: ({ signal }) => client.design.query(app, { query, metrics: [metric] }, signal),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  })
  const look = useMemo(() => ({ tokens: tokens[mode], mode }), [mode])
  return (
    <div className={className}>
      <ChartView
        widget={widget}
        answer={data as unknown as ChartAnswer | undefined}
        problem={error ? reason(error) : undefined}
        goal={metric}
        locale={locale}
        look={look}
        onMark={onMark}
      />
    </div>
  )
}

/** The records a figure was made of. */
function Rows({ drill }: { drill: Drill }) {
  const { t } = useTranslation('metric')
  const { recordAddress } = useUi()
  const { app } = useDraftSession()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['metric-rows', app, drill],
    queryFn: ({ signal }) =>
      client.records.list(
        app,
        drill.form,
        { where: drill.where, size: listed, sort: ['-created_at'] } as never,
        signal,
      ),
    retry: false,
  })
  return (
    <section aria-label={t('rows')}>
      <h3 className={frame.word}>{t('rows')}</h3>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {isPending && <Waiting rows={3} />}
      {data && data.items.length === 0 && <Nothing title={t('noRows')} />}
      {data && data.items.length > 0 && (
        <>
          <p role="status" className={frame.hint}>
            {t('rowCount', { count: data.total ?? data.items.length, shown: data.items.length })}
          </p>
          <ul className={frame.rows}>
            {data.items.map((item) => (
              <li key={item.id} className={frame.row}>
                <a href={recordAddress(app, drill.form, item.id)} target="_blank" rel="noreferrer">
                  {item.title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
