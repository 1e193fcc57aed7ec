import {
  computedRows,
  type FieldOf,
  type FieldValue,
  type FormModel,
  formModel,
  isTable,
  type TableRow,
  visibleRow,
} from '@tenon/engine'
import { useMemo } from 'react'
import { useUi } from '../../environment.tsx'
import { useFormFacts } from '../../show/FormFacts.tsx'
import { useShownForm } from '../../show/ShownForm.tsx'

/** Where a table is drawn away from its form, it is a form by itself. */
const aroundField = { id: 'form', kind: 'form', schemaVersion: 1, label: '', title: { formula: 'null' } } as const
const none: readonly TableRow[] = []

/** The form of a sub-table's rows, and the rows with their formulas as they are while somebody types. */
export function useRows(
  field: FieldOf<'table'>,
  value: FieldValue | undefined,
): { readonly form: FormModel | undefined; readonly rows: readonly TableRow[] } {
  const { app, currency } = useUi()
  const around = useFormFacts()
  const shown = useShownForm()?.fields.get(field.id)?.rows
  const form = useMemo(
    () => shown ?? formModel({ ...aroundField, fields: [field] }, { id: app, currency }).fields.get(field.id)?.rows,
    [shown, field, app, currency],
  )
  const rows = useMemo(() => {
    const computed = form ? computedRows(value, form, around) : null
    return isTable(computed) && form ? computed.map((row) => visibleRow(row, form, around)) : none
  }, [form, value, around])
  return { form, rows }
}
