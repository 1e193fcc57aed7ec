import { Engine, Fact, type TopLevelCondition } from 'json-rules-engine'
import {
  type Condition,
  type ConditionValue,
  type FactName,
  factNames,
  type MetricParams,
  operatorNames,
} from '../definitions/condition.ts'
import type { Facts } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { compileCondition, compileLeafTest, isFormula, isLeaf, type LeafTest } from './compile.ts'
import { pathParts } from './read-fact.ts'

export type NamedCondition = { readonly id: string; readonly condition: Condition }

/** What a path of ours resolves to inside json-rules-engine: the place, still to be read by the operator. */
type Subject = {
  readonly fact: FactName
  readonly path: string | undefined
  readonly facts: Facts
  readonly params?: MetricParams | undefined
}
const isSubject = (value: unknown): value is Subject => typeof value === 'object' && value !== null && 'facts' in value

type JsonRules = {
  /** The same tree in json-rules-engine's own shape. */
  readonly conditions: TopLevelCondition
  /** Formula leaves, by the name of the boolean fact that stands for each. */
  readonly formulas: ReadonlyMap<string, (facts: Facts) => boolean>
}

/**
 * Writes a condition as json-rules-engine reads it. Its format is ours; only what it lacks is spelled out: an absent
 * value, an empty `any` (there: true), a leaf at the top, and formulas, which become boolean facts computed before.
 */
function toJsonRules({ id, condition }: NamedCondition, form?: FormModel, lookup?: FormLookup): JsonRules {
  const formulas = new Map<string, (facts: Facts) => boolean>()
  const write = (part: Condition): object => {
    if (isLeaf(part))
      return {
        fact: part.fact,
        operator: part.operator,
        value: part.value ?? null,
        ...(part.path === undefined ? {} : { path: part.path }),
        ...(part.params === undefined ? {} : { params: part.params }),
      }
    if (isFormula(part)) {
      const fact = `formula:${id}:${formulas.size}`
      formulas.set(fact, compileCondition(part, form, lookup))
      return { fact, operator: 'holds', value: true }
    }
    if ('not' in part) return { not: write(part.not) }
    if ('all' in part) return { all: part.all.map(write) }
    return part.any.length === 0 ? { not: { all: [] } } : { any: part.any.map(write) }
  }
  const conditions = isLeaf(condition) || isFormula(condition) ? { all: [write(condition)] } : write(condition)
  return { conditions: conditions as TopLevelCondition, formulas }
}

/**
 * Runs conditions on json-rules-engine with our operators and our path resolver (never its JSONPath). Gives the ids of
 * those that hold, in the order given. The compiled predicates must say the same; a parity test holds them equal.
 */
export function compileJsonRules(
  named: readonly NamedCondition[],
  form?: FormModel,
  lookup?: FormLookup,
): (facts: Facts) => Promise<readonly string[]> {
  const rules = named.map((each) => ({ id: each.id, ...toJsonRules(each, form, lookup) }))
  const test = memoisedTest(form, lookup)
  const free: Engine[] = []
  return async (facts) => {
    // An engine keeps the state of its run in itself, so runs at the same time each have their own; making one costs
    // more than a run, so it is kept for the next (measured: 0.062 → 0.042 ms for three rules).
    const engine = free.pop() ?? engineFor(rules, test)
    const { results } = await engine.run(factsFor(rules, facts))
    free.push(engine)
    const fired = new Set(results.map((result) => result.name))
    return named.map(({ id }) => id).filter((id) => fired.has(id))
  }
}

type NamedRules = JsonRules & { readonly id: string }

function engineFor(rules: readonly NamedRules[], test: ReturnType<typeof memoisedTest>): Engine {
  const engine = new Engine([], {
    allowUndefinedFacts: true,
    pathResolver: (value, path) => (isSubject(value) ? { ...value, path } : undefined),
  })
  for (const operator of operatorNames) {
    engine.addOperator<unknown, unknown>(
      operator,
      (subject, value) => isSubject(subject) && test(operator, subject, value)(subject.facts),
    )
  }
  engine.addOperator<unknown, unknown>('holds', (value) => value === true)
  for (const { id, conditions } of rules) engine.addRule({ name: id, conditions, event: { type: id } })
  return engine
}

/** The facts of one run, without json-rules-engine's cache of values, which is for facts that are computed. */
function factsFor(rules: readonly NamedRules[], facts: Facts): Record<string, Fact> {
  const given: Record<string, Fact> = {}
  const give = (name: string, value: Subject | boolean) => {
    given[name] = new Fact<unknown>(name, value, { cache: false })
  }
  for (const fact of factNames) give(fact, { fact, path: undefined, facts })
  // Which figure is meant stands in the leaf's parameters, so this fact is computed per leaf.
  given.metric = new Fact<Subject>(
    'metric',
    (params: Record<string, unknown>) => ({ fact: 'metric', path: undefined, facts, params: params as MetricParams }),
    { cache: false },
  )
  for (const { formulas } of rules) for (const [fact, holds] of formulas) give(fact, holds(facts))
  return given
}

/** A leaf's test compiled once per place and value, however many rules and runs ask. */
function memoisedTest(form?: FormModel, lookup?: FormLookup) {
  const known = new Map<string, LeafTest>()
  return (operator: (typeof operatorNames)[number], { fact, path, params }: Subject, value: unknown): LeafTest => {
    const key = `${operator}\n${fact}\n${path ?? ''}\n${params ? JSON.stringify(params) : ''}\n${JSON.stringify(value)}`
    const made = known.get(key)
    if (made) return made
    const compared = { fact, operator, value: (value ?? undefined) as ConditionValue, params }
    const test = compileLeafTest(compared, pathParts(path), form, lookup)
    known.set(key, test)
    return test
  }
}
