import { useParams } from '@tanstack/react-router'
import { resolveText } from '@tenon/engine'
import {
  type BoardDefinition,
  type ChartAnswer,
  type FilterChoices,
  halfWidth,
  type MetricDefinition,
  namesOf,
  type QueryWidget,
  type Widget,
} from '@tenon/reports'
import { ChartView } from '@tenon/reports/web'
import { useMode, usePreferences, useReason } from '@tenon/runtime/page'
import { tokens, useUi } from '@tenon/runtime/ui'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { GridLayout, noCompactor } from 'react-grid-layout'
import { useTranslation } from 'react-i18next'
import { type Cell, columns } from '../../edits/grid.ts'
import { useDraftApp } from '../../panels/index.ts'
import 'react-grid-layout/css/styles.css'
import styles from './board.module.css'
import { useBoardData, type WidgetAnswer } from './use-board-data.ts'
import { typeName } from './widget-types.ts'

type Props = {
  readonly board: BoardDefinition
  readonly metrics: ReadonlyMap<string, MetricDefinition>
  /** What is chosen in the filters above. */
  readonly choices: FilterChoices
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
  readonly onPlace: (widget: Widget, cell: Cell, key?: string) => void
  readonly onRemove: (widget: Widget) => void
}

/** As the readers' board has it: rows of 56 pixels, gaps of 12; below 720 one under another, figures two in a row. */
const rowHeight = 56
const gap = 12
const narrow = 720
const wholeBoard = { cols: columns, rowHeight, margin: [gap, gap], containerPadding: [0, 0] } as const

/** The widgets on their grid: moved by their title, sized by their corner, both with the arrow keys too. */
export function BoardGrid(props: Props) {
  const { board, metrics, choices, onPlace } = props
  const [place, width] = useWidth()
  const data = useBoardData(board, metrics, choices)
  const isNarrow = width > 0 && width < narrow
  const layout = board.widgets.map(({ id, at }) => ({ i: id, x: at.x, y: at.y, w: at.w, h: at.h }))
  const settle = (_layout: unknown, _before: unknown, after: ({ i: string } & Cell) | null) => {
    const widget = board.widgets.find(({ id }) => id === after?.i)
    if (widget && after) onPlace(widget, { x: after.x, y: after.y, w: after.w, h: after.h })
  }
  const inOrder = [...board.widgets].sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x)
  const halves = halfWidth(inOrder)
  const frame = (widget: Widget) => <Frame {...props} widget={widget} found={data.get(widget.id)} />
  return (
    <div ref={place} className={styles.grid}>
      {isNarrow && (
        <div className={styles.stacked}>
          {inOrder.map((widget) => (
            <div key={widget.id} data-half={halves.has(widget.id)}>
              {frame(widget)}
            </div>
          ))}
        </div>
      )}
      {width >= narrow && (
        <GridLayout
          width={width}
          layout={layout}
          gridConfig={wholeBoard}
          compactor={noCompactor}
          dragConfig={{ handle: '[data-handle]' }}
          onDragStop={settle}
          onResizeStop={settle}
        >
          {inOrder.map((widget) => (
            <div key={widget.id}>{frame(widget)}</div>
          ))}
        </GridLayout>
      )}
    </div>
  )
}

type FrameProps = Props & { readonly widget: Widget; readonly found: WidgetAnswer | undefined }

const steps: { readonly [key: string]: readonly [number, number] } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

function Frame({ widget, found, metrics, chosen, onChoose, onPlace, onRemove }: FrameProps) {
  const { t } = useTranslation('board')
  const { locale } = usePreferences()
  const label = resolveText(widget.label, locale)
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Delete') return onRemove(widget)
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const { x, y, w, h } = widget.at
    const [across, down] = step
    const cell = event.shiftKey ? { x, y, w: w + across, h: h + down } : { x: x + across, y: y + down, w, h }
    onPlace(widget, cell, `place ${widget.id}`)
  }
  return (
    <section className={styles.widget} aria-label={label} data-chosen={widget.id === chosen}>
      <button
        type="button"
        data-handle
        className={styles.handle}
        aria-pressed={widget.id === chosen}
        aria-describedby="board-how"
        title={label}
        aria-label={t('widgetAt', {
          label,
          type: typeName(widget.type, locale),
          column: widget.at.x + 1,
          row: widget.at.y + 1,
          width: widget.at.w,
          height: widget.at.h,
        })}
        onClick={() => onChoose(widget.id)}
        onKeyDown={press}
      >
        <span className={styles.label}>{label}</span>
      </button>
      <div className={styles.chart}>
        {widget.type === 'text' ? (
          <p className={styles.text}>{resolveText(widget.text, locale)}</p>
        ) : (
          <Chart widget={widget} found={found} metrics={metrics} />
        )}
      </div>
    </section>
  )
}

type ChartProps = Pick<FrameProps, 'found' | 'metrics'> & { readonly widget: QueryWidget }

function Chart({ widget, found, metrics }: ChartProps) {
  const { app } = useParams({ from: '/$app' })
  const mode = useMode()
  const reason = useReason()
  const { locale } = useUi()
  const { lookup } = useDraftApp()
  const look = useMemo(() => ({ tokens: tokens[mode], mode }), [mode])
  const form = lookup(widget.query.form) ?? lookup(`${app}/${widget.query.form}`)
  const refs = found?.answer?.refs as
    | { readonly [id: string]: { readonly name?: string; readonly title?: string } }
    | undefined
  const nameOf = useMemo(
    () => form && namesOf(form, lookup, locale, (id) => refs?.[id]?.title ?? refs?.[id]?.name),
    [form, lookup, locale, refs],
  )
  const [measure] = widget.query.measures
  const goal = measure && 'metric' in measure ? metrics.get(measure.metric) : undefined
  return (
    <ChartView
      widget={widget}
      answer={found?.answer as unknown as ChartAnswer | undefined}
      problem={found?.error === undefined ? undefined : reason(found.error)}
      goal={goal}
      locale={locale}
      look={look}
      nameOf={nameOf}
    />
  )
}

function useWidth() {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [place, width] as const
}
