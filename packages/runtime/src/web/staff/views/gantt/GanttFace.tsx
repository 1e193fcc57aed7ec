import { addDays, localDay } from '@tenon/engine'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../../../ui/environment.tsx'
import { serverNow } from '../../../../ui/show/now.ts'
import type { FaceProps } from '../contract.ts'
import { FixedHint } from '../FixedHint.tsx'
import { SpanBar } from '../SpanBar.tsx'
import { daysBetween, inSpan } from '../time.ts'
import { type Lane, useLanes } from '../use-lanes.ts'
import { useMoves } from '../use-moves.ts'
import styles from '../views.module.css'
import { ganttSpan, type Tick, ticksOf, type Zoom, zoomOf, zooms } from './bars.ts'
import { GanttGroup, type GanttSetting } from './GanttGroup.tsx'

/** Bars over time, in groups; of each group only the rows are loaded that somebody scrolled to. */
export default function GanttFace(props: FaceProps<'gantt'>) {
  return props.view.group === undefined ? (
    <Chart {...props} lanes={null} />
  ) : (
    <Grouped {...props} group={props.view.group} />
  )
}

function Grouped(props: FaceProps<'gantt'> & { readonly group: string }) {
  const { t } = useTranslation('views')
  const { lanes } = useLanes(props.app, props.form, props.group, props.list, t('kanban.none'))
  return <Chart {...props} lanes={lanes} />
}

function Chart({
  app,
  form,
  view,
  list,
  columns,
  fixed,
  lanes,
}: FaceProps<'gantt'> & { lanes: readonly Lane[] | null }) {
  const { t } = useTranslation('views')
  const { locale, zone } = useUi()
  const moves = useMoves(app, form)
  const today = localDay(zone, serverNow())
  const day = list.search.date ?? today
  const zoom: Zoom = zooms.find((one) => one === list.search.scale) ?? 'day'
  const span = useMemo(() => ganttSpan(day, zoom), [day, zoom])
  const { px, weeks } = zoomOf[zoom]
  const width = weeks * 7 * px
  const ticks = useMemo(() => ticksOf(span, zoom), [span, zoom])
  const go = (next: string) => list.go({ date: next === today ? undefined : next })
  const setting = useMemo<GanttSetting>(() => {
    const when = { start: view.start, end: view.end }
    const read = [view.start, view.end, ...[view.group ?? [], view.tone ?? []].flat()]
    return {
      app,
      form,
      view,
      columns,
      when,
      span,
      px,
      where: inSpan(when, span, form, zone),
      options: {
        ...list.options,
        fields: [...new Set([...(list.options.fields ?? []), ...read])],
        sort: list.search.sort ? (list.options.sort ?? []) : (view.sort ?? [view.start]),
      },
    }
  }, [app, form, view, columns, span, px, zone, list.options, list.search.sort])
  const whyStart = fixed(view.start)
  const whyEnd = fixed(view.end)
  const may = { start: whyStart === undefined, end: whyEnd === undefined }
  const range = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  })
  const at = (text: string) => Date.parse(`${text}T00:00:00Z`)
  const now = daysBetween(span.first, today)
  const groups: readonly (Lane | null)[] = lanes ?? [null]
  return (
    <div className={styles.face}>
      <SpanBar
        title={range.formatRange(at(span.first), at(span.last))}
        scales={zooms.map((value) => ({ value, label: t(`gantt.${value}`) }))}
        scale={zoom}
        onScale={(next) => list.go({ scale: next })}
        onStep={(step) => go(addDays(day, step * Math.floor(weeks / 2) * 7))}
        onToday={() => go(today)}
      />
      <FixedHint form={form} field={whyStart ? view.start : view.end} fixed={whyStart ?? whyEnd} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a chart wider than its place is scrolled by keyboard */}
      <section className={styles.gantt} aria-label={t('gantt.title')} tabIndex={0}>
        <div className={styles.ganttHead} style={{ width: `calc(var(--gantt-names) + ${width}px)` }}>
          <span className={styles.ganttCorner} />
          <span className={styles.ticks}>
            <Ticks ticks={ticks.upper} px={px} words={(one) => upperWord(one, zoom, locale)} />
            <Ticks ticks={ticks.lower} px={px} words={(one) => lowerWord(one, zoom, locale)} today={today} />
          </span>
        </div>
        <div className={styles.ganttBody} style={{ width: `calc(var(--gantt-names) + ${width}px)` }}>
          {now >= 0 && now < weeks * 7 && (
            <span
              className={styles.now}
              style={{ insetInlineStart: `calc(var(--gantt-names) + ${(now + 0.5) * px}px)` }}
            />
          )}
          {groups.map((lane) => (
            <GanttGroup key={lane?.value ?? '(blank)'} setting={setting} lane={lane} may={may} moves={moves} />
          ))}
        </div>
      </section>
    </div>
  )
}

type TicksProps = {
  readonly ticks: readonly Tick[]
  readonly px: number
  readonly words: (tick: Tick) => string
  readonly today?: string
}

const Ticks = ({ ticks, px, words, today }: TicksProps) => (
  <span className={styles.tickRow}>
    {ticks.map((tick) => (
      <span key={tick.day} className={styles.tick} data-today={tick.day === today} style={{ width: tick.days * px }}>
        <span className={styles.tickWord}>{words(tick)}</span>
      </span>
    ))}
  </span>
)

const said = (day: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', ...options }).format(
    Date.parse(`${day}T00:00:00Z`),
  )
const upperWord = ({ day }: Tick, zoom: Zoom, locale: string): string =>
  zoom === 'month' ? said(day, locale, { year: 'numeric' }) : said(day, locale, { year: 'numeric', month: 'long' })
function lowerWord({ day }: Tick, zoom: Zoom, locale: string): string {
  if (zoom === 'month')
    return locale === 'en' ? said(day, locale, { month: 'narrow' }) : String(Number(day.slice(5, 7)))
  return zoom === 'day' ? String(Number(day.slice(8))) : said(day, locale, { month: 'numeric', day: 'numeric' })
}
