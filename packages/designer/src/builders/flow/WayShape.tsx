import { PlusOutlined } from '@ant-design/icons'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react'
import { memo, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './canvas.module.css'
import { CanvasActions } from './canvas-actions.ts'
import type { WayEdge } from './canvas-model.ts'
import { backOffset } from './dip-below.ts'
import { type WaySpots, waySpots } from './way-spots.ts'

/** A way from node to node, with what it is for and a "+" to put something into it. */
export const WayShape = memo(function WayShape(props: EdgeProps<WayEdge>) {
  const { id, data, selected, markerEnd } = props
  const { t } = useTranslation('flow')
  const { addOnEdge, choose } = useContext(CanvasActions)
  const [path, { words, plus }] = route(props)
  if (!data) return null
  const insert = data.mayInsert && (
    <button
      type="button"
      tabIndex={-1}
      className={styles.plus}
      data-edge={id}
      aria-label={t('insertHere', { name: data.words })}
      title={t('insertHere', { name: data.words })}
      onClick={(event) => addOnEdge(id, event.currentTarget)}
    >
      <PlusOutlined />
    </button>
  )
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        {...(markerEnd === undefined ? {} : { markerEnd })}
        interactionWidth={18}
        className={styles.way}
        data-selected={selected}
        data-bad={data.isBad}
        data-told={data.weight !== undefined}
        {...(data.weight === undefined ? {} : { style: { strokeWidth: 1.5 + 7 * data.weight } })}
      />
      <EdgeLabelRenderer>
        {(data.words || !plus) && (
          <div
            className={`nodrag nopan ${styles.wayLabel}`}
            style={{ transform: `${anchors[words.anchor]} translate(${words.x}px, ${words.y}px)` }}
            data-selected={selected}
          >
            {data.words && (
              <button
                type="button"
                tabIndex={-1}
                className={styles.wayWords}
                style={{ maxWidth: words.maxWidth }}
                data-default={data.isDefault}
                title={data.words}
                onClick={() => choose(`edges/${id}`)}
              >
                {data.words}
              </button>
            )}
            {!plus && insert}
          </div>
        )}
        {plus && insert && (
          <div
            className={`nodrag nopan ${styles.wayLabel}`}
            style={{ transform: `${anchors.middle} translate(${plus.x}px, ${plus.y}px)` }}
          >
            {insert}
          </div>
        )}
      </EdgeLabelRenderer>
    </>
  )
})

const anchors = {
  middle: 'translate(-50%, -50%)',
  bottom: 'translate(-50%, -100%)',
  bottomRight: 'translate(-100%, -100%)',
  topRight: 'translate(-100%, 0)',
} as const satisfies { readonly [A in WaySpots['words']['anchor']]: string }

function route(props: EdgeProps<WayEdge>): readonly [path: string, spots: WaySpots] {
  const { sourceX, sourceY, targetX, targetY, data } = props
  const ends = { sourceX, sourceY, targetX, targetY }
  if (data?.via && data.via.length > 0) {
    const points = [[sourceX, sourceY], ...data.via, [targetX, targetY]] as const
    const [x = 0, y = 0] = points[Math.floor(points.length / 2)] ?? []
    const path = `M ${points.map(([left, top]) => `${left} ${top}`).join(' L ')}`
    return [path, waySpots({ ...ends, isForward: false, middle: [x, y] })]
  }
  const [path, x, y] = getSmoothStepPath({ ...props, borderRadius: 10, offset: backOffset + (data?.dip ?? 0) })
  const isForward = props.sourcePosition === 'right' && props.targetPosition === 'left'
  return [path, waySpots({ ...ends, isForward, middle: [x, y] })]
}
