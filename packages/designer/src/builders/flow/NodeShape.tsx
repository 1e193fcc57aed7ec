import { CommentOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { Handle, type NodeProps } from '@xyflow/react'
import { memo, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { traitsOf } from '../../edits/flow/flow.ts'
import styles from './canvas.module.css'
import { CanvasActions } from './canvas-actions.ts'
import { handleSides, type ShapeData, type ShapeNode } from './canvas-model.ts'
import { glyphOf } from './glyphs.tsx'

/** A node as BPMN draws it: events are circles, gateways diamonds, activities boxes with who and by when. */
export const NodeShape = memo(function NodeShape({ data, isConnectable }: NodeProps<ShapeNode>) {
  const { node, marks } = data
  const { isGateway, isActivity } = traitsOf(node)
  const kind = isGateway ? 'gateway' : isActivity ? 'activity' : 'event'
  return (
    <div
      className={styles.shape}
      data-kind={kind}
      data-type={node.type}
      data-holding={data.isHolding}
      data-lit={marks.isLit === true}
      data-heat={marks.told?.heat}
    >
      {isActivity ? <Box {...data} /> : <Sign {...data} isGateway={isGateway} />}
      <span className={styles.badges}>
        {marks.told?.returns ? (
          <span className={styles.badge} data-again="true">
            ↩ {marks.told.returns}
          </span>
        ) : null}
        {marks.problems && (
          <span className={styles.badge} data-bad={marks.isBad} title={marks.problems.join('\n')}>
            <ExclamationCircleFilled />
          </span>
        )}
        {marks.comments !== undefined && (
          <span className={styles.badge} data-comments="true">
            <CommentOutlined /> {marks.comments}
          </span>
        )}
      </span>
      {isConnectable && <AddAfter node={node.id} />}
      {handleSides.map(([id, position]) => (
        <Handle
          key={id}
          id={id}
          type="source"
          position={position}
          className={styles.handle}
          isConnectable={isConnectable}
          tabIndex={-1}
        />
      ))}
    </div>
  )
})

/** Adds a step behind this one; by keyboard the canvas answers N. */
function AddAfter({ node }: { node: string }) {
  const { t } = useTranslation('flow')
  const { addAfter } = useContext(CanvasActions)
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`nodrag nopan ${styles.plus} ${styles.addAfter}`}
      aria-label={t('addNext')}
      title={t('addNext')}
      onClick={(event) => {
        event.stopPropagation()
        addAfter(node, event.currentTarget)
      }}
    >
      +
    </button>
  )
}

function Box({ node, name, words, isHolding }: ShapeData) {
  const isLooping = 'loop' in node && node.loop !== undefined
  const many = 'multiInstance' in node ? node.multiInstance : undefined
  return (
    <span className={styles.box} data-event={'triggeredByEvent' in node && node.triggeredByEvent === true}>
      <span className={styles.boxHead}>
        <span className={styles.glyph} aria-hidden="true">
          {glyphOf(node)}
        </span>
        <span className={styles.name}>{name}</span>
      </span>
      {!isHolding && words && <span className={styles.words}>{words}</span>}
      {(isLooping || many) && (
        <span className={styles.marker} aria-hidden="true">
          {isLooping ? '↻' : many?.sequential ? '≡' : '⦀'}
        </span>
      )}
    </span>
  )
}

function Sign({ node, name, words, isGateway }: ShapeData & { isGateway: boolean }) {
  const isDashed = 'interrupting' in node && node.interrupting === false
  const isStop = node.type === 'endEvent' && node.terminate === true
  return (
    <>
      <svg viewBox="0 0 50 50" className={styles.outline} aria-hidden="true">
        {isGateway ? (
          <path d="M25 1.5 48.5 25 25 48.5 1.5 25z" />
        ) : (
          <>
            <circle cx="25" cy="25" r="23" data-end={node.type === 'endEvent'} data-dashed={isDashed} />
            {['intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent'].includes(node.type) && (
              <circle cx="25" cy="25" r="18" data-dashed={isDashed} />
            )}
            {isStop && <circle cx="25" cy="25" r="13" data-solid="true" />}
          </>
        )}
      </svg>
      <span className={styles.sign} aria-hidden="true">
        {glyphOf(node)}
      </span>
      <span className={styles.below}>
        <span className={styles.belowName}>{name}</span>
        {words && words !== name && <span className={styles.belowWords}>{words}</span>}
      </span>
    </>
  )
}
