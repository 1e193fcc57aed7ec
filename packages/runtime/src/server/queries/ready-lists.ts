import type { Id, Principal } from '@tenon/engine'
import { type ListPlan, type ListRequest, planList } from '@tenon/reports'
import {
  type CompiledList,
  compileCount,
  compileList,
  type ListItem,
  type ListPage,
  type RawRow,
  type Sql,
} from '@tenon/reports/sql'
import type { Memory } from '../store/live-memory.ts'
import { run } from '../store/statement.ts'
import type { Reading } from './reading.ts'

/** More than the lists people look at in a day; less than a leak. */
const most = 2000

type Text = { readonly text: string; readonly parameters: readonly unknown[] }
type Counting = Text & Pick<ReturnType<typeof compileCount>, 'count'>
/** A list planned and compiled for one reader: only the database has still to be asked. */
type Ready = Pick<CompiledList, 'isFull' | 'page'> & {
  readonly plan: ListPlan
  readonly list: Text
  readonly ahead: Text | undefined
  /** How often looking ahead has found too little. */
  missed: number
  counting?: Counting
}
/** After so many misses a list is one of few rows among many, which the filter's own index finds. */
const mostMisses = 3

const kept = new WeakMap<Memory, Map<string, Ready>>()
const readers = new WeakMap<Principal, number>()
let lastReader = 0

/** A principal is one object as long as their rights are what they are. */
function numberOf(principal: Principal): number {
  const known = readers.get(principal) ?? ++lastReader
  readers.set(principal, known)
  return known
}

/**
 * What `make` plans, compiled; kept for the next time the same reader asks the same. It stands on three objects that
 * are made anew whenever what they say changes: the memory (definitions, tables, people), the reader, and the text of
 * the request. Where the moment had a say in it (`within the last week`), nothing is kept. Undefined where `make` gives
 * no plan; what it throws is thrown.
 */
export function readyList(reading: Reading, request: string, make: () => ListPlan): Ready
export function readyList(reading: Reading, request: string, make: () => ListPlan | undefined): Ready | undefined
export function readyList(reading: Reading, request: string, make: () => ListPlan | undefined): Ready | undefined {
  const ofMemory = kept.get(reading.memory) ?? new Map<string, Ready>()
  kept.set(reading.memory, ofMemory)
  const key = `${numberOf(reading.principal)} ${reading.right} ${reading.app.model.id} ${request}`
  const known = ofMemory.get(key)
  if (known) return known
  reading.moment.isAsked = false
  const plan = make()
  if (!plan) return undefined
  const { statement, ahead, isFull, page } = compileList(plan, reading.database)
  const ready: Ready = {
    plan,
    list: textOf(reading, statement),
    ahead: ahead && textOf(reading, ahead),
    isFull,
    page,
    missed: 0,
  }
  // A count is compiled of the same facts, so it looks at no moment either.
  if (reading.moment.isAsked) return ready
  const [oldest] = ofMemory.keys()
  if (ofMemory.size >= most && oldest !== undefined) ofMemory.delete(oldest)
  ofMemory.set(key, ready)
  return ready
}

const textOf = ({ db }: Reading, statement: Sql): Text => {
  const { sql, parameters } = statement.compile(db)
  return { text: sql, parameters }
}

export async function pageOf(reading: Reading, ready: Ready): Promise<ListPage> {
  const { list, ahead, isFull, page } = ready
  if (ahead && ready.missed < mostMisses) {
    const rows = await run<RawRow>(reading.db, ahead.text, ahead.parameters)
    if (isFull(rows)) return page(rows)
    ready.missed += 1
  }
  return page(await run(reading.db, list.text, list.parameters))
}

export async function countOf(reading: Reading, ready: Ready): Promise<number> {
  const counting = ready.counting ?? countingOf(reading, ready.plan)
  ready.counting = counting
  return counting.count(await run(reading.db, counting.text, counting.parameters))
}

function countingOf(reading: Reading, plan: ListPlan): Counting {
  const { statement, count } = compileCount(plan, reading.database)
  return { ...textOf(reading, statement), count }
}

/** Stands in a compiled text for the id that is asked for; no value of anybody's, for it is made anew with the process. */
const place = `id ${crypto.randomUUID()} `
const sizes = [1, 2, 5, 10, 25, 50, 100, 250, 500]

/**
 * Records by id, as the reader may see them; those that are not there for the reader are left out. Compiled for some
 * numbers of ids only: the last one is said again until the number is reached.
 */
export async function itemsById(
  reading: Reading,
  request: Pick<ListRequest, 'form' | 'fields'>,
  ids: readonly Id[],
): Promise<readonly ListItem[]> {
  const items: ListItem[] = []
  for (let from = 0; from < ids.length; from += 500) {
    const some = ids.slice(from, from + 500)
    const size = sizes.find((one) => one >= some.length) ?? 500
    const places = Array.from({ length: size }, (_, index) => `${place}${index}`)
    const ready = readyList(reading, `${request.form} ${request.fields?.join()} ${size} ids`, () => {
      const planned = planList({ ...request, ids: places, sort: ['id'], size: 500 }, reading.env)
      return planned.ok ? planned.value : undefined
    })
    if (!ready) return []
    const parameters = ready.list.parameters.map((value) =>
      typeof value === 'string' && value.startsWith(place)
        ? some[Math.min(Number(value.slice(place.length)), some.length - 1)]
        : value,
    )
    items.push(...ready.page(await run(reading.db, ready.list.text, parameters)).items)
  }
  return items
}
