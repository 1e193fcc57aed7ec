import type { LoadedApp } from '../store/apps.ts'
import type { Db } from '../store/database.ts'
import type { Memory } from '../store/live-memory.ts'

/** Something that must never be. `about` names the row: `after_sales/ticket/0190…`. */
export type Finding = { readonly check: string; readonly about: string; readonly what: string }

export type Patient = { readonly db: Db; readonly memory: Memory; readonly filesFolder: string; readonly now: number }
export type Check = { readonly id: string; run(patient: Patient): AsyncIterable<Finding> }

/** Rows read at a time: an installation of any size is checked in little memory. */
export const portion = 500

/** Every record of every form of an app, in portions, as ids. */
export async function* recordIds(db: Db, app: LoadedApp): AsyncGenerator<{ form: string; ids: readonly string[] }> {
  for (const storage of app.storage.values()) {
    let after = ''
    for (;;) {
      const rows = (await db
        .selectFrom(storage.table as 'settings')
        .select('id' as 'name')
        .where('id' as 'name', '>', after)
        .orderBy('id' as 'name')
        .limit(portion)
        .execute()) as unknown as { id: string }[]
      const ids = rows.map((row) => row.id)
      const last = ids.at(-1)
      if (last === undefined) break
      yield { form: storage.form, ids }
      after = last
    }
  }
}
