import {
  type FieldValue,
  formatInstant,
  type Id,
  isBlank,
  managersOf,
  mayDo,
  type Principal,
  predicateOf,
  type RecordRow,
  recompute,
  recordRights,
  rolesIn,
} from '@tenon/engine'
import { resolveField } from '@tenon/reports'
import type { RecordView, WireValue } from '@tenon/runtime/contract'
import { pinnedFlow } from '../store/pinned-flows.ts'
import { clocksOf } from '../store/rows/clocks.ts'
import { instancesOf } from '../store/rows/instances.ts'
import { openTasksOf } from '../store/rows/tasks.ts'
import { awaitsNotice, clockView } from './clock-views.ts'
import type { QueryPorts } from './reading.ts'
import { itemsById } from './ready-lists.ts'
import { Refs } from './refs.ts'
import { type VisibleRecord, visibleRecord } from './visible-record.ts'

/** A record as the principal may see it, with what they may do to it now. `known`: the row as a command has just left it. */
export async function readRecordView(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  form: string,
  id: Id,
  known?: RecordRow,
): Promise<RecordView> {
  const found = await visibleRecord(principal, ports, app, form, id, known)
  const { row, reading } = found
  const values = await valuesOf(found)
  const refs = new Refs(reading)
  for (const field of found.form.fields.values()) refs.value(found.form, field, values[field.id])
  refs.person(row.createdBy)
  refs.person(row.updatedBy)
  const clocks = await clockViews(principal, found)
  for (const { acknowledged } of clocks) refs.person(acknowledged?.by ?? null)
  return {
    app,
    form,
    id,
    version: row.version,
    title: row.title,
    created_at: formatInstant(row.createdAt),
    created_by: row.createdBy,
    updated_at: formatInstant(row.updatedAt),
    updated_by: row.updatedBy,
    values: values as { [field: string]: WireValue },
    refs: await refs.views(),
    can: recordRights.filter(
      (right) => right !== 'create' && mayDo(found.form, principal, right, found.facts, reading.env.lookup),
    ),
    actions: pressable(principal, found),
    clocks,
    history: row.history,
  }
}

/** Values of own fields as the reader may see them, those that are only calculated when shown included. */
export async function valuesOf(found: VisibleRecord): Promise<{ readonly [field: string]: FieldValue }> {
  const { form, row, facts, reading, shows } = found
  const fields = [...form.fields.values()]
  const stored = fields.flatMap(({ id, system, stored }) => {
    const value = system || !stored ? undefined : row.data[id]
    return value === undefined || isBlank(value) || !shows(id) ? [] : [[id, value] as const]
  })
  const shown = fields.filter((field) => !field.stored && reading.env.scopes(form).field(field.id) === 'all')
  const lookups = await lookupsOf(found)
  if (shown.length === 0) return { ...Object.fromEntries(stored), ...lookups }
  const data = recompute(form, row.data, 'all', facts, reading.env.lookup)
  return Object.fromEntries([
    ...stored,
    ...shown.flatMap(({ id }) => (data[id] === undefined ? [] : [[id, data[id] as FieldValue] as const])),
    ...Object.entries(lookups),
  ])
}

/** What lookups show: read as a list reads them, so that only what the reader may read behind the link is seen. */
async function lookupsOf({ form, row, reading }: VisibleRecord): Promise<{ readonly [field: string]: FieldValue }> {
  const fields = [...form.fields.values()].flatMap(({ id, shows }) =>
    shows && resolveField([id], form, reading.env) ? [id] : [],
  )
  if (fields.length === 0) return {}
  const [item] = await itemsById(reading, { form: form.id, fields }, [row.id])
  return item?.values ?? {}
}

/** Buttons of the form the principal may press on this record now. */
function pressable(principal: Principal, { form, facts, reading }: VisibleRecord): string[] {
  const roles = rolesIn(form.app, principal)
  return (form.definition.actions ?? []).flatMap((action) => {
    const allowed =
      action.roles === undefined
        ? mayDo(form, principal, 'update', facts, reading.env.lookup)
        : principal.kind === 'system' || action.roles.some((role) => roles.includes(role))
    const shown = action.visibleWhen === undefined || predicateOf(action.visibleWhen, form, reading.env.lookup)(facts)
    return allowed && shown ? [action.id] : []
  })
}

async function clockViews(principal: Principal, found: VisibleRecord): Promise<RecordView['clocks']> {
  const { reading, row } = found
  const clocks = await clocksOf(reading.db, row)
  if (clocks.length === 0) return []
  const instances = clocks.some((clock) => clock.owner.kind === 'limit') ? await instancesOf(reading.db, row) : []
  const flows = await Promise.all(
    [...new Set(instances.map((one) => one.flowHash))].map((hash) => pinnedFlow(reading.db, hash)),
  )
  const may = clocks.some(awaitsNotice) && (await mayAcknowledge(principal, found))
  return clocks.map((clock) => {
    const { owner } = clock
    const flow =
      owner.kind === 'limit' ? flows.find((one) => one?.nodes.some((node) => node.id === owner.node)) : undefined
    return clockView(reading.app.model, clock, reading.facts.now, flow, may)
  })
}

/** As the command decides it: who may change the record, has a task of it, is the superior of who has, or manages the app. */
async function mayAcknowledge(principal: Principal, { form, facts, reading, row }: VisibleRecord): Promise<boolean> {
  if (principal.kind !== 'user') return false
  if (mayDo(form, principal, 'update', facts, reading.env.lookup)) return true
  const me = principal.user.id
  const { organisation } = reading.memory
  if (managersOf(reading.app.model, organisation).includes(me)) return true
  const tasks = await openTasksOf(reading.db, row)
  return tasks.some(
    ({ assignee }) => assignee !== null && (assignee === me || organisation.superiorOf(assignee, facts.now) === me),
  )
}
