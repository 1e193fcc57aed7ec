import { DndContext, DragOverlay, MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordItem } from '../../../../contract/index.ts'
import { Waiting } from '../../../shell/states.tsx'
import type { FaceProps } from '../contract.ts'
import { FixedHint } from '../FixedHint.tsx'
import { useDragWords } from '../use-drag-words.ts'
import { type Lane, laneKey, useLanes } from '../use-lanes.ts'
import { useMoves } from '../use-moves.ts'
import styles from '../views.module.css'
import { LaneColumn } from './LaneColumn.tsx'

/** Lanes side by side; each loads its own page. A card goes to another lane by drag, by its menu, or not at all, and says why. */
export default function KanbanFace({ app, form, view, list, columns, fixed, empty }: FaceProps<'kanban'>) {
  const { t } = useTranslation('views')
  const { lanes, loading } = useLanes(app, form, view.by, list, t('kanban.none'))
  const moves = useMoves(app, form)
  const [held, setHeld] = useState<RecordItem>()
  const [totals, setTotals] = useState<ReadonlyMap<string, number>>(new Map())
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  )
  const why = fixed(view.by)
  const options = useMemo(
    () => ({ ...list.options, fields: [...new Set([...(list.options.fields ?? []), view.by])] }),
    [list.options, view.by],
  )
  const words = useDragWords(
    t('kanban.keys'),
    useCallback((id) => lanes.find(({ value }) => laneKey(value) === id)?.label ?? '', [lanes]),
  )
  const { move } = moves
  const put = useCallback(
    (item: RecordItem, lane: Lane) => {
      if ((item.values[view.by] ?? null) === lane.value) return
      move(
        item,
        { [view.by]: lane.value },
        {
          done: t('kanban.moved', { title: item.title, lane: lane.label }),
          failed: t('kanban.refused', { title: item.title, lane: lane.label }),
        },
      )
    },
    [move, view.by, t],
  )
  const count = useCallback(
    (key: string, total: number) =>
      setTotals((before) => (before.get(key) === total ? before : new Map(before).set(key, total))),
    [],
  )
  if (loading) return <Waiting rows={8} />
  const nothing = lanes.length > 0 && lanes.every((lane) => totals.get(laneKey(lane.value)) === 0)
  return (
    <div className={styles.face}>
      <FixedHint form={form} field={view.by} fixed={why} />
      {nothing && empty}
      <DndContext
        sensors={sensors}
        onDragStart={({ active }) => setHeld(active.data.current as RecordItem | undefined)}
        onDragCancel={() => setHeld(undefined)}
        onDragEnd={({ over }) => {
          const lane = lanes.find(({ value }) => laneKey(value) === over?.id)
          if (held && lane) put(held, lane)
          setHeld(undefined)
        }}
        accessibility={words}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: lanes wider than the window are scrolled by keyboard */}
        <section className={styles.lanes} aria-label={t('kanban.lanes')} tabIndex={0} hidden={nothing}>
          {lanes.map((lane) => (
            <LaneColumn
              key={laneKey(lane.value)}
              {...{ app, form, view, lane, lanes, options, columns, put }}
              fixed={why}
              under={moves.under}
              onTotal={count}
            />
          ))}
        </section>
        <DragOverlay dropAnimation={null}>
          {held && (
            <div className={styles.card} data-held>
              <span className={styles.cardTitle}>{held.title}</span>
            </div>
          )}
        </DragOverlay>
      </DndContext>
    </div>
  )
}
