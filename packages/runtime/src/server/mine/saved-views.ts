import type { Id, Instant } from '@tenon/engine'
import type { SavedView, SaveView } from '@tenon/runtime/contract'
import type { Db, Tx } from '../store/database.ts'

type Stored = Omit<SaveView, 'name'>

/** A person's own views of a form and those others share. What a view filters by is checked when it is used. */
export async function viewsOf(db: Db, user: Id, app: string, form: string): Promise<readonly SavedView[]> {
  const rows = await db
    .selectFrom('saved_views')
    .selectAll()
    .where('app', '=', app)
    .where('form', '=', form)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => viewOf(row, user)).filter((view) => view.mine || view.shared)
}

type Row = { readonly id: string; readonly user_id: string; readonly name: string; readonly definition: string }

function viewOf({ id, user_id, name, definition }: Row, user: Id): SavedView {
  const { shared = false, columns, where = null, sort = [], as } = JSON.parse(definition) as Stored
  return { id, name, shared, mine: user_id === user, columns, where, sort, ...(as === undefined ? {} : { as }) }
}

/** Keeps a view; undefined when there is none of the person's with this id. */
export async function saveView(
  tx: Tx,
  user: Id,
  app: string,
  form: string,
  { name, ...stored }: SaveView,
  now: Instant,
  id: Id,
  isNew: boolean,
): Promise<SavedView | undefined> {
  const definition = JSON.stringify(stored)
  if (isNew)
    await tx
      .insertInto('saved_views')
      .values({ id, user_id: user, app, form, name, definition, created_at: now, updated_at: now })
      .execute()
  else {
    const { numUpdatedRows } = await tx
      .updateTable('saved_views')
      .set({ name, definition, updated_at: now })
      .where('id', '=', id)
      .where('user_id', '=', user)
      .where('app', '=', app)
      .where('form', '=', form)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return undefined
  }
  return viewOf({ id, user_id: user, name, definition }, user)
}

/** Whether there was such a view of the person's. */
export async function removeView(tx: Tx, user: Id, app: string, form: string, id: Id): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('saved_views')
    .where('id', '=', id)
    .where('user_id', '=', user)
    .where('app', '=', app)
    .where('form', '=', form)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
