import type { Static } from 'typebox'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { Condition } from '../definitions/condition.ts'
import type { Expectation } from '../definitions/scenario.ts'
import { formatInstant } from '../kernel/instant.ts'
import type { Rejection } from '../kernel/problem.ts'
import type { ClockRow, RecordRow, TaskRow } from '../pipeline/rows.ts'
import { recordFacts } from '../pipeline/work.ts'
import { personId, type StagePlay } from './stage-play.ts'

type Expected = Static<typeof Expectation>
export type Scene = {
  readonly play: StagePlay
  readonly recordOf: (alias: string | undefined) => RecordRow | undefined
  readonly rejection: Rejection | undefined
}

/** What does not hold of an expectation, in words; empty: all holds. */
export function unmet(expected: Expected, scene: Scene): readonly string[] {
  return [
    ...recordUnmet(expected.record, scene),
    ...taskUnmet(expected.task, scene),
    ...noTaskUnmet(expected.noTask, scene),
    ...clockUnmet(expected.clock, scene),
    ...(expected.sent ?? []).flatMap((sent) => sentUnmet(sent, scene)),
    ...instanceUnmet(expected.instance, scene),
    ...alertUnmet(expected.alert, scene),
    ...rejectedUnmet(expected.rejected, scene),
    ...countUnmet(expected.count, scene),
  ]
}

function recordUnmet(expected: Expected['record'], scene: Scene): readonly string[] {
  if (!expected) return []
  const record = scene.recordOf(expected.as)
  if (!record) return ['there is no such record']
  const facts = recordFacts(record) as { readonly [field: string]: unknown }
  return Object.entries(expected.values).flatMap(([field, value]) =>
    same(facts[field], fromAuthor(scene, value))
      ? []
      : [`${field}: expected ${JSON.stringify(value)}, got ${JSON.stringify(facts[field] ?? null)}`],
  )
}

const same = (actual: unknown, expected: unknown): boolean =>
  JSON.stringify(actual ?? null) === JSON.stringify(expected ?? null)

/** `{"user": "agent1"}` stands for a person's id, `{"record": "alias"}` for a record's. */
function fromAuthor(scene: Scene, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('user' in value && typeof value.user === 'string') return personId(value.user)
  if ('record' in value && typeof value.record === 'string') return scene.recordOf(value.record)?.id
  return value
}

const tasksOf = (scene: Scene, alias: string | undefined): readonly TaskRow[] => {
  const record = scene.recordOf(alias)
  return [...scene.play.world.state.tasks.values()].filter((task) => task.id === record?.id)
}

function taskUnmet(expected: Expected['task'], scene: Scene): readonly string[] {
  if (!expected) return []
  const state = expected.state ?? 'open'
  const tasks = tasksOf(scene, expected.as).filter((task) => task.node === expected.node && task.state === state)
  const open = tasksOf(scene, expected.as)
    .filter((task) => task.state === 'open')
    .map((task) => task.node)
  if (tasks.length === 0) return [`no ${state} task at ${expected.node} (open: ${open.join(', ') || 'none'})`]
  if (expected.assignee === undefined) return []
  const wanted = expected.assignee === null ? null : personId(expected.assignee)
  return tasks.some((task) => task.assignee === wanted)
    ? []
    : [
        `task at ${expected.node}: expected ${expected.assignee}, is with ${tasks.map((task) => task.assignee).join(', ')}`,
      ]
}

function noTaskUnmet(expected: Expected['noTask'], scene: Scene): readonly string[] {
  if (!expected) return []
  const open = tasksOf(scene, expected.as).filter(
    (task) => task.state === 'open' && (expected.node === undefined || task.node === expected.node),
  )
  return open.map((task) => `there is an open task at ${task.node}`)
}

