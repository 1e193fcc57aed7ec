import { type Locale, resolveText } from '@tenon/engine'
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react'
import type { ChartAnswer, NameOf } from '../charts/contract.ts'
import { halfWidth, hasOwnHeight } from '../charts/on-narrow.ts'
import type { BoardDefinition, QueryWidget, Widget } from '../definitions/board.ts'
import type { MetricDefinition } from '../definitions/metric.ts'
import { type FilterChoices, widgetQuery } from '../query/board-query.ts'
import { type Drill, drillOf } from '../query/drill.ts'
import { elementUnit } from '../query/plan.ts'
import { ChartView } from './ChartView.tsx'
import type { ChartLook, ChartMode, ChartTokens } from './theme.ts'
import { say, spanText } from './words.ts'

/** What came for one widget. */
export type WidgetData = {
  readonly id: string
  readonly answer: ChartAnswer | null
  readonly previous?: ChartAnswer | null | undefined
  readonly problem: { readonly message: string } | null
}

export type BoardProps = {
  readonly board: BoardDefinition
  readonly metrics: readonly MetricDefinition[]
  /** Undefined while it is on its way. */
  readonly data: readonly WidgetData[] | undefined
  /** What was chosen in the filters: the very choices that `data` was asked with. */
  readonly choices: FilterChoices
  readonly locale: Locale
  /** The zone `data` was reckoned in. */
  readonly zone: string
  readonly tokens: ChartTokens
  readonly mode: ChartMode
  /** Names and tones of values, per widget. */
  readonly namesOf?: ((widget: QueryWidget) => NameOf) | undefined
  /** Opens the records behind a figure. */
  readonly onDrill?: ((drill: Drill, widget: QueryWidget) => void) | undefined
}

const rowHeight = 56
const gap = 12
/** Below this width widgets stand one under another. */
const narrow = 720

/** A board: widgets on a grid of twelve columns, in reading order. Filters are the page's business. */
export function Board({ board, metrics, data, choices, locale, zone, tokens, mode, namesOf, onDrill }: BoardProps) {
  const place = useRef<HTMLDivElement>(null)
  const isNarrow = useIsNarrow(place)
  const look = useMemo<ChartLook>(() => ({ tokens, mode }), [tokens, mode])
  const found = useMemo(() => new Map(data?.map((one) => [one.id, one])), [data])
  const metricOf = useMemo(() => {
    const byId = new Map(metrics.map((metric) => [metric.id, metric]))
    return (id: string) => byId.get(id)
  }, [metrics])
  const widgets = useMemo(() => [...board.widgets].sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x), [board])
  const halves = useMemo(() => halfWidth(widgets), [widgets])
  const note = periodNote(board, choices, locale)

  const drill = (widget: QueryWidget) => (mark: Parameters<typeof drillOf>[1]) => {
    const rows = drillOf(widgetQuery(widget, board, choices, { zone, metrics: metricOf }), mark, {
      zone,
      metrics: metricOf,
      several: severalOf(found.get(widget.id)),
    })
    if (rows) onDrill?.(rows, widget)
  }
  return (
    <div
      ref={place}
      style={{
        display: 'grid',
        gap,
        gridTemplateColumns: `repeat(${isNarrow ? 2 : 12}, minmax(0, 1fr))`,
        gridAutoRows: isNarrow ? 'auto' : rowHeight,
      }}
    >
      {widgets.map((widget) => (
        <Frame
          key={widget.id}
          widget={widget}
          locale={locale}
          look={look}
          narrow={isNarrow ? (halves.has(widget.id) ? 'half' : 'whole') : undefined}
          note={widget.type === 'text' ? '' : note}
        >
          {widget.type === 'text' ? (
            <p style={{ margin: 0, whiteSpace: 'pre-wrap', color: tokens.ink2, fontSize: 14, overflow: 'auto' }}>
              {resolveText(widget.text, locale)}
            </p>
          ) : (
            <WidgetChart
              widget={widget}
              found={found.get(widget.id)}
              metricOf={metricOf}
              locale={locale}
              look={look}
              namesOf={namesOf}
              onMark={onDrill && drill(widget)}
            />
          )}
        </Frame>
      ))}
    </div>
  )
}

