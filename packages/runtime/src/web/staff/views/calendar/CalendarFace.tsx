import { DndContext, DragOverlay, MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import { addDays, localDay } from '@tenon/engine'
import { Alert, Button } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordItem } from '../../../../contract/index.ts'
import { RefsProvider, useUi } from '../../../../ui/environment.tsx'
import { serverNow } from '../../../../ui/show/now.ts'
import { usePhone } from '../../../../ui/theme/use-phone.ts'
import { Failed } from '../../../shell/states.tsx'
import type { FaceProps } from '../contract.ts'
import { FixedHint, labelOf } from '../FixedHint.tsx'
import { SpanBar } from '../SpanBar.tsx'
import { addMonths, daysBetween, daysOf, inSpan, monthOf, movedBy, placeOf, putOn, weekOf } from '../time.ts'
import { useDragWords } from '../use-drag-words.ts'
import { moved, useMoves } from '../use-moves.ts'
import { usePages } from '../use-pages.ts'
import styles from '../views.module.css'
import { Agenda } from './Agenda.tsx'
import { byDay } from './by-day.ts'
import type { CalendarActs } from './Chip.tsx'
import { Days } from './Days.tsx'
import { Undated } from './Undated.tsx'

const scales = ['month', 'week'] as const
type Scale = (typeof scales)[number]
const pageSize = 500
/** More than two thousand in one month are a list, not a calendar. */
const mostPages = 4