function clockUnmet(expected: Expected['clock'], scene: Scene): readonly string[] {
  if (!expected) return []
  const record = scene.recordOf(expected.as)
  const clock = [...scene.play.world.state.clocks.values()].find(
    (one: ClockRow) => one.id === record?.id && one.owner.kind === 'policy' && one.owner.id === expected.id,
  )
  if (!clock) return [`there is no clock ${expected.id}`]
  const due = clock.dueAt === null ? null : formatInstant(clock.dueAt)
  return [
    ...(expected.state !== undefined && clock.state !== expected.state
      ? [`clock ${expected.id} is ${clock.state}, not ${expected.state}`]
      : []),
    ...(expected.due !== undefined && new Set([due, due?.replace('.000Z', 'Z')]).has(expected.due) === false
      ? [`clock ${expected.id} is due ${due}, not ${expected.due}`]
      : []),
    ...(expected.met !== undefined && clock.met !== expected.met ? [`clock ${expected.id}: met is ${clock.met}`] : []),
  ]
}

type Sent = NonNullable<Expected['sent']>[number]

function sentUnmet(sent: Sent, scene: Scene): readonly string[] {
  const { notifications, effects } = scene.play.world.state
  const to = personId(sent.to)
  const about = (message: string | null) => sent.message === undefined || message === sent.message
  const inbox = notifications.filter((row) => row.user === to && about(row.message)).length
  const outside = effects.filter(
    ({ effect }) =>
      effect.user === to &&
      about(effect.message) &&
      effect.type === `${sent.channel === 'email' ? 'mail' : sent.channel}.send`,
  ).length
  const found = sent.channel === 'inbox' ? inbox : outside
  const enough = sent.times === undefined ? found > 0 : found === sent.times
  return enough
    ? []
    : [
        `${sent.channel} to ${sent.to}${sent.message ? ` (${sent.message})` : ''}: ${found} sent${sent.times === undefined ? '' : `, expected ${sent.times}`}`,
      ]
}

function instanceUnmet(expected: Expected['instance'], scene: Scene): readonly string[] {
  if (!expected) return []
  const record = scene.recordOf(expected.as)
  const found = [...scene.play.world.state.instances.values()].filter(
    (row) => row.id === record?.id && row.flow === expected.flow,
  )
  return found.some((row) => row.status === expected.status)
    ? []
    : [`flow ${expected.flow} is ${found.map((row) => row.status).join(', ') || 'not started'}, not ${expected.status}`]
}

function alertUnmet(expected: Expected['alert'], scene: Scene): readonly string[] {
  if (!expected) return []
  const alerts = [...scene.play.world.state.alerts.values()].filter(({ kind }) => kind === expected.kind)
  const newest = alerts.at(-1)
  const enough = expected.n === undefined ? alerts.length > 0 : alerts.length === expected.n
  if (!enough) return [`alert ${expected.kind}: ${alerts.length} raised, expected ${expected.n ?? 'one or more'}`]
  if (!newest) return []
  const owner = expected.owner === undefined ? newest.owner : personId(expected.owner)
  const rows = newest.evidence.reduce((sum, { total }) => sum + total, 0)
  return [
    ...(expected.state !== undefined && newest.state !== expected.state
      ? [`alert ${expected.kind} is ${newest.state}, not ${expected.state}`]
      : []),
    ...(newest.owner === owner ? [] : [`alert ${expected.kind}: expected ${expected.owner}, is with ${newest.owner}`]),
    ...(expected.rows !== undefined && rows !== expected.rows
      ? [`alert ${expected.kind}: ${rows} records made it fire, expected ${expected.rows}`]
      : []),
  ]
}

function rejectedUnmet(expected: Expected['rejected'], scene: Scene): readonly string[] {
  if (expected === undefined) return []
  const codes = [scene.rejection?.code, ...(scene.rejection?.problems ?? []).map((problem) => problem.code)]
  return codes.includes(expected)
    ? []
    : [`expected the refusal ${expected}, got ${scene.rejection ? codes.join(', ') : 'none'}`]
}

function countUnmet(expected: Expected['count'], scene: Scene): readonly string[] {
  if (!expected) return []
  const form = scene.play.app.forms.get(expected.form)
  const where = expected.where as Condition | undefined
  const rows = [...scene.play.world.state.records.values()].filter((row) => row.form === expected.form)
  const holds = where && form ? predicateOf(where, form, (name) => scene.play.app.forms.get(name)) : () => true
  const n = rows.filter((row) => holds({ ...scene.play.facts(), record: recordFacts(row) })).length
  return n === expected.n ? [] : [`${expected.form}: ${n} records, expected ${expected.n}`]
}
