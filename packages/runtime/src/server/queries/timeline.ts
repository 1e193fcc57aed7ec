import { type EventRow, fieldRights, formatInstant, type Id, isObject, type Json, type Principal } from '@tenon/engine'
import type { Timeline, TimelineEntry } from '@tenon/runtime/contract'
import { readEvents } from '../store/rows/events.ts'
import { notFound } from '../tenon-error.ts'
import type { QueryPorts } from './reading.ts'
import { Refs } from './refs.ts'
import { type VisibleRecord, visibleRecord } from './visible-record.ts'

const pageSize = 100

/** Everything that happened to a record, newest first, without the values the principal may not see. */
export async function timelineOf(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  form: string,
  id: Id,
  before?: number,
): Promise<Timeline> {
  const found = await visibleRecord(principal, ports, app, form, id)
  const events = await readEvents(found.reading.db, found.row, before, pageSize + 1)
  const seen = seenFields(principal, found)
  const shown = events.slice(0, pageSize).map((event) => ({ ...event, data: shownData(event, seen) }))
  const refs = new Refs(found.reading)
  for (const event of shown) mention(refs, found, event)
  const last = events.length > pageSize ? shown.at(-1)?.seq : undefined
  return { items: shown.map(entryOf), refs: await refs.views(), ...(last === undefined ? {} : { nextBefore: last }) }
}

/** The newest comment on a record by this principal: the answer to having written it. */
export async function latestComment(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  form: string,
  id: Id,
): Promise<TimelineEntry> {
  const { reading, row } = await visibleRecord(principal, ports, app, form, id)
  const actor = principal.kind === 'user' ? principal.user.id : null
  for (const event of await readEvents(reading.db, row, undefined, pageSize))
    if (event.type === 'record.commented' && event.actor === actor) return entryOf(event)
  throw notFound()
}

/** Fields whose values may be shown: by the rights in this row as it is now, for old values too. */
function seenFields(principal: Principal, { form, facts, reading }: VisibleRecord): (field: string) => boolean {
  const rights = fieldRights(form, principal, facts, reading.env.lookup)
  // A field that is gone from the form has no rights any more: nobody sees what it held.
  return (field) => (rights.get(field) ?? 'hidden') !== 'hidden'
}

function shownData({ data }: EventRow, seen: (field: string) => boolean): EventRow['data'] {
  const only = (values: Json | undefined) =>
    isObject(values) ? Object.fromEntries(Object.entries(values).filter(([field]) => seen(field))) : values
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      key === 'changes' || key === 'values' ? (only(value) as Json) : value,
    ]),
  )
}

function mention(refs: Refs, { form }: VisibleRecord, event: EventRow): void {
  refs.person(event.actor)
  for (const key of ['to', 'from', 'by', 'user', 'assignee'] as const)
    refs.person(event.data[key] as string | null | undefined)
  for (const key of ['who', 'of', 'person'] as const)
    if (typeof event.data[key] === 'string') refs.person(event.data[key])
  for (const key of ['mentions', 'people', 'who'] as const)
    for (const id of listOf(event.data[key])) refs.person(String(id))
  for (const id of listOf(event.data.files)) refs.file(id)
  const pairs = [
    ...Object.entries(isObject(event.data.changes) ? event.data.changes : {}).map(([id, pair]) => [id, pair] as const),
    ...Object.entries(isObject(event.data.values) ? event.data.values : {}).map(
      ([id, value]) => [id, [value]] as const,
    ),
  ]
  for (const [id, values] of pairs) {
    const field = form.fields.get(id)
    if (field) for (const one of listOf(values)) refs.value(form, field, one as never)
  }
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

const entryOf = (event: EventRow): TimelineEntry => ({
  id: event.eventId,
  seq: event.seq,
  at: formatInstant(event.at),
  type: event.type,
  actor: event.actor,
  source: event.source,
  cause: event.cause,
  data: event.data as Record<string, unknown>,
})
