import {
  type AppModel,
  type EventRow,
  type FormModel,
  fieldRights,
  formatInstant,
  type HistoryAct,
  historyActs,
  type Id,
  type Locale,
  type MemoryMetrics,
  parseDurationMs,
  parseInstant,
  playScenario,
  type RecordRow,
  resolveText,
  type ScenarioDefinition,
} from '@tenon/engine'
import type { ReplayAnswer } from '@tenon/runtime/contract'
import { type Caller, principalOf } from '../auth/identity.ts'
import { type Dictionary, figuresOf } from '../commands/app/figures.ts'
import { type Copier, copier, type Given, isBegunAnew, peopleIn } from './copied-records.ts'
import { formFor, type QueryPorts, type Reading, readingFor, zoneOf } from './reading.ts'
import { isReadable, seenRecords, seenTrail } from './seen-records.ts'

type Asked = { readonly form: string; readonly limit: number }
type Difference = ReplayAnswer['differences'][number]
type ScenarioStep = ScenarioDefinition['steps'][number]
const alias = 'it'

/**
 * The newest records of a form once more: what people did with each is done again in memory, at the same moments, under
 * the live definitions and under the draft. What the two come to is compared, so that nothing but the draft makes a
 * difference. Nothing is written.
 */
export async function replayHistory(
  principal: Caller,
  ports: QueryPorts,
  live: Dictionary,
  draft: Dictionary,
  { form: formId, limit }: Asked,
  locale: Locale,
): Promise<ReplayAnswer> {
  const reading = readingFor(principal, ports, draft.next.id)
  const form = formFor(reading, formId)
  const seen = await seenRecords(reading, form, limit + 1)
  const rows = seen.slice(0, limit).filter(({ history }) => !history)
  const people = peopleIn(reading.memory, draft.next.id)
  const sides = [live, draft].map((side) => ({ side, metrics: figuresOf(side, ports.memory.now) }))
  const left = new Map<string, number>()
  const differences: Difference[] = []
  let played = 0
  for (const row of rows) {
    const trail = await seenTrail(reading, form, row)
    const told = historyActs(trail)
    for (const type of told.left) left.set(type, (left.get(type) ?? 0) + 1)
    if (told.acts[0]?.do !== 'record.create') continue
    const until = isOver(trail) ? (trail.at(-1)?.at ?? row.updatedAt) : ports.clock.now()
    const outcomes: Outcome[] = []
    for (const { side, metrics } of sides) {
      const scenario = await scenarioOf(reading, side.next, form, row, told.acts, people, until)
      outcomes.push(await outcomeOf(ports, side.next, metrics, scenario, locale, form))
    }
    const [before, after] = outcomes
    if (before?.isMade || after?.isMade) played += 1
    // Refused by both from the start: nothing was played, and nobody is told that all went alike.
    else left.set('record.created', (left.get('record.created') ?? 0) + 1)
    const difference = before && after && differenceOf(reading, form, row, before, after, pathOf(trail))
    if (difference) differences.push(difference)
    // Others get their turn.
    await new Promise(setImmediate)
  }
  return {
    records: played,
    more: seen.length > limit,
    differing: differences.length,
    notReplayed: [...left].map(([type, count]) => ({ type, count })),
    differences,
  }
}

/** Whether all its flows have ended: then its story is over, and the time since then is nobody's. */
function isOver(trail: readonly EventRow[]): boolean {
  const count = (type: EventRow['type']) => trail.filter((event) => event.type === type).length
  return count('flow.started') > 0 && count('flow.started') === count('flow.ended')
}

