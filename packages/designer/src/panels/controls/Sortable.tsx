import { HolderOutlined } from '@ant-design/icons'
import { closestCenter, DndContext, type DragEndEvent, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { createContext, type KeyboardEvent, type ReactNode, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './controls.module.css'

type Props = {
  readonly keys: readonly string[]
  readonly onMove: (from: number, to: number) => void
  readonly children: ReactNode
}

type Step = (id: string, by: -1 | 1) => void
const Stepping = createContext<Step>(() => {})

/**
 * A list whose entries are moved by the handle: with the pointer, or with the arrow keys one place at a time. The kit's
 * own keyboard dragging goes by distances and gets stuck at entries of different heights.
 */
export function SortableList({ keys, onMove, children }: Props) {
  const { t } = useTranslation('panels')
  const [told, setTold] = useState('')
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }))
  const end = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) onMove(keys.indexOf(String(active.id)), keys.indexOf(String(over.id)))
  }
  const step: Step = (id, by) => {
    const from = keys.indexOf(id)
    const to = from + by
    if (from < 0 || to < 0 || to >= keys.length) return
    onMove(from, to)
    setTold(t('drag.dropped', { place: to + 1, count: keys.length }))
  }
  const place = (id: string | number | undefined) => keys.indexOf(String(id)) + 1
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{
        screenReaderInstructions: { draggable: t('drag.how') },
        announcements: {
          onDragStart: ({ active }) => t('drag.lifted', { place: place(active.id), count: keys.length }),
          onDragOver: ({ over }) => (over ? t('drag.over', { place: place(over.id), count: keys.length }) : ''),
          onDragEnd: ({ over }) => (over ? t('drag.dropped', { place: place(over.id), count: keys.length }) : ''),
          onDragCancel: () => t('drag.cancelled'),
        },
      }}
    >
      <SortableContext items={[...keys]} strategy={verticalListSortingStrategy}>
        <Stepping value={step}>{children}</Stepping>
      </SortableContext>
      <span className={styles.told} aria-live="polite">
        {told}
      </span>
    </DndContext>
  )
}

type EntryProps = {
  readonly id: string
  readonly name: string
  readonly className?: string | undefined
  /** `li`: the list around it is one. */
  readonly as?: 'div' | 'li'
  readonly children: ReactNode
}

/** One entry with its handle. What its class should know stands in `data-…`. */
export function SortableEntry({ id, name, className, as: Tag = 'div', children, ...data }: EntryProps) {
  const { t } = useTranslation('panels')
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  })
  const step = useContext(Stepping)
  const byKey = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const handle = event.currentTarget
    step(id, event.key === 'ArrowUp' ? -1 : 1)
    // Moving its entry in the page takes the focus away.
    requestAnimationFrame(() => handle.focus())
  }
  const style = transform
    ? { transform: `translate3d(${Math.round(transform.x)}px, ${Math.round(transform.y)}px, 0)`, transition }
    : { transition }
  return (
    <Tag
      {...data}
      ref={setNodeRef}
      style={style}
      className={`${styles.sortable} ${className ?? ''}`}
      data-dragging={isDragging}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={styles.handle}
        {...attributes}
        {...listeners}
        onKeyDown={byKey}
        aria-label={t('drag.handle', { name })}
      >
        <HolderOutlined aria-hidden />
      </button>
      {children}
    </Tag>
  )
}
