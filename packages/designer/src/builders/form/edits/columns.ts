import {
  type Column,
  type ColumnTypeName,
  columnSchemas,
  columnTypes,
  type SchemaNode,
  schemaProperties,
} from '@tenon/engine'
import { freshId } from '../../../edits/fresh-id.ts'
import { moved } from '../../../panels/minimal.ts'
import { freshElement } from './add-field.ts'
import type { FieldDefinition, Form } from './form-edit.ts'
import { withField } from './form-edit.ts'

type WithColumns = Extract<FieldDefinition, { fields: unknown }>

/** Whether a field holds rows, whose columns the form says. */
export const hasColumns = (field: FieldDefinition | undefined): field is WithColumns =>
  field !== undefined && 'fields' in field

/** Whether a field type can be a column. */
export const isColumnType = (type: string): type is ColumnTypeName => Object.hasOwn(columnTypes, type)

const change = (form: Form, table: string, edit: (columns: readonly Column[]) => readonly Column[]): Form =>
  withField(form, table, (field) => (hasColumns(field) ? { ...field, fields: [...edit(field.fields)] } : field))

type Surroundings = {
  readonly forms: readonly string[]
  /** Ids of columns of this table that were given once and never again. */
  readonly isRetired: (id: string) => boolean
}

/** A new column of a type, named after it, in front of the one that stands at `index` now. */
export function addColumn(
  form: Form,
  table: string,
  type: ColumnTypeName,
  index: number,
  { forms, isRetired }: Surroundings,
): { readonly form: Form; readonly id: string } {
  const field = form.fields.find(({ id }) => id === table)
  const columns = hasColumns(field) ? field.fields : []
  const id = freshId('', type, (taken) => columns.some((column) => column.id === taken) || isRetired(taken))
  const behaviour = columnTypes[type]
  const fresh = freshElement(columnSchemas[type], behaviour.examples[0].field, {
    id,
    type,
    label: behaviour.title,
    forms,
  })
  return { form: change(form, table, (all) => all.toSpliced(index, 0, fresh as Column)), id }
}

/**
 * Copies of fields of the form as columns of a sub-table, in front of the one at `index`: what a column can say of what
 * the field says. Fields whose type is no column's are passed over; the fields themselves stay with their data.
 */
export function copyAsColumns(
  form: Form,
  table: string,
  ids: readonly string[],
  index: number,
  isRetired: (id: string) => boolean,
): { readonly form: Form; readonly ids: readonly string[] } {
  const holder = form.fields.find(({ id }) => id === table)
  const taken = new Set(hasColumns(holder) ? holder.fields.map(({ id }) => id) : [])
  const copies = ids.flatMap((id): Column[] => {
    const field = form.fields.find((one) => one.id === id)
    if (!field || !isColumnType(field.type)) return []
    const isTaken = (one: string) => taken.has(one) || isRetired(one)
    const own = isTaken(id) ? freshId(id.replace(/_\d+$/, ''), field.type, isTaken) : id
    taken.add(own)
    const says = schemaProperties(columnSchemas[field.type] as unknown as SchemaNode)
    // When a field is shown depends on others of the form, which a row does not know.
    const kept = Object.entries(field).filter(([name]) => name !== 'visibleWhen' && Object.hasOwn(says, name))
    return [{ ...Object.fromEntries(kept), id: own } as Column]
  })
  return { form: change(form, table, (all) => all.toSpliced(index, 0, ...copies)), ids: copies.map(({ id }) => id) }
}

export const changeColumn = (form: Form, table: string, id: string, next: object): Form =>
  change(form, table, (columns) =>
    columns.map((column) => (column.id === id ? ({ ...next, id, type: column.type } as Column) : column)),
  )

export const moveColumn = (form: Form, table: string, from: number, to: number): Form =>
  change(form, table, (columns) => moved(columns, from, to))
