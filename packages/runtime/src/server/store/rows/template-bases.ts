import type { MergeDecisions } from '@tenon/engine'
import type { AppFile } from '../app-files.ts'
import { readFiles } from '../apps.ts'
import type { Db, Tx } from '../database.ts'

/** What an app was made from, or upgraded to last, and what was decided about conflicts then. */
export type TemplateBase = { readonly files: readonly AppFile[]; readonly decisions: MergeDecisions }

/** The template a version of an app stands on: that of the last upgrade before it, else what the app began as. */
export async function templateBaseOf(db: Db, app: string, version: number): Promise<TemplateBase> {
  const row = await newestUpTo(db, app, version)
  return row
    ? { files: JSON.parse(row.files) as AppFile[], decisions: JSON.parse(row.decisions) as MergeDecisions }
    : { files: await readFiles(db, app, 1), decisions: {} }
}

export async function saveTemplateBase(
  tx: Tx,
  app: string,
  version: number,
  { files, decisions }: TemplateBase,
): Promise<void> {
  const row = { files: JSON.stringify(files), decisions: JSON.stringify(decisions) }
  await tx
    .insertInto('template_base_versions')
    .values({ app, version, ...row })
    .onConflict((conflict) => conflict.columns(['app', 'version']).doUpdateSet(row))
    .execute()
}

/** `version` has the definitions of `restored` again: it stands on that one's template, not on what came between. */
export async function returnToTemplateBase(tx: Tx, app: string, restored: number, version: number): Promise<void> {
  const now = await newestUpTo(tx, app, version)
  if (now && now.version > restored) await saveTemplateBase(tx, app, version, await templateBaseOf(tx, app, restored))
}

const newestUpTo = (db: Db, app: string, version: number) =>
  db
    .selectFrom('template_base_versions')
    .selectAll()
    .where('app', '=', app)
    .where('version', '<=', version)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
