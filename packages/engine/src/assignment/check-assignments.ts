import { calendarsOf } from '../calendars/calendars-of.ts'
import { resolvePath } from '../conditions/read-fact.ts'
import { conditionReads } from '../conditions/reads.ts'
import type { AssignmentDefinition } from '../definitions/assignment.ts'
import type { Facts, RecordFacts } from '../facts.ts'
import type { Choice } from '../fields/contract.ts'
import { fieldLabelText, fieldOptions } from '../fields/field.ts'
import { compareText } from '../kernel/code-points.ts'
import { groupBy } from '../kernel/group.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { TextValue } from '../kernel/text.ts'
import type { AppModel, FieldModel, FormLookup, FormModel } from '../model.ts'
import { isAway } from '../pipeline/out-of-office.ts'
import { resolvePeople } from '../pipeline/people.ts'
import type { Directory, Person } from '../pipeline/world.ts'
import { type Assignable, choosePerson } from './choose-person.ts'

/** A value of a choice a strategy looks at; null: left blank. */
type ChoiceMade = { readonly path: string; readonly value: string | null }
type ChoiceAsked = { readonly path: string; readonly label: TextValue; readonly options: readonly Choice[] }
type AssignmentCheck = {
  readonly strategy: string
  readonly form: string
  /** Active people in the pool, and among those it falls back to. Null: who it is depends on the record. */
  readonly pool: number | null
  readonly fallback: number | null
  /** The choices its filters look at, as they are called. */
  readonly choices: readonly ChoiceAsked[]
  /** Combinations of them looked at; `more`: there are further ones. */
  readonly combinations: number
  readonly more: boolean
  /**
   * For whom nobody fits, in as few words as possible: what is not named may have any value, so an empty list is
   * every record.
   */
  readonly uncovered: readonly (readonly ChoiceMade[])[]
  /** Hours of the app's calendar in the days to come in which nobody of the pool is on shift. */
  readonly unstaffed: readonly { readonly from: Instant; readonly until: Instant }[]
  /** Skills that only one active person of the pool has. */
  readonly irreplaceable: readonly { readonly skill: string; readonly person: Id }[]
}

type AssignmentCheckInput = {
  readonly app: AppModel
  readonly lookup: FormLookup
  readonly directory: Directory
  readonly now: Instant
  readonly zone: string
}

const day = 86_400_000
const limits = { combinations: 1_000, listed: 100, aheadMs: 7 * day, stepMs: 15 * 60_000 } as const

/**
 * What the strategies of an app leave open: every combination of the choices their filters look at (type, region,
 * tier …) is tried on the people there are, as if nobody had anything to do yet. A strategy no flow uses is left out.
 */
export function checkAssignments(input: AssignmentCheckInput): readonly AssignmentCheck[] {
  return uses(input.app).map(({ strategy, form }) => check(input, strategy, form))
}

type Use = { readonly strategy: AssignmentDefinition; readonly form: FormModel }

/** Each strategy with each form whose flows ask it, once. */
function uses(app: AppModel): readonly Use[] {
  const found = new Map<string, Use>()
  for (const flow of app.flows.values())
    for (const node of flow.nodes)
      for (const who of 'assign' in node ? (node.assign ?? []) : []) {
        const strategy = 'strategy' in who ? app.assignments.get(who.strategy) : undefined
        const form = app.forms.get(flow.form)
        if (strategy && form) found.set(`${strategy.id}/${form.id}`, { strategy, form })
      }
  return [...found.values()]
}

function check(input: AssignmentCheckInput, strategy: AssignmentDefinition, form: FormModel): AssignmentCheck {
  const pool = peopleIn(input, strategy.pool, form)
  const dimensions = dimensionsOf(strategy, form, input.lookup)
  const total = dimensions.reduce((product, { values }) => product * values.length, 1)
  const more = total > limits.combinations
  const combinations = pool ? combined(dimensions, limits.combinations) : []
  const open = combinations.filter((made) => !fits(input, strategy, form, pool ?? [], made))
  return {
    strategy: strategy.id,
    form: form.id,
    pool: pool?.length ?? null,
    fallback: peopleIn(input, strategy.fallback, form)?.length ?? null,
    choices: dimensions.map(({ path, label, options }) => ({ path, label, options })),
    combinations: combinations.length,
    more,
    uncovered: (more ? open : inFewWords(combinations, new Set(open))).slice(0, limits.listed),
    unstaffed: unstaffed(input, pool ?? []),
    irreplaceable: irreplaceable(pool ?? []),
  }
}

/** Active people meant; undefined when that depends on the record. */
function peopleIn(
  { app, lookup, directory, now, zone }: AssignmentCheckInput,
  who: AssignmentDefinition['pool'],
  form: FormModel,
): readonly Person[] | undefined {
  if (!who.every((one) => 'user' in one || 'role' in one || 'department' in one)) return undefined
  const scope = { directory, app: app.id, form, lookup, facts: { now, zone }, assignee: null, creator: null }
  return resolvePeople(who, scope).flatMap((id) => directory.person(id) ?? [])
}

type Dimension = ChoiceAsked & { readonly values: readonly (string | null)[] }