async function scenarioOf(
  reading: Reading,
  app: AppModel,
  form: FormModel,
  row: RecordRow,
  acts: readonly HistoryAct[],
  people: Given['people'],
  until: number,
): Promise<ScenarioDefinition> {
  const copy = copier(reading, app)
  const steps: ScenarioStep[] = []
  let seconds = Math.floor(row.createdAt / 1000)
  const advanceTo = (at: number) => {
    const ahead = Math.floor(at / 1000) - seconds
    if (ahead <= 0) return
    steps.push({ advance: `PT${ahead}S` })
    seconds += ahead
  }
  for (const act of acts) {
    advanceTo(act.at)
    const by = reading.memory.organisation.person(act.by)?.username ?? ''
    const to = act.to === undefined ? undefined : reading.memory.organisation.person(act.to)?.username
    const values = await enteredIn(copy, app, form, act.do === 'record.create' ? ownIn(reading, form, act) : act.values)
    steps.push({
      do: act.do,
      by,
      ...(act.do === 'record.create' ? { form: form.id, as: alias } : { of: alias }),
      ...(Object.keys(values).length > 0 ? { values } : {}),
      ...(act.node === undefined ? {} : { node: act.node }),
      ...(act.outcome === undefined ? {} : { outcome: act.outcome }),
      ...(to === undefined ? {} : { to }),
      ...(act.comment === undefined ? {} : { comment: act.comment }),
      ...(act.visibility === undefined ? {} : { visibility: act.visibility }),
    })
  }
  advanceTo(until)
  return {
    id: 'replay',
    kind: 'scenario',
    schemaVersion: 1,
    given: {
      now: formatInstant(Math.floor(row.createdAt / 1000) * 1000),
      ...(people ? { people } : {}),
      records: copy.records,
    },
    steps,
  }
}

/** Of the values of a new record those that whoever made it may enter; the rest are defaults and are given anew. */
function ownIn(reading: Reading, form: FormModel, { at, by, values }: HistoryAct): HistoryAct['values'] {
  const principal = principalOf(reading.memory.organisation, by)
  if (!principal) return values
  const facts = { now: at, zone: zoneOf(principal, reading.app.model) }
  const rights = fieldRights(form, principal, facts, reading.app.lookup, 'create')
  return Object.fromEntries(Object.entries(values).filter(([field]) => rights.get(field) === 'edit'))
}

/** What a person entered, as a scenario writes it: what the form still has and does not give itself. */
async function enteredIn(copy: Copier, app: AppModel, form: FormModel, values: HistoryAct['values']) {
  const fields = app.forms.get(form.id)
  const entered: { [field: string]: unknown } = {}
  for (const [id, value] of Object.entries(values)) {
    const field = fields?.fields.get(id)
    if (!fields || !field || isBegunAnew(field, fields)) continue
    const given = value === null ? null : await copy.inWords(field, value as never, 0)
    if (given !== undefined) entered[id] = given
  }
  return entered
}

type Step = { readonly flow: string; readonly node: string }
type Outcome = {
  /** Whether the record came to be. */
  readonly isMade: boolean
  readonly path: readonly Step[]
  readonly owners: ReadonlyMap<string, string | null>
  readonly clocks: ReadonlyMap<string, NonNullable<Difference['clocks'][number]['after']>>
  readonly rules: ReadonlyMap<string, number>
  readonly values: { readonly [field: string]: unknown }
  readonly refused: Difference['refused']
}

/** The nodes a record's own flows have entered, in order. */
const pathOf = (trail: readonly EventRow[]): readonly Step[] =>
  trail
    .filter(({ type }) => type === 'node.entered')
    .map(({ data }) => ({ flow: String(data.flow), node: String(data.node) }))

