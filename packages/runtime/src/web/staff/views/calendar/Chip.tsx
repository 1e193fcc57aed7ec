import { useDraggable } from '@dnd-kit/core'
import { Link } from '@tanstack/react-router'
import { type FormModel, localDay, type ViewOf } from '@tenon/engine'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordItem } from '../../../../contract/index.ts'
import { useUi } from '../../../../ui/environment.tsx'
import { places } from '../../../shell/places.ts'
import type { ListColumn } from '../../list/columns.ts'
import { toneOf } from '../tone-of.ts'
import type { Moves } from '../use-moves.ts'
import styles from '../views.module.css'
import type { OnDay } from './by-day.ts'

export type CalendarActs = {
  readonly app: string
  readonly form: FormModel
  readonly view: ViewOf<'calendar'>
  readonly columns: readonly ListColumn[]
  readonly movable: boolean
  readonly under: Moves['under']
  /** Puts a record some days later. */
  readonly shift: (item: RecordItem, days: number) => void
}

const steps: { readonly [key: string]: number } = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

type Props = {
  readonly on: OnDay
  readonly day: string
  readonly acts: CalendarActs
  /** In the list of the whole day, beside the one in the cell. */
  readonly again?: boolean
}

/** A record on a day: opens it; shift and an arrow puts it on another day. */
export function Chip({ on, day, acts, again = false }: Props) {
  const { t } = useTranslation('views')
  const { locale, zone } = useUi()
  const { item, place, goesOn } = on
  const waiting = acts.under.has(item.id)
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `${item.id} ${day}${again ? ' again' : ''}`,
    data: item,
    disabled: !acts.movable || waiting,
  })
  const time =
    place.at === undefined || goesOn || localDay(zone, place.at) !== day
      ? ''
      : new Intl.DateTimeFormat(locale, {
          timeZone: zone,
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        }).format(place.at)
  const keys = (event: KeyboardEvent) => {
    const by = event.shiftKey ? steps[event.key] : undefined
    if (by === undefined || !acts.movable) return
    event.preventDefault()
    acts.shift(item, by)
  }
  return (
    <li ref={setNodeRef} {...listeners}>
      <Link
        to={places.record(acts.app, acts.form.id, item.id)}
        className={styles.chip}
        data-tone={toneOf(item, acts.view.tone, acts.form)}
        data-waiting={waiting}
        data-dragging={isDragging}
        data-goes-on={goesOn}
        draggable={false}
        title={item.title}
        onKeyDown={keys}
        aria-label={[time, item.title, goesOn ? t('calendar.goesOn') : ''].filter((part) => part !== '').join(' ')}
        aria-keyshortcuts={acts.movable ? 'Shift+ArrowLeft Shift+ArrowRight' : undefined}
      >
        {time && <span className={styles.chipTime}>{time}</span>}
        <span className={styles.chipTitle}>{item.title}</span>
      </Link>
    </li>
  )
}
