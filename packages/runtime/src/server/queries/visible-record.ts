import { type Facts, type FormModel, type Id, type Principal, type RecordRow, scopeOn } from '@tenon/engine'
import { readRecord } from '../store/rows/records.ts'
import { notFound } from '../tenon-error.ts'
import { linkedFacts } from './linked-facts.ts'
import { formFor, type QueryPorts, type Reading, readingFor } from './reading.ts'

/** A record somebody may see: the row and facts behind it, which are for deciding, and which of its fields may be shown. */
export type VisibleRecord = {
  readonly reading: Reading
  readonly form: FormModel
  readonly row: RecordRow
  readonly facts: Facts
  shows(field: string): boolean
}

/**
 * Finds a record for a principal; throws `record.notFound` when it is not there or not visible, which is the same.
 * `known`: the row as a command has just left it, which need not be read again. One record is looked at by its id and
 * put under the reader's scope in memory: cheaper than compiling a query for it, and the same conditions.
 */
export async function visibleRecord(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  formId: string,
  id: Id,
  known?: RecordRow,
): Promise<VisibleRecord> {
  const reading = readingFor(principal, ports, app)
  const form = formFor(reading, formId)
  const storage = reading.memory.apps.storage(app, formId)
  const row = known ?? (storage && (await readRecord(reading.db, storage, id)))
  if (!row) throw notFound()
  const facts = await linkedFacts(reading, row)
  const shows = scopeOn(reading.env.scopes(form), facts, reading.env.lookup)
  if (!shows) throw notFound()
  return { reading, form, row, facts, shows }
}
