import { PlusOutlined } from '@ant-design/icons'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react'
import { memo, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './canvas.module.css'
import { CanvasActions } from './canvas-actions.ts'
import type { WayEdge } from './canvas-model.ts'
import { backOffset } from './dip-below.ts'

/** A way from node to node, with what it is for and a "+" to put something into it. */
export const WayShape = memo(function WayShape(props: EdgeProps<WayEdge>) {
  const { id, data, selected, markerEnd } = props
  const { t } = useTranslation('flow')
  const { addOnEdge, choose } = useContext(CanvasActions)
  const [path, x, y] = route(props)
  if (!data) return null
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
        <div
          className={`nodrag nopan ${styles.wayLabel}`}
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          data-selected={selected}
        >
          {data.words && (
            <button
              type="button"
              tabIndex={-1}
              className={styles.wayWords}
              data-default={data.isDefault}
              title={data.words}
              onClick={() => choose(`edges/${id}`)}
            >
              {data.words}
            </button>
          )}
          {data.mayInsert && (
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
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  )
})

function route(props: EdgeProps<WayEdge>): readonly [path: string, x: number, y: number] {
  const { sourceX, sourceY, targetX, targetY, data } = props
  if (data?.via && data.via.length > 0) {
    const points = [[sourceX, sourceY], ...data.via, [targetX, targetY]] as const
    const [x = 0, y = 0] = points[Math.floor(points.length / 2)] ?? []
    return [`M ${points.map(([left, top]) => `${left} ${top}`).join(' L ')}`, x, y]
  }
  const [path, x, y] = getSmoothStepPath({ ...props, borderRadius: 10, offset: backOffset + (data?.dip ?? 0) })
  // Ways of one node part at its side: their words stand where they are already apart, near the end.
  const isForward = props.sourcePosition === 'right' && props.targetPosition === 'left'
  return isForward && Math.abs(targetY - sourceY) > 24 ? [path, (x + targetX) / 2 - 4, targetY] : [path, x, y]
}
