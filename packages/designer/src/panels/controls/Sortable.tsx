import { HolderOutlined } from '@ant-design/icons'
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './controls.module.css'

type Props = {
  readonly keys: readonly string[]
  readonly onMove: (from: number, to: number) => void
  readonly children: ReactNode
}

/** A list whose entries are moved by the handle: with the pointer, or with space and the arrow keys. */
export function SortableList({ keys, onMove, children }: Props) {
  const { t } = useTranslation('panels')
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const end = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) onMove(keys.indexOf(String(active.id)), keys.indexOf(String(over.id)))
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
        {children}
      </SortableContext>
    </DndContext>
  )
}

type EntryProps = {
  readonly id: string
  readonly name: string
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** One entry with its handle. */
export function SortableEntry({ id, name, className, children }: EntryProps) {
  const { t } = useTranslation('panels')
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  })
  const style = transform
    ? { transform: `translate3d(${Math.round(transform.x)}px, ${Math.round(transform.y)}px, 0)`, transition }
    : { transition }
  return (
    <div ref={setNodeRef} style={style} className={`${styles.sortable} ${className ?? ''}`} data-dragging={isDragging}>
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={styles.handle}
        {...attributes}
        {...listeners}
        aria-label={t('drag.handle', { name })}
      >
        <HolderOutlined aria-hidden />
      </button>
      {children}
    </div>
  )
}
