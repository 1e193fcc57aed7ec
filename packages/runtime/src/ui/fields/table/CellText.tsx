import type { CellValue, FieldModel } from '@tenon/engine'
import { useCellFaces } from '../cell-faces.tsx'

/** The value of a cell; a blank one is empty, as a dash in every second cell would be noise. */
export function CellText({
  column,
  value,
  free = false,
}: {
  column: FieldModel
  value: CellValue | undefined
  /** Nothing around it is pressed. */
  free?: boolean
}) {
  const faceOf = useCellFaces()
  const { definition } = column
  if (!definition || value === undefined || value === null || value === '') return null
  const face = faceOf(definition.type)
  const Show = (free ? face.Free : undefined) ?? face.Cell ?? face.View
  return <Show field={definition} value={value} />
}
