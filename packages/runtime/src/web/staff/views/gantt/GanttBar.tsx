import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordItem } from '../../../../contract/index.ts'
import { useUi } from '../../../../ui/environment.tsx'
import { formatDayText } from '../../../../ui/show/format.ts'
import { places } from '../../../shell/places.ts'
import { movedBy, placeOf } from '../time.ts'
import { toneOf } from '../tone-of.ts'
import type { Moves } from '../use-moves.ts'
import styles from '../views.module.css'
import { barOf } from './bars.ts'
import type { GanttSetting, MayMove } from './GanttGroup.tsx'

type Which = 'both' | 'start' | 'end'
type Props = {
  readonly setting: GanttSetting
  readonly item: RecordItem
  readonly may: MayMove
  readonly moves: Moves
}
const arrows: { readonly [key: string]: number } = { ArrowLeft: -1, ArrowRight: 1 }

/** A record as a bar: dragged it moves by days, at its ends it becomes longer or shorter. Shift and arrows do the same, with alt for the end. */
export function GanttBar({ setting, item, may, moves }: Props) {
  const { app, form, view, when, span, px } = setting
  const { t } = useTranslation('views')
  const { locale, zone } = useUi()
  const [drag, setDrag] = useState<{ readonly which: Which; readonly from: number; readonly by: number }>()
  const dragged = useRef(false)
  const place = placeOf(item, when, form, zone)
  if (!place) return null
  const bar = barOf(place, span, zone)
  const waiting = moves.under.has(item.id)
  const allowed = { both: may.start && may.end, start: may.start, end: may.end }

  const change = (which: Which, days: number) => {
    const values = days === 0 ? undefined : movedBy(item, when, days, which, form, zone)
    if (!values || !allowed[which] || waiting) return
    const said = { title: item.title }
    moves.move(item, values, { done: t('gantt.moved', said), failed: t('gantt.refused', said) })
  }
  const hold = (which: Which) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      // A finger scrolls the chart; it changes dates on the record's page.
      if (event.button !== 0 || event.pointerType === 'touch' || !allowed[which] || waiting) return
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
      dragged.current = false
      setDrag({ which, from: event.clientX, by: 0 })
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag?.which !== which) return
      const by = Math.round((event.clientX - drag.from) / px)
      if (Math.abs(event.clientX - drag.from) > 4) dragged.current = true
      if (by !== drag.by) setDrag({ ...drag, by })
    },
    onPointerUp: () => {
      if (drag?.which !== which) return
      setDrag(undefined)
      change(which, drag.by)
    },
    onPointerCancel: () => setDrag(undefined),
  })
  const keys = (event: KeyboardEvent) => {
    const by = event.shiftKey ? arrows[event.key] : undefined
    if (by === undefined) return
    event.preventDefault()
    change(event.altKey ? 'end' : 'both', by)
  }
  const by = drag?.by ?? 0
  const left = bar.left + (drag && drag.which !== 'end' ? by : 0)
  const width = bar.width + (drag?.which === 'end' ? by : drag?.which === 'start' ? -by : 0)
  const times = [place.first, place.last].map((day) => formatDayText(day, locale)).join(' – ')
  return (
    <span className={styles.track}>
      <span
        className={styles.bar}
        data-tone={toneOf(item, view.tone, form)}
        data-cut-left={bar.cutLeft}
        data-cut-right={bar.cutRight}
        data-waiting={waiting}
        data-movable={allowed.both}
        style={{ insetInlineStart: left * px, width: Math.max(width * px, 6) }}
      >
        {allowed.start && !bar.cutLeft && <span className={styles.handle} data-end="start" {...hold('start')} />}
        <Link
          to={places.record(app, form.id, item.id)}
          className={styles.barName}
          draggable={false}
          title={`${item.title} · ${times}`}
          aria-label={`${item.title}, ${times}`}
          aria-keyshortcuts={allowed.both ? 'Shift+ArrowLeft Shift+ArrowRight' : undefined}
          onKeyDown={keys}
          onClick={(event) => {
            if (dragged.current) event.preventDefault()
            dragged.current = false
          }}
          {...hold('both')}
        >
          {item.title}
        </Link>
        {allowed.end && !bar.cutRight && <span className={styles.handle} data-end="end" {...hold('end')} />}
      </span>
    </span>
  )
}
