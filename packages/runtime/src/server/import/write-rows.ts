import type { Command, CommandBody, Id, Principal, Rejection, Result } from '@tenon/engine'
import { fail, ok } from '@tenon/engine'
import type { Executor } from '../commands/execute.ts'
import { newId } from '../store/new-id.ts'
import type { CheckedFile, PlannedRow } from './check-rows.ts'
import type { ImportMapping } from './mapping.ts'

export type Counts = { readonly created: number; readonly updated: number; readonly skipped: number }
export type WriteInput = {
  readonly executor: Executor
  readonly principal: Principal
  readonly app: string
  readonly form: string
  readonly batch: Id
  readonly mapping: ImportMapping
  readonly checked: CheckedFile
  readonly now: () => number
  /** Called in the transaction of each portion, so that what is noted as done is done. */
  readonly note?: Parameters<Executor['executeBatch']>[2]
  readonly onProgress?: (done: number, total: number) => void | Promise<void>
}

/** Records per transaction: large enough to be quick, small enough that other people's saves get in between. */
const portion = 200

/** Writes the linked records and then the rows, in portions of one transaction each, all under one batch id. */
export async function writeRows(input: WriteInput): Promise<Result<Counts, Rejection & { readonly line?: number }>> {
  const made = await writePortions(
    input,
    input.checked.creations.records.map((one) => creation(input, one)),
    [],
  )
  if (!made.ok) return made
  const rows = input.checked.rows.filter((row) => row.existing === undefined || input.mapping.onMatch === 'update')
  const written = await writePortions(
    input,
    rows.map((row) => rowCommand(input, row)),
    rows,
  )
  if (!written.ok) return written
  const updated = rows.filter((row) => row.existing !== undefined).length
  return ok({ created: rows.length - updated, updated, skipped: input.checked.rows.length - rows.length })
}

type Made = CheckedFile['creations']['records'][number]

/** A linked record that only its name is known of: history, so that it starts nothing and lacks what it must. */
function creation({ batch, now }: WriteInput, one: Made): CommandBody {
  const moment = now()
  return {
    type: 'record.create',
    app: one.app,
    form: one.form,
    id: one.id,
    batch,
    values: { [one.field]: one.text },
    history: { createdAt: moment, updatedAt: moment, createdBy: null, entries: [] },
  }
}

function rowCommand({ app, form, batch }: WriteInput, row: PlannedRow): CommandBody {
  if (row.existing !== undefined) return { type: 'record.update', app, form, id: row.existing, values: row.values }
  return {
    type: 'record.create',
    app,
    form,
    batch,
    values: row.values,
    ...(row.history ? { history: row.history } : {}),
  }
}

async function writePortions(
  input: WriteInput,
  bodies: readonly CommandBody[],
  rows: readonly PlannedRow[],
): Promise<Result<undefined, Rejection & { line?: number }>> {
  for (let start = 0; start < bodies.length; start += portion) {
    const commands = bodies
      .slice(start, start + portion)
      .map((body): Command => ({ command: newId(input.now()), principal: input.principal, source: 'import', ...body }))
    const done = await input.executor.executeBatch(commands, 'stop', input.note)
    if (!done.ok) {
      const line = 'index' in done.error ? rows[start + done.error.index]?.line : undefined
      return fail({ ...done.error, ...(line === undefined ? {} : { line }) })
    }
    await input.onProgress?.(Math.min(start + portion, bodies.length), bodies.length)
  }
  return ok(undefined)
}
