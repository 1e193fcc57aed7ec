import { compileValue } from '../conditions/evaluate-value.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { AssignmentDefinition } from '../definitions/assignment.ts'
import type { Facts } from '../facts.ts'
import { compareText } from '../kernel/code-points.ts'
import type { Id } from '../kernel/ids.ts'
import { formatInstant } from '../kernel/instant.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import { localDay } from '../kernel/zone.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { isAway } from '../pipeline/out-of-office.ts'
import type { AssignmentRow } from '../pipeline/rows.ts'
import type { Person, Workload } from '../pipeline/world.ts'
import { byLastAssigned, type Field, measures } from './measures.ts'

/** Somebody of the pool as a strategy sees them. */
export type Assignable = { readonly person: Person; readonly workload: Workload; readonly onShift: boolean }
export type Ranked = AssignmentRow['candidates'][number]

export type AssignmentInput = {
  readonly candidates: readonly Assignable[]
  /** Whom the strategy chose last, for round robin; null: nobody yet. */
  readonly turn: Id | null
  /** `record`, `task`, `now` …; `candidate` is added for each candidate in turn. */
  readonly facts: Facts
  readonly form?: FormModel | undefined
  readonly lookup?: FormLookup | undefined
}
/** `chosen` null: nobody passed every filter, so the strategy's fallback has to take over. `ranking`: best first, those who failed a filter last. */
export type AssignmentChoice = {
  readonly chosen: Id | null
  readonly fallback: boolean
  readonly ranking: readonly Ranked[]
}

/**
 * Chooses who gets a task: of those who pass every filter the one with the greatest sum of weight × value; of equals
 * the one who has been longest without an assignment, then by id. Whatever the filters say, nobody gets a task who is
 * inactive, away or has refused this one. Nothing is left out of the ranking, so "why not her?" has an answer.
 */
export function choosePerson(strategy: AssignmentDefinition, input: AssignmentInput): AssignmentChoice {
  const judged = input.candidates.map((candidate) => {
    const facts = factsFor(candidate, input.facts)
    return { candidate, facts, failed: failedFilters(strategy, candidate, facts, input) }
  })
  const eligible = judged.filter(({ failed }) => failed.length === 0).map(({ candidate }) => candidate)
  const score = scorer(strategy, { pool: input.candidates, eligible, turn: input.turn }, input)
  const scored = judged.map(({ candidate, facts, failed }) => {
    const scores = failed.length > 0 ? [] : score(candidate, facts)
    return {
      candidate,
      ranked: {
        user: candidate.person.id,
        failed,
        scores,
        total: exact(scores.reduce((sum, { weighted }) => sum + weighted, 0)),
      },
    }
  })
  const ranking = scored.toSorted((a, b) => better(a, b)).map(({ ranked }) => ranked)
  const best = ranking[0]
  const chosen = best && best.failed.length === 0 ? best.user : null
  return { chosen, fallback: chosen === null, ranking }
}

type Scored = { readonly candidate: Assignable; readonly ranked: Ranked }
const better = (a: Scored, b: Scored): number =>
  Number(a.ranked.failed.length > 0) - Number(b.ranked.failed.length > 0) ||
  b.ranked.total - a.ranked.total ||
  byLastAssigned(a.candidate, b.candidate) ||
  compareText(a.candidate.person.id, b.candidate.person.id)

/** The candidate as conditions and formulas see it. */
function factsFor({ person, workload, onShift }: Assignable, facts: Facts): Facts {
  const candidate = {
    id: person.id,
    username: person.username,
    name: person.name,
    department: person.department,
    departments: person.departments,
    superior: person.superior,
    roles: person.roles,
    skills: person.skills,
    skill_levels: Object.fromEntries(person.skills.map((skill) => [skill, person.skillLevels[skill] ?? 1])),
    certifications: validOn(person, localDay(facts.zone, facts.now)),
    languages: person.languages,
    regions: person.regions,
    capacity: person.capacity,
    away: isAway(person, facts.now),
    on_shift: onShift,
    open_tasks: workload.openTasks,
    weighted_load: workload.weightedLoad,
    same_customer: workload.sameCustomer,
    refused: workload.refused,
    last_assigned_at: workload.lastAssignedAt === null ? null : formatInstant(workload.lastAssignedAt),
  }
  return { ...facts, candidate }
}

/** A certificate is valid to the end of its last day. */
const validOn = ({ certifications }: Person, today: string): readonly string[] =>
  certifications.flatMap(({ name, until }) => (until === null || until >= today ? [name] : []))

function failedFilters(
  strategy: AssignmentDefinition,
  { person, workload }: Assignable,
  facts: Facts,
  { form, lookup }: AssignmentInput,
): readonly string[] {
  const always = [
    person.active ? [] : ['inactive'],
    isAway(person, facts.now) ? ['away'] : [],
    workload.refused ? ['refused'] : [],
  ].flat()
  const own = strategy.filter.filter(({ must }) => !predicateOf(must, form, lookup)(facts)).map(({ id }) => id)
  return [...new Set([...always, ...own])]
}

type Scores = Ranked['scores']

/** Computes the parts of a candidate's score; what does not give a number counts nothing. */
function scorer(
  { score }: AssignmentDefinition,
  field: Field,
  { form, lookup }: AssignmentInput,
): (candidate: Assignable, facts: Facts) => Scores {
  const parts = score.map((part) => ({ ...part, readValue: valueReader(part, field, form, lookup) }))
  return (candidate, facts) =>
    parts.map(({ id, weight, readValue }) => {
      const value = exact(readValue(candidate, facts))
      return { id, value, weighted: exact(value * weight) }
    })
}

type Part = AssignmentDefinition['score'][number]
type ValueOf = (candidate: Assignable, facts: Facts) => number

function valueReader(
  { measure, value }: Part,
  field: Field,
  form: FormModel | undefined,
  lookup: FormLookup | undefined,
): ValueOf {
  if (measure) return measures[measure](field)
  if (value === undefined) return () => 0
  const read = compileValue({ formula: value }, form, lookup)
  return (_candidate, facts) => between0And1(read(facts))
}

const between0And1 = (value: FieldValue): number => {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : 0
  return Number.isFinite(number) ? Math.min(1, Math.max(0, number)) : 0
}

// Equal sums must be equal, whatever order binary fractions were added in.
const exact = (value: number): number => Math.round(value * 1e9) / 1e9
