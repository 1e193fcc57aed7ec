import {
  type AppModel,
  assignables,
  calendarsOf,
  choosePerson,
  formLookup,
  type RecordFacts,
  recordFacts,
  resolvePeople,
  type Workload,
} from '@tenon/engine'
import type { AssignmentTried, AssignmentTry } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import { customersServed } from '../store/rows/same-customer.ts'
import { readLoads, readRefusals } from '../store/rows/tasks.ts'
import { readTurn } from '../store/rows/turns.ts'
import { notFound } from '../tenon-error.ts'
import { formFor, type QueryPorts, readingFor } from './reading.ts'
import { Refs } from './refs.ts'
import { seenFacts, seenRecord } from './seen-facts.ts'

/** A record nobody has made yet has no trail. */
const unmade = '00000000-0000-0000-0000-000000000000'

/** Whom a strategy of `next` would choose now, with everybody it looked at. Nothing is written, no turn is taken. */
export async function tryAssignment(
  principal: Caller,
  ports: QueryPorts,
  next: AppModel,
  request: AssignmentTry,
): Promise<AssignmentTried> {
  const strategy = next.assignments.get(request.strategy)
  const form = next.forms.get(request.form)
  if (!strategy || !form) throw notFound()
  const reading = readingFor(principal, ports, next.id)
  const row =
    request.record === undefined ? undefined : await seenRecord(reading, formFor(reading, request.form), request.record)
  if (request.record !== undefined && !row) throw notFound()
  const values = row ? recordFacts(row) : ({ id: unmade, ...request.values } as RecordFacts)
  const { apps, organisation: directory } = ports.memory.now
  const lookup = formLookup(next, (id) => apps.app(id)?.model)
  const facts = { ...reading.facts, ...(await seenFacts(reading, form, values)) }
  const scope = {
    directory,
    app: next.id,
    form,
    lookup,
    facts,
    assignee: null,
    creator: row?.createdBy ?? null,
  }
  const pool = resolvePeople(strategy.pool, scope)
  const about = { app: next.id, form: form.id, id: row?.id ?? unmade, data: row?.data ?? { ...request.values } }
  const workloads = await workloadsOf(ports, next.id, pool, about as Parameters<typeof workloadsOf>[3])
  const calendars = calendarsOf(next)
  const candidates = assignables(pool, {
    directory,
    workloads,
    isWorking: (shift) => calendars(shift).isWorking(facts.now),
  })
  const turn = await readTurn(ports.store.read, next.id, strategy.id)
  const { chosen, ranking } = choosePerson(strategy, { candidates, turn, facts, form, lookup })
  const fallback = resolvePeople(strategy.fallback, scope)
  const refs = new Refs(reading)
  for (const id of [...pool, ...fallback]) refs.person(id)
  return {
    chosen,
    fallback: [...fallback],
    candidates: ranking.map(({ user, failed, scores, total }) => ({
      user,
      failed: [...failed],
      scores: scores.map((part) => ({ ...part })),
      total,
      openTasks: workloads.get(user)?.openTasks ?? 0,
      capacity: directory.person(user)?.capacity ?? 0,
    })),
    refs: await refs.views(),
  }
}

/** As a command reads them, without holding anything. */
async function workloadsOf(
  { store, memory }: QueryPorts,
  app: string,
  pool: readonly string[],
  about: Parameters<typeof customersServed>[3],
): Promise<ReadonlyMap<string, Workload>> {
  const loads = await readLoads(store.read, app, pool)
  const refusals = await readRefusals(store.read, about)
  const served = await customersServed(store.read, memory.now.apps, pool, about)
  return new Map(
    [...loads].map(([id, load]) => [id, { ...load, sameCustomer: served.get(id) ?? 0, refused: refusals.has(id) }]),
  )
}
