import type { Db, Tx } from '../database.ts'
import type { Tables } from '../tables.ts'

type VariableRow = Tables['variables']

/** Everything set on this installation, by app and name. */
export const allVariables = (db: Db): Promise<VariableRow[]> =>
  db.selectFrom('variables').selectAll().orderBy('app').orderBy('name').execute()

export async function saveVariable(tx: Tx, row: VariableRow): Promise<void> {
  const { app: _, name: __, ...rest } = row
  await tx
    .insertInto('variables')
    .values(row)
    .onConflict((conflict) => conflict.columns(['app', 'name']).doUpdateSet(rest))
    .execute()
}

export async function dropVariable(tx: Tx, app: string, name: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('variables')
    .where('app', '=', app)
    .where('name', '=', name)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
