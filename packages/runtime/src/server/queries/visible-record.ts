import type { Facts, FormModel, Id, Principal, RecordRow } from '@tenon/engine'
import { planList } from '@tenon/reports'
import { compileList, type ListItem } from '@tenon/reports/sql'
import { readRecord } from '../store/rows/records.ts'
import { notFound } from '../tenon-error.ts'
import { linkedFacts } from './linked-facts.ts'
import { mustPlan } from './list-records.ts'
import { formFor, type QueryPorts, type Reading, readingFor } from './reading.ts'

/** A record somebody may see: what they see of it, and the row and facts behind it, which are for deciding and never shown. */
export type VisibleRecord = {
  readonly reading: Reading
  readonly form: FormModel
  readonly item: ListItem
  readonly row: RecordRow
  readonly facts: Facts
}

/** Finds a record for a principal; throws `record.notFound` when it is not there or not visible, which is the same. */
export async function visibleRecord(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  formId: string,
  id: Id,
): Promise<VisibleRecord> {
  const reading = readingFor(principal, ports, app)
  const form = formFor(reading, formId)
  const plan = mustPlan(planList({ form: form.id, ids: [id], sort: ['id'], size: 1 }, reading.env))
  const list = compileList(plan, reading.database)
  const [item] = list.page(await reading.run(list.statement)).items
  const storage = reading.memory.apps.storage(app, formId)
  const row = item && storage && (await readRecord(reading.db, storage, id))
  if (!item || !row) throw notFound()
  return { reading, form, item, row, facts: await linkedFacts(reading, row) }
}
