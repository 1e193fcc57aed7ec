import type { Db, Tx } from '../database.ts'
import type { Tables } from '../tables.ts'

type PublicLinkRow = Tables['public_links']

export const publicLinksOf = (db: Db, app: string): Promise<PublicLinkRow[]> =>
  db.selectFrom('public_links').selectAll().where('app', '=', app).orderBy('form').execute()

/** The form a link leads to. The whole token has to be right, letter by letter. */
export const publicLinkBy = (db: Db, token: string): Promise<PublicLinkRow | undefined> =>
  db.selectFrom('public_links').selectAll().where('token', '=', token).executeTakeFirst()

/** The link of a form; the one before it leads nowhere from then on. */
export async function savePublicLink(tx: Tx, row: PublicLinkRow): Promise<void> {
  const { app: _, form: __, ...rest } = row
  await tx
    .insertInto('public_links')
    .values(row)
    .onConflict((conflict) => conflict.columns(['app', 'form']).doUpdateSet(rest))
    .execute()
}

export async function dropPublicLink(tx: Tx, app: string, form: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('public_links')
    .where('app', '=', app)
    .where('form', '=', form)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
