import { useDraggable, useDroppable } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import styles from './table.module.css'

type Props = { readonly id: string; readonly number: number; readonly disabled: boolean }

/** The number of a row, by which the pointer takes it elsewhere; the keyboard moves rows from their cells. */
export function RowHandle({ id, number, disabled }: Props) {
  const { t } = useTranslation('ui')
  const { setNodeRef, listeners, isDragging } = useDraggable({ id, disabled })
  const { setNodeRef: setPlaceRef } = useDroppable({ id, disabled })
  return (
    <th
      scope="row"
      ref={(node) => {
        setNodeRef(node)
        setPlaceRef(node)
      }}
      className={styles.number}
      data-handle={!disabled}
      data-dragging={isDragging}
      {...(disabled ? {} : { ...listeners, title: t('table.drag') })}
    >
      {number}
    </th>
  )
}
