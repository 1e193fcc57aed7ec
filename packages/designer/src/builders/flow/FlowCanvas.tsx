import '@xyflow/react/dist/base.css'
import type { Placed } from '@tenon/engine/layout'
import {
  type Connection,
  type EdgeChange,
  MarkerType,
  MiniMap,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react'
import { memo, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Flow, hostOf, nodeOf } from '../../edits/flow/flow.ts'
import { movedTo, placesOf } from '../../edits/flow/places.ts'
import { useSteady } from '../frame/use-steady.ts'
import styles from './bench.module.css'
import { type Actions, CanvasActions } from './canvas-actions.ts'
import { canvasDrawer, edgeAddress, type Marks, nodeAddress, type ShapeNode, type WayEdge } from './canvas-model.ts'
import type { Wording } from './flow-words.ts'
import { GroupFrames } from './GroupFrames.tsx'
import { NodeShape } from './NodeShape.tsx'
import { WayShape } from './WayShape.tsx'

const nodeTypes = { shape: NodeShape }
const edgeTypes = { way: WayShape }
// As large on a thick line as on a thin one.
const lineEnd = {
  markerEnd: {
    type: MarkerType.ArrowClosed,
    markerUnits: 'userSpaceOnUse',
    width: 22,
    height: 22,
    color: 'var(--t-ink-3)',
  },
}
const addsToChoice = ['Control', 'Meta', 'Shift']
const grid: [number, number] = [5, 5]
const unsigned = { hideAttribution: true }
const nowhere: ReadonlyMap<string, Placed['at']> = new Map()
export type Canvas = ReactFlowInstance<ShapeNode, WayEdge>

type Props = {
  readonly flow: Flow
  readonly wording: Wording
  readonly chosen: ReadonlySet<string>
  readonly marks: ReadonlyMap<string, Marks>
  readonly readOnly: boolean
  readonly minimap: boolean
  readonly actions: Actions
  readonly onChoose: (addresses: ReadonlySet<string>) => void
  readonly onMove: (change: (flow: Flow) => Flow) => void
  readonly onConnect: (from: string, to: string) => void
  readonly onReconnect: (edge: string, from: string, to: string) => void
  readonly onReady: (canvas: Canvas) => void
}

/** The flow on its canvas. Everything a person does here goes out as an edit and comes back drawn. */
export const FlowCanvas = memo(function FlowCanvas(props: Props) {
  const { flow, wording, chosen, marks, readOnly, onChoose, onMove } = props
  const { t } = useTranslation('flow')
  const [dragged, setDragged] = useState(nowhere)
  const draw = useRef<ReturnType<typeof canvasDrawer>>(undefined)
  draw.current ??= canvasDrawer()
  const describe = useCallback(
    (...[node, name, words, { problems, comments, isLit, told }]: DescribeArguments) =>
      [
        `${t(`type.${node.type}`)} ${name}`,
        words,
        problems && t('problemsHere', { count: problems.length, what: problems.join('；') }),
        comments && t('commentsHere', { count: comments }),
        isLit && t('tokenHere'),
        told?.returns && t('history.returned', { count: told.returns }),
      ]
        .filter(Boolean)
        .join(t('sentence')),
    [t],
  )
  const roles = useMemo(() => ({ node: t('role.node'), edge: t('role.edge') }), [t])
  const [first] = useState(() => firstView(flow))
  const drawn = draw.current({ flow, wording, chosen, marks, dragged, describe, roles, readOnly })

  // The kit tells hundreds of elements of every function and list that is another one.
  const hears = useSteady({
    onNodesChange: (changes: NodeChange<ShapeNode>[]) => {
      const next = afterSelection(chosen, changes, nodeAddress)
      if (next !== chosen) onChoose(next)
      const moves = changes.flatMap((change) =>
        change.type === 'position' && change.dragging && change.position ? [[change.id, change.position] as const] : [],
      )
      if (moves.length === 0) return
      setDragged((before) => {
        const next = new Map(before)
        for (const [id, { x, y }] of moves) {
          // A node that stands in another, or on its border, says its place from there.
          const node = nodeOf(flow, id)
          const above = node && (hostOf(node) ?? node.parent)
          const [left, top] = (above === undefined ? undefined : (next.get(above) ?? drawn.places.get(above)?.at)) ?? [
            0, 0,
          ]
          next.set(id, [x + left, y + top])
        }
        return next
      })
    },
    onEdgesChange: (changes: EdgeChange<WayEdge>[]) => {
      const next = afterSelection(chosen, changes, edgeAddress)
      if (next !== chosen) onChoose(next)
    },
    onNodeDragStop: (_: unknown, __: unknown, nodes: readonly ShapeNode[]) => {
      const now = new Map(dragged)
      setDragged(nowhere)
      if (now.size === 0 || nodes.length === 0) return
      onMove((before) => movedTo(before, withCompany(before, now, drawn.places)))
    },
    onConnect: ({ source, target }: Connection) => props.onConnect(source, target),
    onReconnect: (edge: WayEdge, { source, target }: Connection) => props.onReconnect(edge.id, source, target),
  })
  const says = useMemo(
    () => ({
      'minimap.ariaLabel': t('minimap'),
      'handle.ariaLabel': t('handle'),
      'node.a11yDescription.default': '',
      'node.a11yDescription.keyboardDisabled': '',
      'edge.a11yDescription.default': '',
    }),
    [t],
  )

  return (
    <CanvasActions value={props.actions}>
      <ReactFlow
        nodes={drawn.nodes}
        edges={drawn.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        defaultEdgeOptions={lineEnd}
        connectionMode={'loose' as never}
        {...hears}
        onInit={props.onReady}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode={addsToChoice}
        onlyRenderVisibleElements
        nodeDragThreshold={3}
        snapToGrid
        snapGrid={grid}
        minZoom={0.15}
        maxZoom={2}
        defaultViewport={first}
        proOptions={unsigned}
        ariaLabelConfig={says}
      >
        <GroupFrames
          flow={flow}
          places={drawn.places}
          dragged={dragged}
          chosen={chosen}
          readOnly={readOnly}
          onChoose={onChoose}
          onDrag={setDragged}
          onDrop={(moved) => {
            setDragged(nowhere)
            if (moved.size > 0) onMove((before) => movedTo(before, withCompany(before, moved, drawn.places)))
          }}
        />
        {props.minimap && <MiniMap pannable zoomable className={styles.minimap ?? ''} nodeClassName={isChosenClass} />}
      </ReactFlow>
    </CanvasActions>
  )
})

const isChosenClass = (node: { readonly selected?: boolean }) => (node.selected ? 'chosen' : '')

type DescribeArguments = Parameters<Parameters<ReturnType<typeof canvasDrawer>>[0]['describe']>

type Change = { readonly type: string; readonly id?: string; readonly selected?: boolean }

/** What is chosen after what the canvas says; the very same set when it says nothing. */
function afterSelection(
  chosen: ReadonlySet<string>,
  changes: readonly Change[],
  address: (id: string) => string,
): ReadonlySet<string> {
  const said = changes.filter((change) => change.type === 'select' && change.id !== undefined)
  const moved = said.filter(({ id, selected }) => chosen.has(address(id ?? '')) !== selected)
  if (moved.length === 0) return chosen
  const next = new Set(chosen)
  for (const { id = '', selected } of moved) {
    if (selected) next.add(address(id))
    else next.delete(address(id))
  }
  return next
}

/** What stands in a moved node, or on its border, and says where it is, goes along. */
function withCompany(
  flow: Flow,
  moved: ReadonlyMap<string, Placed['at']>,
  places: ReadonlyMap<string, Placed>,
): ReadonlyMap<string, Placed['at']> {
  const all = new Map(moved)
  for (let size = -1; size !== all.size; ) {
    size = all.size
    for (const node of flow.nodes) {
      const above = hostOf(node) ?? node.parent
      const to = above === undefined ? undefined : all.get(above)
      const from = above === undefined ? undefined : places.get(above)?.at
      const own = places.get(node.id)?.at
      if (all.has(node.id) || !to || !from || !own || !nodeOf(flow, node.id)) continue
      all.set(node.id, [own[0] + to[0] - from[0], own[1] + to[1] - from[1]])
    }
  }
  return all
}

/** Where a flow begins, large enough to be read. */
function firstView(flow: Flow) {
  const boxes = [...placesOf(flow).values()]
  const start = flow.nodes.find(({ type }) => type === 'startEvent')
  const y = (start && placesOf(flow).get(start.id)?.at[1]) ?? 0
  return { x: 40 - Math.min(0, ...boxes.map(({ at }) => at[0])), y: 300 - y, zoom: 0.85 }
}