/** The choices the filters look at, in the record or behind its links, with what can be chosen there. */
function dimensionsOf(strategy: AssignmentDefinition, form: FormModel, lookup: FormLookup): readonly Dimension[] {
  const found = new Map<string, Dimension>()
  for (const { must } of strategy.filter)
    for (const { fact, path } of conditionReads(must, form, lookup)) {
      if (fact !== 'record') continue
      const target = resolvePath(fact, path, form, lookup)
      const asked = target && target !== 'open' && target.field && target.form && choices(target.field, target.form)
      if (asked) found.set(path.join('.'), { path: path.join('.'), ...asked })
    }
  return [...found.values()]
}

function choices(field: FieldModel, form: FormModel): Omit<Dimension, 'path'> | undefined {
  if (field.value.kind !== 'text' || !field.definition) return undefined
  const options = fieldOptions(field, form).filter(({ retired }) => retired !== true)
  const isRequired = 'required' in field.definition && field.definition.required === true
  const values = [...options.map(({ id }) => id), ...(isRequired ? [] : [null])]
  return options.length === 0 ? undefined : { label: fieldLabelText(field), options, values }
}

type Combination = readonly ChoiceMade[]

function combined(dimensions: readonly Dimension[], most: number): readonly Combination[] {
  let all: readonly Combination[] = [[]]
  for (const { path, values } of dimensions)
    all = all.flatMap((made) => values.map((value) => [...made, { path, value }])).slice(0, most)
  return all
}

const idle = { openTasks: 0, weightedLoad: 0, lastAssignedAt: null, sameCustomer: 0, refused: false }

function fits(
  { lookup, now, zone }: AssignmentCheckInput,
  strategy: AssignmentDefinition,
  form: FormModel,
  pool: readonly Person[],
  made: Combination,
): boolean {
  const candidates = pool.map((person): Assignable => ({ person, workload: idle, onShift: true }))
  const facts: Facts = {
    now,
    zone,
    record: recordOf(made, []),
    linked: (_form, id) => recordOf(made, id.split('.')),
  }
  return choosePerson(strategy, { candidates, turn: null, facts, form, lookup }).chosen !== null
}

/** The record in which these choices are made, or the one behind a link; a link's value is the path to it. */
function recordOf(made: Combination, at: readonly string[]): RecordFacts {
  const entries = made.flatMap(({ path, value }) => {
    const parts = path.split('.')
    const [name, ...rest] = parts.slice(at.length)
    if (name === undefined || !at.every((part, index) => parts[index] === part)) return []
    return [[name, rest.length === 0 ? value : [...at, name].join('.')] as const]
  })
  return Object.fromEntries(entries)
}

/** The fewest choices that say the same: what makes no difference is left away, and what follows is not said again. */
function inFewWords(combinations: readonly Combination[], open: ReadonlySet<Combination>): readonly Combination[] {
  const found: Combination[] = []
  const width = combinations[0]?.length ?? 0
  const masks = Array.from({ length: 2 ** width }, (_, mask) => mask).toSorted((a, b) => bits(a) - bits(b) || a - b)
  for (const mask of masks) {
    const part = (made: Combination) => made.filter((_, index) => (mask >> index) & 1)
    for (const group of groupBy(combinations, (made) => JSON.stringify(part(made))).values()) {
      const said = part(group[0] ?? [])
      if (group.every((made) => open.has(made)) && !found.some((one) => follows(said, one))) found.push(said)
    }
  }
  return found
}

const bits = (mask: number): number => [...mask.toString(2)].filter((bit) => bit === '1').length
const follows = (said: Combination, from: Combination): boolean =>
  from.every(({ path, value }) => said.some((one) => one.path === path && one.value === value))

/** Looks every quarter of an hour: shifts begin and end at such times. */
function unstaffed({ app, now }: AssignmentCheckInput, pool: readonly Person[]): AssignmentCheck['unstaffed'] {
  if (pool.length === 0) return []
  const calendars = calendarsOf(app)
  const open = calendars(app.definition.calendar ?? null)
  const isThere = (person: Person, at: Instant) =>
    !isAway(person, at) && (person.shift === null || calendars(person.shift).isWorking(at))
  const gaps: { from: Instant; until: Instant }[] = []
  const first = Math.ceil(now / limits.stepMs) * limits.stepMs
  for (let at = first; at < first + limits.aheadMs; at += limits.stepMs) {
    if (!open.isWorking(at) || pool.some((person) => isThere(person, at))) continue
    const last = gaps.at(-1)
    if (last?.until === at) last.until = at + limits.stepMs
    else gaps.push({ from: at, until: at + limits.stepMs })
  }
  return gaps.slice(0, limits.listed)
}

function irreplaceable(pool: readonly Person[]): AssignmentCheck['irreplaceable'] {
  const having = groupBy(
    pool.flatMap(({ id, skills }) => [...new Set(skills)].map((skill) => ({ skill, person: id }))),
    ({ skill }) => skill,
  )
  return [...having.values()]
    .flatMap((all) => (all.length === 1 ? all : []))
    .toSorted((a, b) => compareText(a.skill, b.skill))
}
