import type { FieldOf, FormModel, TableRow } from '@tenon/engine'
import type { EditProps } from '../contract.ts'

export type RowsProps = Omit<EditProps<'table'>, 'field' | 'value' | 'onChange'> & {
  readonly field: FieldOf<'table'>
  readonly form: FormModel
  readonly rows: readonly TableRow[]
  readonly onChange: (rows: readonly TableRow[]) => void
}

export const mostRows = (field: FieldOf<'table'>): number => field.maxRows ?? 200
