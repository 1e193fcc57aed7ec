import {
  type AppModel,
  type Effect,
  type FormModel,
  formatInstant,
  type Id,
  type Locale,
  playScenario,
  resolveText,
  type ScenarioDefinition,
  type StagePlay,
  type TaskRow,
} from '@tenon/engine'
import type { Simulated, Simulation } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import { type Dictionary, figuresOf } from '../commands/app/figures.ts'
import { notFound } from '../tenon-error.ts'
import { type Copier, copier, type Given, peopleIn } from './copied-records.ts'
import { formFor, type QueryPorts, readingFor } from './reading.ts'

type Scenario = Record<string, unknown> & { readonly id: string }

/**
 * The steps as a scenario of their own: the organisation of the app, and a copy of a record the caller may see with what
 * it links to. The copy is new: its flow, clocks, numbers and calculated values begin when it is made.
 */
export async function recordScenario(
  principal: Caller,
  ports: QueryPorts,
  next: AppModel,
  request: Simulation,
  locale: Locale,
): Promise<Scenario> {
  // An app that was never published has no records: what is filled in can be tried all the same.
  const reading = ports.memory.now.apps.app(next.id) ? readingFor(principal, ports, next.id) : undefined
  if (!reading && request.record !== undefined) throw notFound()
  const copies = reading && copier(reading, next)
  const records: NonNullable<Given['records']> = copies?.records ?? {}
  if (reading && copies && request.record !== undefined)
    await copied(copies, formFor(reading, request.form), request.record)
  else records[alias] = { form: request.form, values: await inWords(copies, next, request.form, request.values ?? {}) }
  const people = peopleIn(ports.memory.now, next.id)
  let id = 'simulation'
  while (next.scenarios.has(id)) id = `${id}_2`
  return {
    id,
    kind: 'scenario',
    schemaVersion: 1,
    given: {
      now: request.now ?? formatInstant(ports.clock.now()),
      people: [...people, ...standIns(next, people, locale)],
      records,
    },
    steps: await stepsInWords(copies, next, request),
  }
}

/** Somebody for each role that nobody has yet, called like the role: a new app can be tried before anybody is in it. */
function standIns(next: AppModel, people: readonly Person[], locale: Locale): readonly Person[] {
  const taken = new Set(people.map(({ username }) => username))
  return next.definition.roles
    .filter(({ id }) => !people.some(({ roles }) => roles.includes(id)))
    .map(({ id, label }) => {
      let username = resolveText(label, locale)
      while (taken.has(username)) username += ' 2'
      taken.add(username)
      return { username, roles: [id] }
    })
}
type Person = NonNullable<Given['people']>[number]

/** The name of the record that is tried out. */
const alias = 'it'

/** A record and what it links to, the linked ones first. */
async function copied(copies: Copier, form: FormModel, id: Id): Promise<void> {
  if (!(await copies.copy(form, id, alias))) throw notFound()
}

/** What was filled in, as a scenario writes it, with copies of what it links to. */
async function inWords(
  copies: Copier | undefined,
  next: AppModel,
  form: string,
  values: object,
): Promise<Record<string, unknown>> {
  const own: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const field = next.forms.get(form)?.fields.get(name)
    const given = field && copies && typeof value === 'string' ? await copies.inWords(field, value, 0) : undefined
    own[name] = given ?? value
  }
  return own
}

/** The steps with the records they link to among those the scenario begins with. */
async function stepsInWords(copies: Copier | undefined, next: AppModel, { form, steps }: Simulation) {
  const told = []
  for (const step of steps)
    told.push('values' in step ? { ...step, values: await inWords(copies, next, form, step.values ?? {}) } : step)
  return told
}

/** Plays the steps in memory and says how everything stands after the last. Nothing is stored, nothing is sent. */
export async function simulate(
  ports: QueryPorts,
  draft: Dictionary,
  scenario: ScenarioDefinition,
  locale: Locale,
): Promise<Simulated> {
  const { next } = draft
  const others = ports.memory.now.apps.all().map((one) => [one.model.id, one.model] as const)
  const apps = new Map([...others, [next.id, next] as const])
  const { report, play, recordOf } = await playScenario(next, scenario, apps, figuresOf(draft, ports.memory.now))
  const row = recordOf(alias)
  return {
    now: formatInstant(play.now),
    failures: report.failures.map(({ step, message }) => ({ step, message: resolveText(message, locale) })),
    record: row
      ? { form: row.form, title: row.title, values: { ...row.data } as NonNullable<Simulated['record']>['values'] }
      : null,
    names: namesIn(play),
    ...standing(play, next),
    scenario: { ...scenario },
  }
}