/** Records on their days: a month or a week, only what is in it is loaded. On a phone the days are a list. */
export default function CalendarFace({ app, form, view, list, columns, fixed }: FaceProps<'calendar'>) {
  const { t } = useTranslation('views')
  const { locale, zone } = useUi()
  const phone = usePhone()
  const moves = useMoves(app, form)
  const [held, setHeld] = useState<RecordItem>()
  const [undated, setUndated] = useState(false)
  const today = localDay(zone, serverNow())
  const day = list.search.date ?? today
  const scale: Scale = scales.find((one) => one === list.search.scale) ?? (phone ? 'week' : 'month')
  const span = useMemo(() => (scale === 'month' ? monthOf(day) : weekOf(day)), [scale, day])
  const when = useMemo(() => ({ start: view.start, end: view.end }), [view.start, view.end])
  const options = useMemo(
    () => ({
      ...list.options,
      fields: [...new Set([...(list.options.fields ?? []), view.start, ...[view.end ?? [], view.tone ?? []].flat()])],
    }),
    [list.options, view],
  )
  const pages = usePages({
    app,
    form,
    options: { ...options, sort: [view.start] },
    where: useMemo(() => inSpan(when, span, form, zone), [when, span, form, zone]),
    size: pageSize,
  })
  const { answer, items, total, refs } = pages
  const loadedPages = answer.data?.pages.length ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && loadedPages < mostPages) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, loadedPages, fetchNextPage])
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  )
  const days = useMemo(() => {
    const known = new Set(items.map(({ id }) => id))
    const arrived = [...moves.under.values()].map(({ item }) => item).filter(({ id }) => !known.has(id))
    return byDay(
      [...items, ...arrived].map((item) => moved(item, moves.under)),
      span,
      when,
      form,
      zone,
    )
  }, [items, moves.under, span, when, form, zone])
  const words = useDragWords(
    t('calendar.keys'),
    useCallback((id) => formatted(id, locale), [locale]),
  )
  const why = fixed(view.start) ?? (view.end === undefined ? undefined : fixed(view.end))
  const go = (next: string) => list.go({ date: next === today ? undefined : next })
  const shift = (item: RecordItem, by: number) => {
    const values = movedBy(item, when, by, 'both', form, zone)
    const place = placeOf(item, when, form, zone)
    if (why || by === 0 || !values || !place) return
    const to = formatted(addDays(place.first, by), locale)
    moves.move(item, values, {
      done: t('calendar.moved', { title: item.title, day: to }),
      failed: t('calendar.refused', { title: item.title, day: to }),
    })
  }
  const drop = (item: RecordItem, to: string) => {
    const place = placeOf(item, when, form, zone)
    if (place) return shift(item, daysBetween(place.first, to))
    if (why) return
    moves.move(item, putOn(to, when, form, zone), {
      done: t('calendar.moved', { title: item.title, day: formatted(to, locale) }),
      failed: t('calendar.refused', { title: item.title, day: formatted(to, locale) }),
    })
  }
  const acts: CalendarActs = { app, form, view, columns, movable: why === undefined, under: moves.under, shift }
  const cut = hasNextPage && loadedPages >= mostPages
  const lastShown = items.at(-1) && placeOf(items.at(-1) as RecordItem, when, form, zone)?.first
  return (
    <div className={styles.face}>
      <SpanBar
        title={titleOf(scale, day, span, locale)}
        scales={scales.map((value) => ({ value, label: t(`calendar.${value}`) }))}
        scale={scale}
        onScale={(next) => list.go({ scale: next })}
        onStep={(step) => go(scale === 'month' ? addMonths(`${day.slice(0, 8)}01`, step) : addDays(day, 7 * step))}
        onToday={() => go(today)}
      >
        <Button aria-expanded={undated} onClick={() => setUndated(!undated)}>
          {t('calendar.undated')}
        </Button>
      </SpanBar>
      <FixedHint form={form} field={fixed(view.start) ? view.start : (view.end ?? view.start)} fixed={why} />
      {cut && total !== null && (
        <Alert
          type="warning"
          showIcon
          title={t('calendar.cut', { total, shown: items.length, day: formatted(lastShown ?? day, locale) })}
          action={<Button onClick={() => list.go({ rows: '1' })}>{t('asRows')}</Button>}
        />
      )}
      {answer.error ? (
        <Failed error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <DndContext
          sensors={sensors}
          onDragStart={({ active }) => setHeld(active.data.current as RecordItem | undefined)}
          onDragCancel={() => setHeld(undefined)}
          onDragEnd={({ over }) => {
            if (held && over) drop(held, String(over.id))
            setHeld(undefined)
          }}
          accessibility={words}
        >
          <RefsProvider refs={refs}>
            <div className={styles.calendar} data-undated={undated} aria-busy={answer.isFetching}>
              {phone ? (
                <Agenda days={daysOf(span)} on={days} today={today} acts={acts} />
              ) : (
                <Days
                  days={daysOf(span)}
                  on={days}
                  today={today}
                  month={scale === 'month' ? day.slice(0, 7) : null}
                  acts={acts}
                />
              )}
              {undated && (
                <Undated
                  {...{ app, form, options, when, acts }}
                  title={t('calendar.undatedOf', { field: labelOf(form, view.start, locale) })}
                  onClose={() => setUndated(false)}
                />
              )}
            </div>
          </RefsProvider>
          <DragOverlay dropAnimation={null}>
            {held && (
              <div className={styles.chip} data-held>
                {held.title}
              </div>
            )}
          </DragOverlay>
        </DndContext>
      )}
      {total === 0 && <p className={styles.hint}>{t('calendar.nothing')}</p>}
    </div>
  )
}
const formats = (locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', ...options })

const formatted = (day: string, locale: string): string =>
  formats(locale, { month: 'short', day: 'numeric', weekday: 'short' }).format(Date.parse(`${day}T00:00:00Z`))

function titleOf(scale: Scale, day: string, { first, last }: { first: string; last: string }, locale: string): string {
  const at = (text: string) => Date.parse(`${text}T00:00:00Z`)
  if (scale === 'month') return formats(locale, { year: 'numeric', month: 'long' }).format(at(day))
  return formats(locale, { year: 'numeric', month: 'long', day: 'numeric' }).formatRange(at(first), at(last))
}
