import { Link } from '@tanstack/react-router'
import type { Condition, FormModel, ViewOf } from '@tenon/engine'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListOptions, RecordItem } from '../../../../contract/index.ts'
import { RefsProvider } from '../../../../ui/environment.tsx'
import { places } from '../../../shell/places.ts'
import { Failed } from '../../../shell/states.tsx'
import type { ListColumn } from '../../list/columns.ts'
import { both } from '../../list/where.ts'
import { Reach } from '../Reach.tsx'
import type { Span } from '../time.ts'
import type { Lane } from '../use-lanes.ts'
import { type Moves, moved } from '../use-moves.ts'
import { usePages } from '../use-pages.ts'
import styles from '../views.module.css'
import { GanttBar } from './GanttBar.tsx'

export type GanttSetting = {
  readonly app: string
  readonly form: FormModel
  readonly view: ViewOf<'gantt'>
  readonly columns: readonly ListColumn[]
  readonly when: { readonly start: string; readonly end: string }
  readonly span: Span
  /** Pixels of a day. */
  readonly px: number
  readonly where: Condition
  readonly options: ListOptions
}
/** Which ends of a bar can be changed from here. */
export type MayMove = { readonly start: boolean; readonly end: boolean }

type Props = {
  readonly setting: GanttSetting
  readonly lane: Lane | null
  readonly may: MayMove
  readonly moves: Moves
}
const groupSize = 30

/** The rows of one group; asked for when the group comes near the screen. */
export function GanttGroup({ setting, lane, may, moves }: Props) {
  const { t } = useTranslation('views')
  const { app, form, where, options } = setting
  const begin = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (seen || !begin.current) return
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
      },
      { rootMargin: '300px' },
    )
    watch.observe(begin.current)
    return () => watch.disconnect()
  }, [seen])
  const pages = usePages({ app, form, options, where: both(where, lane?.where), size: groupSize, enabled: seen })
  const { items, total, refs, answer } = pages
  if (seen && total === 0) return lane === null ? <p className={styles.hint}>{t('gantt.nothing')}</p> : null
  return (
    <div ref={begin} className={styles.ganttGroup} data-tone={lane?.tone ?? 'neutral'}>
      {lane && (
        <h2 className={styles.ganttGroupName}>
          <span className={styles.laneDot} aria-hidden /> {lane.label}
          <span className={styles.laneCount}>{total ?? '…'}</span>
        </h2>
      )}
      {answer.error && <Failed error={answer.error} retry={() => void answer.refetch()} />}
      <RefsProvider refs={refs}>
        <ul className={styles.ganttRows}>
          {items.map((item) => (
            <Row key={item.id} setting={setting} item={moved(item, moves.under)} may={may} moves={moves} />
          ))}
        </ul>
      </RefsProvider>
      <div className={styles.ganttEnd}>
        <Reach pages={pages} label={t('more', { shown: items.length, total: total ?? items.length })} />
      </div>
    </div>
  )
}

type RowProps = {
  readonly setting: GanttSetting
  readonly item: RecordItem
  readonly may: MayMove
  readonly moves: Moves
}

function Row({ setting, item, may, moves }: RowProps) {
  return (
    <li className={styles.ganttRow}>
      <Link to={places.record(setting.app, setting.form.id, item.id)} className={styles.ganttName} title={item.title}>
        {item.title}
      </Link>
      <GanttBar setting={setting} item={item} may={may} moves={moves} />
    </li>
  )
}
