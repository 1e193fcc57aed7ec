import { MoreOutlined } from '@ant-design/icons'
import { useDraggable, useDroppable } from '@dnd-kit/core'
import { Link } from '@tanstack/react-router'
import { type FormModel, isObject, type ViewOf } from '@tenon/engine'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListOptions, RecordItem } from '../../../../contract/index.ts'
import { RefsProvider } from '../../../../ui/environment.tsx'
import { DropMenu } from '../../../../ui/index.ts'
import { places } from '../../../shell/places.ts'
import { Failed } from '../../../shell/states.tsx'
import type { ListColumn } from '../../list/columns.ts'
import { CardFacts } from '../CardFacts.tsx'
import { useFixedWords } from '../FixedHint.tsx'
import type { Fixed } from '../fixed.ts'
import { Reach } from '../Reach.tsx'
import { type Lane, laneKey } from '../use-lanes.ts'
import { type Moves, moved } from '../use-moves.ts'
import { usePages } from '../use-pages.ts'
import styles from '../views.module.css'

type Props = {
  readonly app: string
  readonly form: FormModel
  readonly view: ViewOf<'kanban'>
  readonly lane: Lane
  readonly lanes: readonly Lane[]
  readonly options: ListOptions
  readonly columns: readonly ListColumn[]
  readonly fixed: Fixed | undefined
  readonly under: Moves['under']
  readonly put: (item: RecordItem, lane: Lane) => void
  readonly onTotal: (key: string, total: number) => void
}
const laneSize = 20

/** One lane: how many there are, and those of them that somebody scrolled to. */
export function LaneColumn(props: Props) {
  const { app, form, view, lane, options, under, onTotal } = props
  const { t } = useTranslation('views')
  const key = laneKey(lane.value)
  const pages = usePages({ app, form, options, where: lane.where, size: laneSize })
  const { setNodeRef, isOver } = useDroppable({ id: key, disabled: props.fixed !== undefined })
  const { total, items, refs, answer } = pages
  useEffect(() => {
    if (total !== null) onTotal(key, total)
  }, [key, total, onTotal])

  const isHere = (item: RecordItem) => (moved(item, under).values[view.by] ?? null) === lane.value
  const known = new Set(items.map(({ id }) => id))
  const arrived = [...under.values()].map(({ item }) => item).filter((item) => !known.has(item.id) && isHere(item))
  const left = items.filter((item) => !isHere(item)).length
  const shown = [...arrived, ...items.filter(isHere)]
  const counted = total === null ? null : total - left + arrived.length
  if (lane.optional && counted === 0 && !isOver) return null
  return (
    <section
      ref={setNodeRef}
      className={styles.lane}
      data-over={isOver}
      data-tone={lane.tone ?? 'neutral'}
      aria-label={counted === null ? lane.label : t('kanban.lane', { name: lane.label, count: counted })}
    >
      <header className={styles.laneHead}>
        <span className={styles.laneDot} aria-hidden />
        <h2 className={styles.laneName}>{lane.label}</h2>
        <span className={styles.laneCount}>{counted ?? '…'}</span>
      </header>
      <RefsProvider refs={refs}>
        <ul className={styles.laneCards}>
          {shown.map((item) => (
            <KanbanCard key={item.id} {...props} item={item} waiting={isObject(under.get(item.id))} />
          ))}
          {answer.error && (
            <li>
              <Failed error={answer.error} retry={() => void answer.refetch()} />
            </li>
          )}
          {counted === 0 && <li className={styles.laneEmpty}>{t('kanban.empty')}</li>}
          <li className={styles.laneEnd}>
            <Reach pages={pages} label={t('more', { shown: items.length, total: total ?? items.length })} />
          </li>
        </ul>
      </RefsProvider>
    </section>
  )
}

function KanbanCard({
  app,
  form,
  view,
  lane,
  lanes,
  columns,
  fixed,
  put,
  item,
  waiting,
}: Props & { readonly item: RecordItem; readonly waiting: boolean }) {
  const { t } = useTranslation('views')
  const words = useFixedWords(form)
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: item.id,
    data: item,
    disabled: fixed !== undefined || waiting,
  })
  const targets = fixed
    ? [{ key: 'why', disabled: true, label: words(fixed, view.by) }]
    : lanes
        .filter(({ value, optional }) => value !== lane.value && (!optional || value === null))
        .map((one) => ({ key: laneKey(one.value), label: one.label, onClick: () => put(item, one) }))
  return (
    <li
      ref={setNodeRef}
      className={styles.card}
      data-dragging={isDragging}
      data-waiting={waiting}
      data-movable={fixed === undefined}
      {...listeners}
    >
      <span className={styles.cardHead}>
        <Link to={places.record(app, form.id, item.id)} className={styles.cardTitle} draggable={false}>
          {item.title}
        </Link>
        <DropMenu menu={{ items: [{ key: 'move', type: 'group', label: t('kanban.moveTo'), children: targets }] }}>
          <Button
            type="text"
            size="small"
            icon={<MoreOutlined />}
            disabled={waiting}
            aria-label={t('kanban.moveOf', { title: item.title })}
          />
        </DropMenu>
      </span>
      <CardFacts item={item} columns={columns} said={[view.by]} />
    </li>
  )
}