type Standing = Pick<Simulated, 'instances' | 'tasks' | 'timers' | 'clocks' | 'messages' | 'audit'>

function standing(play: StagePlay, next: AppModel): Standing {
  const { instances, tasks, timers, clocks, notifications, effects, events } = play.world.state
  const name = (id: Id | null) => (id === null ? null : (play.world.directory.person(id)?.username ?? id))
  const nodeOf = (flow: string, id: string) => next.flows.get(flow)?.nodes.find((node) => node.id === id)
  return {
    instances: [...instances.values()].map(({ form, flow, status, snapshot }) => ({
      form,
      flow,
      status,
      nodes: snapshot.tokens.map(({ node }) => node),
    })),
    tasks: [...tasks.values()]
      .filter(({ state }) => state === 'open')
      .map((task) => {
        const node = nodeOf(task.flow, task.node)
        return {
          form: task.form,
          flow: task.flow,
          node: task.node,
          label: node?.label ?? task.node,
          outcomes: (node && 'outcomes' in node ? (node.outcomes ?? []) : []).map(({ id, label }) => ({ id, label })),
          people: whoMay(play, task).flatMap((id) => name(id) ?? []),
          assignee: name(task.assignee),
          candidates: task.candidates.map(({ kind, ref }) => ({
            kind,
            ref: kind === 'user' ? (name(ref) ?? ref) : ref,
          })),
          dueAt: moment(task.dueAt),
        }
      }),
    timers: [...timers.values()]
      .toSorted((a, b) => a.dueAt - b.dueAt)
      .map(({ dueAt, payload }) => ({
        kind: payload.kind,
        at: formatInstant(dueAt),
        node: payload.kind === 'flow' ? payload.node : null,
        rule: payload.kind === 'rule' ? payload.rule : null,
      })),
    clocks: [...clocks.values()].map(({ form, owner, state, dueAt, met }) => ({
      form,
      clock: owner.kind === 'policy' ? owner.id : owner.node,
      state,
      dueAt: moment(dueAt),
      met,
    })),
    messages: [
      ...notifications.map((row) => ({
        channel: 'inbox' as const,
        to: name(row.user),
        title: row.title,
        body: row.body,
        message: row.message,
      })),
      ...effects.flatMap(({ effect }) => (effect.type === 'portal.code' ? [] : [outside(effect, name)])),
    ],
    audit: events.map((event) => ({
      form: event.form,
      at: formatInstant(event.at),
      type: event.type,
      actor: name(event.actor),
      cause: event.cause,
      data: { ...event.data },
    })),
  }
}

/** What definitions send; signing in on a portal is none of theirs. */
type Sent = Exclude<Effect, { type: 'portal.code' }>

const outside = (effect: Sent, name: (id: Id | null) => string | null): Standing['messages'][number] =>
  effect.type === 'webhook.call'
    ? { channel: 'webhook', to: effect.url, title: effect.method, body: effect.body ?? '', message: null }
    : {
        channel: effect.type === 'mail.send' ? 'email' : 'sms',
        to: name(effect.user) ?? effect.to,
        title: effect.type === 'mail.send' ? effect.subject : '',
        body: effect.body,
        message: effect.message,
      }

/** Whoever has the task; while nobody has, everybody it is offered to. */
function whoMay(play: StagePlay, { assignee, candidates }: TaskRow): readonly Id[] {
  if (assignee !== null) return [assignee]
  const { directory } = play.world
  return [
    ...new Set(
      candidates.flatMap(({ kind, ref }) =>
        kind === 'user' ? [ref] : kind === 'role' ? directory.withRole(play.app.id, ref) : directory.inDepartment(ref),
      ),
    ),
  ]
}

function namesIn({ world }: StagePlay): Simulated['names'] {
  const records = [...world.state.records.values()].map(({ id, title }) => [id, title] as const)
  const people = world.directory.everybody().map(({ id, username }) => [id, username] as const)
  return Object.fromEntries([...records, ...people])
}

const moment = (at: number | null) => (at === null ? null : formatInstant(at))