/** Dimensions in which a record counts once for each of its values. */
const severalOf = (data: WidgetData | undefined): readonly string[] =>
  data?.answer?.columns.filter(({ unit }) => unit === elementUnit).map(({ id }) => id) ?? []

type WidgetChartProps = {
  readonly widget: QueryWidget
  readonly found: WidgetData | undefined
  readonly metricOf: (id: string) => MetricDefinition | undefined
  readonly locale: Locale
  readonly look: ChartLook
  readonly namesOf: BoardProps['namesOf']
  readonly onMark: ((mark: Parameters<typeof drillOf>[1]) => void) | undefined
}

function WidgetChart({ widget, found, metricOf, locale, look, namesOf, onMark }: WidgetChartProps) {
  const nameOf = useMemo(() => namesOf?.(widget), [namesOf, widget])
  const [measure] = widget.query.measures
  const goal = measure !== undefined && 'metric' in measure ? metricOf(measure.metric) : undefined
  return (
    <ChartView
      widget={widget}
      answer={found?.answer ?? undefined}
      previous={found?.previous ?? undefined}
      problem={found !== undefined && found.answer === null ? (found.problem?.message ?? '') : undefined}
      goal={goal}
      locale={locale}
      look={look}
      nameOf={nameOf}
      onMark={onMark}
    />
  )
}

type FrameProps = {
  readonly widget: Widget
  readonly locale: Locale
  readonly look: ChartLook
  /** How much of a narrow board it takes; undefined: the board is wide. */
  readonly narrow: 'half' | 'whole' | undefined
  readonly note: string
  readonly children: React.ReactNode
}

function Frame({ widget, locale, look: { tokens }, narrow, note, children }: FrameProps) {
  const { x, y, w, h } = widget.at
  const placed: CSSProperties = narrow
    ? {
        gridColumn: narrow === 'half' ? 'span 1' : '1 / -1',
        minHeight: hasOwnHeight(widget) ? 0 : h * rowHeight,
      }
    : { gridColumn: `${x + 1} / span ${Math.min(w, 12 - x)}`, gridRow: `${y + 1} / span ${h}` }
  return (
    <section
      aria-label={resolveText(widget.label, locale)}
      style={{
        ...placed,
        display: 'flex',
        flexDirection: 'column',
        gap: 8,
        minWidth: 0,
        padding: '12px 16px',
        background: tokens.surface,
        border: `1px solid ${tokens.line}`,
        borderRadius: 8,
        overflow: 'hidden',
      }}
    >
      <header
        style={{
          display: 'flex',
          flexDirection: narrow === 'half' ? 'column' : 'row',
          justifyContent: 'space-between',
          alignItems: narrow === 'half' ? 'stretch' : 'baseline',
          gap: narrow === 'half' ? 2 : 12,
        }}
      >
        <h2
          style={{
            margin: 0,
            fontSize: 14,
            lineHeight: '20px',
            fontWeight: 600,
            color: tokens.ink,
            // Two lines: a narrow figure has a name as long as a wide chart.
            display: '-webkit-box',
            WebkitBoxOrient: 'vertical',
            WebkitLineClamp: 2,
            overflow: 'hidden',
            overflowWrap: 'anywhere',
          }}
          title={resolveText(widget.label, locale)}
        >
          {resolveText(widget.label, locale)}
        </h2>
        {note !== '' && <span style={{ fontSize: 12, color: tokens.ink3, whiteSpace: 'nowrap' }}>{note}</span>}
      </header>
      <div style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
        <div style={{ flex: 1, minHeight: 0 }}>{children}</div>
      </div>
    </section>
  )
}

/** The chosen period in words, for the corner of each widget. */
function periodNote({ filters = [] }: BoardDefinition, choices: FilterChoices, locale: Locale): string {
  const filter = filters.find(({ type }) => type === 'period')
  if (filter === undefined) return ''
  const choice = choices[filter.id]
  if (choice === undefined || 'values' in choice) return say('allTime', locale)
  return 'within' in choice ? spanText(choice.within, locale) : `${choice.from ?? ''} – ${choice.to ?? ''}`
}

function useIsNarrow(place: React.RefObject<HTMLDivElement | null>): boolean {
  const [isNarrow, setNarrow] = useState(false)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const measure = () => setNarrow(element.clientWidth > 0 && element.clientWidth < narrow)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [place])
  return isNarrow
}
