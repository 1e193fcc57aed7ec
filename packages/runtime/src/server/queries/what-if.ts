import {
  type AppModel,
  attainmentOf,
  type ClockResult,
  type Condition,
  calendarsOf,
  currentClocks,
  differences,
  type FormLookup,
  type FormModel,
  formatInstant,
  formsWithoutDefault,
  namedCalendarsOf,
  policiesMet,
  type RecordRow,
  rehearse,
  standingsOf,
  statesOf,
} from '@tenon/engine'
import type { WhatIfAnswer } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import { clocksOf } from '../store/rows/clocks.ts'
import { readEvents } from '../store/rows/events.ts'
import { readRecords } from '../store/rows/records.ts'
import { linkedFacts } from './linked-facts.ts'
import { visibleIds } from './list-records.ts'
import { type QueryPorts, type Reading, readingFor } from './reading.ts'

const day = 86_400_000
/** Records looked at in one answer, listed differences, examples of an overlap, entries of a trail. */
const limits = { records: 2_000, listed: 200, examples: 5, trail: 5_000 } as const

type Standings = ReturnType<typeof standingsOf>
type Looked = {
  readonly row: RecordRow
  readonly before: Standings
  readonly after: Standings
  readonly met: readonly string[]
}

/**
 * What the policies and calendars of a draft would have made of the records of the last days: each record's trail is
 * carried out again under the draft and compared with the clocks it has. Links are followed as they are now.
 */
export async function whatIf(
  principal: Caller,
  ports: QueryPorts,
  next: AppModel,
  days: number,
): Promise<WhatIfAnswer> {
  const now = ports.clock.now()
  const since = now - days * day
  const live = ports.memory.now.apps.app(next.id)
  const reading = live && readingFor(principal, ports, next.id)
  const forms = [...next.forms.values()].filter((form) =>
    [...next.policies, ...(live?.model.policies ?? [])].some((policy) => policy.form === form.id),
  )
  const looked = new Map<string, readonly Looked[]>()
  let more = false
  for (const form of forms) {
    const stored = reading?.app.model.forms.get(form.id)
    if (!reading || !stored || reading.env.scopes(stored).rows === 'none') continue
    const found = await recordsSince(reading, stored, since)
    more ||= found.length > limits.records
    const all: Looked[] = []
    for (const row of found.slice(0, limits.records)) {
      const one = await lookAgain(reading, next, form, row, now)
      if (one) all.push(one)
    }
    looked.set(form.id, all)
  }
  const differing = [...looked].flatMap(([form, all]) =>
    all.flatMap(({ row, before, after }) => {
      const found = differences(before, after)
      return found.length > 0 ? [{ form, row, found }] : []
    }),
  )
  return {
    since: formatInstant(since),
    records: [...looked.values()].reduce((sum, all) => sum + all.length, 0),
    more,
    clocks: [...looked].flatMap(([form, all]) => counted(form, all)),
    differing: differing.length,
    differences: differing
      .flatMap(({ form, row, found }) => found.map((one) => ({ form, record: row.id, title: row.title, ...one })))
      .slice(0, limits.listed),
    overlaps: [...looked].flatMap(([form, all]) => overlapsOf(form, all, now - 30 * day)),
    withoutDefault: [...formsWithoutDefault(next)],
  }
}

/** Rows the reader may see, newest first, at most one more than are looked at. */
async function recordsSince(reading: Reading, form: FormModel, since: number): Promise<readonly RecordRow[]> {
  const where: Condition = {
    fact: 'record',
    path: '$.created_at',
    operator: 'greaterThanInclusive',
    value: formatInstant(since),
  }
  const ids = await visibleIds(reading, form, { where, sort: ['-created_at'] }, limits.records + 1)
  const storage = reading.memory.apps.storage(form.app, form.id)
  const rows = storage ? await readRecords(reading.db, storage, ids) : []
  return rows.filter(({ history }) => !history).toSorted((a, b) => b.createdAt - a.createdAt)
}

async function lookAgain(
  reading: Reading,
  next: AppModel,
  form: FormModel,
  row: RecordRow,
  now: number,
): Promise<Looked | undefined> {
  const trail = await readEvents(reading.db, row, undefined, limits.trail)
  const states = statesOf(trail.toReversed())
  if (states.length === 0) return undefined
  const lookup: FormLookup = (name) => next.forms.get(name) ?? reading.app.lookup(name)
  const known = await linkedFacts(reading, row)
  const facts = ({ data }: { readonly data: RecordRow['data'] }) => ({
    zone: known.zone,
    calendars: namedCalendarsOf(next),
    ...(known.linked ? { linked: known.linked } : {}),
    record: { ...known.record, ...blank(row), ...data },
  })
  const clocks = await clocksOf(reading.db, row)
  const again = rehearse({ app: next, form, lookup, ref: row, states, now, facts })
  return {
    row,
    before: standingsOf([...currentClocks(clocks).values()], now, calendarsOf(reading.app.model)),
    after: standingsOf(again, now, calendarsOf(next)),
    met: policiesMet(next, form, lookup, known),
  }
}

/** The values a record has now, taken away: an earlier state knows only its own. */
const blank = ({ data }: RecordRow) => Object.fromEntries(Object.keys(data).map((field) => [field, null]))

function counted(form: string, all: readonly Looked[]): WhatIfAnswer['clocks'] {
  const ids = [...new Set(all.flatMap(({ before, after }) => [...before.keys(), ...after.keys()]))].sort()
  const results = (clock: string, side: 'before' | 'after'): readonly ClockResult[] =>
    all.flatMap((one) => one[side].get(clock)?.result ?? [])
  return ids.map((clock) => ({
    form,
    clock,
    before: attainmentOf(results(clock, 'before')),
    after: attainmentOf(results(clock, 'after')),
  }))
}

function overlapsOf(form: string, all: readonly Looked[], since: number): WhatIfAnswer['overlaps'] {
  const groups = new Map<string, Looked[]>()
  for (const one of all) {
    if (one.met.length < 2 || one.row.createdAt < since) continue
    const key = one.met.join('/')
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].map((group) => ({
    form,
    policies: [...(group[0]?.met ?? [])],
    count: group.length,
    examples: group.slice(0, limits.examples).map(({ row }) => ({ record: row.id, title: row.title })),
  }))
}
