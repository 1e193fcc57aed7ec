import type { FlowGroup } from '@tenon/engine'
import type { Placed } from '@tenon/engine/layout'
import { usePreferences } from '@tenon/runtime/page'
import { useReactFlow, ViewportPortal } from '@xyflow/react'
import { type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import { type Flow, groupsIn } from '../../edits/flow/flow.ts'
import { frameOf } from '../../edits/flow/groups.ts'
import type { Places } from '../../edits/flow/places.ts'
import styles from './canvas.module.css'

type Moved = ReadonlyMap<string, Placed['at']>
type Props = {
  readonly flow: Flow
  readonly places: Places
  /** Where nodes are while they are dragged. */
  readonly dragged: Moved
  readonly chosen: ReadonlySet<string>
  readonly readOnly: boolean
  readonly onChoose: (addresses: ReadonlySet<string>) => void
  readonly onDrag: (moved: Moved) => void
  readonly onDrop: (moved: Moved) => void
}

/** The frames around groups. A frame follows its nodes; by its name all of them are moved at once. */
export function GroupFrames(props: Props) {
  const { flow, places, dragged } = props
  const groups = groupsIn(flow)
  if (groups.length === 0) return null
  const now: Places =
    dragged.size === 0
      ? places
      : new Map([...places].map(([id, place]) => [id, { ...place, at: dragged.get(id) ?? place.at }]))
  return (
    <ViewportPortal>
      {groups.map((group) => {
        const frame = frameOf(flow, group, now)
        return frame && <Frame key={group.id} {...props} group={group} frame={frame} />
      })}
    </ViewportPortal>
  )
}

type FrameProps = Props & { readonly group: FlowGroup; readonly frame: Placed }
type Hold = { readonly x: number; readonly y: number; moved: Moved }
const grid = 5
const threshold = 3

function Frame({ group, frame, places, chosen, readOnly, onChoose, onDrag, onDrop }: FrameProps) {
  const { t } = useTranslation('flow')
  const { locale } = usePreferences()
  const { getZoom } = useReactFlow()
  const hold = useRef<Hold>(undefined)
  const address = `groups/${group.id}`
  const name = labelOf(group, locale, t('role.group'))
  const move = (event: PointerEvent<HTMLButtonElement>) => {
    const held = hold.current
    if (!held) return
    const [x, y] = [event.clientX - held.x, event.clientY - held.y]
    if (held.moved.size === 0 && Math.hypot(x, y) < threshold) return
    const by = (distance: number) => Math.round(distance / getZoom() / grid) * grid
    held.moved = new Map(
      group.nodes.flatMap((id) => {
        const at = places.get(id)?.at
        return at ? [[id, [at[0] + by(x), at[1] + by(y)]] as const] : []
      }),
    )
    onDrag(held.moved)
  }
  const drop = () => {
    const moved = hold.current?.moved
    hold.current = undefined
    if (moved && moved.size > 0) onDrop(moved)
  }
  const [x, y] = frame.at
  const [width, height] = frame.size
  return (
    <div
      className={styles.group}
      data-chosen={chosen.has(address)}
      style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
    >
      <button
        type="button"
        className={`nopan ${styles.groupName ?? ''}`}
        data-group={group.id}
        data-movable={!readOnly}
        aria-label={t('groupHere', { name, count: group.nodes.length })}
        aria-pressed={chosen.has(address)}
        onClick={() => onChoose(new Set([address]))}
        onPointerDown={(event) => {
          if (readOnly || event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          hold.current = { x: event.clientX, y: event.clientY, moved: new Map() }
        }}
        onPointerMove={move}
        onPointerUp={drop}
        onPointerCancel={drop}
      >
        {name}
      </button>
    </div>
  )
}
