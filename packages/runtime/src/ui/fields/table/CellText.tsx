import type { CellValue, FieldModel } from '@tenon/engine'
import { FieldValueView } from '../FieldValueView.tsx'

/** The value of a cell; a blank one is empty, as a dash in every second cell would be noise. */
export const CellText = ({ column, value }: { column: FieldModel; value: CellValue | undefined }) =>
  value === undefined || value === null ? null : <FieldValueView field={column} value={value} cell />
