import type { FormModel, ValueType } from '@tenon/engine'
import type { Db } from './database.ts'

/** Where the records of a form are kept: the only place names of tables and columns come from. */
export type FormStorage = {
  readonly app: string
  readonly form: string
  readonly table: string
  /** By field id; fields that are not stored have none. */
  readonly columns: ReadonlyMap<string, StoredColumn>
}
export type StoredColumn = { readonly field: string; readonly column: string; readonly type: ValueType }

/** Storage of all forms of an app, by form id, as the publishes have left it. */
export async function loadStorage(
  db: Db,
  app: string,
  forms: ReadonlyMap<string, FormModel>,
): Promise<ReadonlyMap<string, FormStorage>> {
  const tables = await db.selectFrom('form_tables').select(['form', 'table_name']).where('app', '=', app).execute()
  const columns = await db
    .selectFrom('form_columns')
    .select(['form', 'field', 'column_name'])
    .where('app', '=', app)
    .where('active', '=', 1)
    .execute()
  const storage = new Map<string, FormStorage>()
  for (const { form, table_name } of tables) {
    const model = forms.get(form)
    if (!model) continue
    const own = columns
      .filter((row) => row.form === form)
      .flatMap((row): [string, StoredColumn][] => {
        const field = model.fields.get(row.field)
        return field ? [[row.field, { field: row.field, column: row.column_name, type: field.value }]] : []
      })
    storage.set(form, { app, form, table: table_name, columns: new Map(own) })
  }
  return storage
}