async function outcomeOf(
  ports: QueryPorts,
  app: AppModel,
  metrics: MemoryMetrics,
  scenario: ScenarioDefinition,
  locale: Locale,
  form: FormModel,
): Promise<Outcome> {
  const others = ports.memory.now.apps.all().map((one) => [one.model.id, one.model] as const)
  const { report, play, recordOf } = await playScenario(app, scenario, new Map([...others, [app.id, app]]), metrics)
  const row = recordOf(alias)
  const isOwn = (one: { readonly form: string; readonly id: Id }) => one.form === form.id && one.id === row?.id
  const { events, tasks, clocks } = play.world.state
  const own = events.filter(isOwn)
  const name = (id: Id | null) => (id === null ? null : (play.world.directory.person(id)?.username ?? id))
  const fired = own.filter(({ type }) => type === 'rule.fired').map(({ data }) => String(data.rule))
  const moments = momentsOf(scenario)
  return {
    isMade: row !== undefined,
    path: pathOf(own),
    owners: new Map(
      [...tasks.values()].filter(isOwn).map((task) => [`${task.flow}/${task.node}/${task.visit}`, name(task.assignee)]),
    ),
    clocks: new Map(
      [...clocks.values()].filter(isOwn).map((clock) => [
        `${clock.owner.kind === 'policy' ? clock.owner.id : clock.owner.node}/${clock.run}`,
        {
          state: clock.state,
          met: clock.met,
          breached: clock.breachedAt !== null,
          dueAt: clock.dueAt === null ? null : formatInstant(clock.dueAt),
        },
      ]),
    ),
    rules: new Map([...new Set(fired)].map((rule) => [rule, fired.filter((one) => one === rule).length])),
    values: comparable(app.forms.get(form.id), row),
    refused: report.failures.map(({ step, message }) => {
      const one = scenario.steps[step]
      const what = one && 'do' in one ? { do: one.do, by: one.by, node: one.node ?? null } : nobodys
      return { at: moments[step] ?? scenario.given.now, ...what, message: resolveText(message, locale) }
    }),
  }
}

const nobodys = { do: 'record.create', by: '', node: null }

/** The moment of each step. */
function momentsOf({ given, steps }: ScenarioDefinition): readonly string[] {
  let now = parseInstant(given.now) ?? 0
  return steps.map((step) => {
    if ('advance' in step) now += parseDurationMs(step.advance) ?? 0
    return formatInstant(now)
  })
}

/** Values that mean the same in both plays: records and files have other ids in each. */
function comparable(form: FormModel | undefined, row: RecordRow | undefined): Outcome['values'] {
  const entries = Object.entries(row?.data ?? {}).filter(([field]) => {
    const model = form?.fields.get(field)
    const kinds = [model, ...(model?.rows?.fields.values() ?? [])].map((one) => one?.target?.kind)
    return !kinds.includes('record') && !kinds.includes('file')
  })
  return Object.fromEntries(entries.map(([field, value]) => [field, value ?? null]))
}

function differenceOf(
  reading: Reading,
  form: FormModel,
  row: RecordRow,
  before: Outcome,
  after: Outcome,
  real: readonly Step[],
): Difference | undefined {
  const values = unequal(before.values, after.values).filter(({ key }) => isReadable(reading, form, key))
  const refusals = new Set(before.refused.map((one) => JSON.stringify(one)))
  const found = {
    path: isSame(before.path, after.path) ? null : { before: [...before.path], after: [...after.path] },
    owners: unequal(Object.fromEntries(before.owners), Object.fromEntries(after.owners))
      // A task that is there on one side only shows in the path.
      .filter(({ key }) => before.owners.has(key) && after.owners.has(key))
      .map(({ key, before: old, after: next }) => {
        const [flow = '', node = ''] = key.split('/')
        return { flow, node, before: old ?? null, after: next ?? null }
      }),
    clocks: unequal(Object.fromEntries(before.clocks), Object.fromEntries(after.clocks)).map(
      ({ key, before: old, after: next }) => ({
        clock: key.slice(0, key.lastIndexOf('/')),
        before: old ?? null,
        after: next ?? null,
      }),
    ),
    rules: unequal(Object.fromEntries(before.rules), Object.fromEntries(after.rules)).map(
      ({ key, before: old, after: next }) => ({ rule: key, before: old ?? 0, after: next ?? 0 }),
    ),
    values: values.map(({ key, before: old, after: next }) => ({
      field: key,
      before: (old ?? null) as Value,
      after: (next ?? null) as Value,
    })),
    refused: after.refused.filter((one) => !refusals.has(JSON.stringify(one))),
  }
  const isDifferent = found.path !== null || Object.values(found).some((part) => Array.isArray(part) && part.length > 0)
  return isDifferent ? { record: row.id, title: row.title, faithful: isSame(real, before.path), ...found } : undefined
}
type Value = Difference['values'][number]['before']

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What two objects say differently, by key. */
const unequal = <V>(before: { readonly [key: string]: V }, after: { readonly [key: string]: V }) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !isSame(before[key], after[key]))
    .map((key) => ({ key, before: before[key], after: after[key] }))
