import { type Static, Type } from 'typebox'
import { Closed, Document, Id, Moment, Nullable, OneOf } from './wire.ts'

/** Long work: can be left and come back to. `result` depends on the kind; an import counts its rows there. */
export const JobView = Closed({
  id: Id,
  kind: OneOf(['import', 'publish'] as const),
  state: OneOf(['waiting', 'running', 'done', 'failed'] as const),
  title: Type.String(),
  done: Type.Integer(),
  total: Nullable(Type.Integer()),
  phase: Nullable(Type.String()),
  createdAt: Moment,
  finishedAt: Nullable(Moment),
  result: Nullable(Document),
  problem: Nullable(Closed({ code: Type.String(), message: Type.String() })),
  errorFile: Nullable(Type.String({ description: 'Address of a file with one line per bad row.' })),
})
export type JobView = Static<typeof JobView>

/** What an import will find in a file, before anything is done. */
export const ImportInspection = Closed({
  rows: Type.Integer(),
  columns: Type.Array(Closed({ name: Type.String(), samples: Type.Array(Type.String()) })),
  suggested: Document,
})
export type ImportInspection = Static<typeof ImportInspection>

/** What an import did, or (dry run) would do. */
export const ImportResult = Closed({
  rows: Type.Integer(),
  created: Type.Integer(),
  updated: Type.Integer(),
  skipped: Type.Integer(),
  failed: Type.Integer(),
  dryRun: Type.Boolean(),
  batch: Nullable(Id),
  errors: Type.Array(
    Closed({ row: Type.Integer(), column: Nullable(Type.String()), code: Type.String(), message: Type.String() }),
    { description: 'The first hundred.' },
  ),
})
export type ImportResult = Static<typeof ImportResult>
