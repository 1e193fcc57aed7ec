import {
  type CellValue,
  type FieldModel,
  type FieldValue,
  type FormModel,
  fieldOptions,
  fieldToText,
  isTable,
  normaliseField,
  type TableRow,
} from '@tenon/engine'

export type Conversion = {
  readonly from: FieldModel
  readonly to: FieldModel
  readonly before: FormModel
  readonly after: FormModel
  readonly zone: string
}

/** A value of the old type read as one of the new: as it is, else by what it says; undefined: it cannot be. */
export function convertValue(value: FieldValue, { from, to, before, after, zone }: Conversion): FieldValue | undefined {
  if (value === null) return null
  if (from.rows && to.rows && isTable(value))
    return convertRows(value, { before: from.rows, after: to.rows, zone }).rows
  // An id means nothing in another table, nor does a text become a record by itself.
  if (from.target?.kind === 'record' || to.target?.kind === 'record')
    return JSON.stringify(from.target) === JSON.stringify(to.target) ? value : undefined
  const context = { form: after, zone, locale: 'zh-CN' as const }
  const said = () => normaliseField(fieldToText(value, from, { locale: 'zh-CN', zone, form: before }), to, context)
  // The ids of choices are no words: who has no choices gets what they say.
  if (fieldOptions(from, before).length > 0 && fieldOptions(to, after).length === 0) {
    const words = said()
    if (words.ok) return words.value
  }
  const direct = normaliseField(value, to, context)
  if (direct.ok) return direct.value
  const [only, ...more] = Array.isArray(value) ? value : []
  if (only !== undefined && more.length === 0) {
    const single = normaliseField(only, to, context)
    if (single.ok) return single.value
  }
  if (!Array.isArray(value) && to.value.kind === 'list') {
    const wrapped = normaliseField([value], to, context)
    if (wrapped.ok) return wrapped.value
  }
  const text = said()
  return text.ok ? text.value : undefined
}

/** Rows with each cell read as one of the new column; cells that cannot be are left blank and their columns named. */
export function convertRows(
  rows: readonly TableRow[],
  { before, after, zone }: Pick<Conversion, 'before' | 'after' | 'zone'>,
): { readonly rows: readonly TableRow[]; readonly lost: ReadonlySet<string> } {
  const lost = new Set<string>()
  const converted = rows.map((row): TableRow => {
    const cells: { [column: string]: CellValue } = {}
    for (const to of after.fields.values()) {
      const from = before.fields.get(to.id)
      const cell = row[to.id]
      if (!from || cell === undefined || cell === null) continue
      const given = convertValue(cell, { from, to, before, after, zone })
      if (given === undefined) lost.add(to.id)
      else if (given !== null) cells[to.id] = given as CellValue
    }
    return { id: row.id, ...cells }
  })
  return { rows: converted, lost }
}
