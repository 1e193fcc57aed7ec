import type { Db, Tx } from '../database.ts'
import type { Tables } from '../tables.ts'

export type SecretRow = Tables['secrets']

export const readSecret = (db: Db, app: string, name: string): Promise<SecretRow | undefined> =>
  db.selectFrom('secrets').selectAll().where('app', '=', app).where('name', '=', name).executeTakeFirst()

export const secretsOf = (db: Db): Promise<Omit<SecretRow, 'sealed'>[]> =>
  db
    .selectFrom('secrets')
    .select(['app', 'name', 'origin', 'updated_at', 'updated_by'])
    .orderBy('app')
    .orderBy('name')
    .execute()

export async function saveSecret(tx: Tx, row: SecretRow): Promise<void> {
  const { app: _, name: __, ...rest } = row
  await tx
    .insertInto('secrets')
    .values(row)
    .onConflict((conflict) => conflict.columns(['app', 'name']).doUpdateSet(rest))
    .execute()
}

export async function dropSecret(tx: Tx, app: string, name: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('secrets')
    .where('app', '=', app)
    .where('name', '=', name)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
