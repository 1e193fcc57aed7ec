import type { Condition, FormulaCondition, LeafCondition } from '../definitions/condition.ts'
import type { Facts } from '../facts.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { FormLookup, FormModel } from '../model.ts'
import type { Comparable, Family } from './comparable.ts'
import { compareComparable, converters, familyOf, familyOfValues } from './comparable.ts'
import { metricFamily, requestReader } from './metric.ts'
import { operandReader } from './operand.ts'
import type { OperatorSpec } from './operators.ts'
import { operators } from './operators.ts'
import { type FactReader, factReader, isBlank, pathParts, resolvePath } from './read-fact.ts'
import { type Window, windowOf } from './window.ts'

export type Predicate = (facts: Facts) => boolean

export const isLeaf = (condition: Condition): condition is LeafCondition => 'fact' in condition
export const isFormula = (condition: Condition): condition is FormulaCondition => 'formula' in condition

/**
 * Compiles a condition once into a synchronous, total predicate. Leaves are two-valued: against a blank every operator
 * but isEmpty, isNotEmpty and changed is false; `not` is plain negation; an empty `all` is true, an empty `any` false.
 * What does not make sense (an unknown field, a formula with an error) is false; `checkCondition` names it.
 */
export function compileCondition(condition: Condition, form?: FormModel, lookup?: FormLookup): Predicate {
  if (isLeaf(condition)) return compileLeaf(condition, form, lookup)
  if (isFormula(condition)) return compileFormulaLeaf(condition, form, lookup)
  if ('not' in condition) {
    const inner = compileCondition(condition.not, form, lookup)
    return (facts) => !inner(facts)
  }
  if ('all' in condition) {
    const parts = condition.all.map((part) => compileCondition(part, form, lookup))
    return (facts) => parts.every((part) => part(facts))
  }
  const parts = condition.any.map((part) => compileCondition(part, form, lookup))
  return (facts) => parts.some((part) => part(facts))
}

/** True exactly when the formula gives true. */
function compileFormulaLeaf({ formula }: FormulaCondition, form?: FormModel, lookup?: FormLookup): Predicate {
  const compiled = compileFormula(formula, scopeOf(form, lookup))
  if (!compiled.ok) return () => false
  return (facts) => compiled.value.evaluate(facts).value === true
}

export const scopeOf = (form: FormModel | undefined, lookup: FormLookup | undefined) => ({
  ...(form ? { form } : {}),
  ...(lookup ? { lookup } : {}),
})

const compileLeaf = (leaf: LeafCondition, form?: FormModel, lookup?: FormLookup): Predicate =>
  compileLeafTest(leaf, pathParts(leaf.path), form, lookup)

export type LeafTest = Predicate
type Leaf = Pick<LeafCondition, 'fact' | 'operator'> & {
  readonly value?: LeafCondition['value'] | undefined
  readonly params?: LeafCondition['params'] | undefined
}

/** Compiles the left-hand side of a leaf. */
export function leafReader(
  { fact, params }: Pick<Leaf, 'fact' | 'params'>,
  path: readonly string[],
  form?: FormModel,
  lookup?: FormLookup,
): FactReader {
  if (fact !== 'metric') return factReader(fact, path, form, lookup)
  if (params === undefined) return () => undefined
  const request = requestReader(params, form, lookup)
  return (facts) => {
    const asked = request(facts)
    return asked && facts.metric?.(asked)
  }
}

/** Compiles one comparison of the value at `path` (the leaf's own `path` text is not looked at). */
export function compileLeafTest(leaf: Leaf, path: readonly string[], form?: FormModel, lookup?: FormLookup): LeafTest {
  const read = leafReader(leaf, path, form, lookup)
  if (leaf.operator === 'isEmpty') return (facts) => isBlank(read(facts))
  if (leaf.operator === 'isNotEmpty') return (facts) => !isBlank(read(facts))
  const target = resolvePath(leaf.fact, path, form, lookup)
  if (target === undefined) return () => false
  const family =
    leaf.fact === 'metric' ? metricFamily(leaf.value) : target === 'open' ? undefined : familyOf[target.value.kind]
  if (leaf.operator === 'changed') return compileChanged(path, family, form, lookup)
  const operand = operandReader(leaf.value, form, lookup)
  if (operators[leaf.operator].operand === 'duration') return compileWindow(leaf.operator, read, operand, family)
  return (facts) => {
    const value = read(facts)
    return !isBlank(value) && holds(leaf.operator, value, operand(facts), family, facts)
  }
}

/** Whether an operator holds between a value that is not blank and its operand, both in JSON form. */
function holds(
  name: LeafCondition['operator'],
  value: unknown,
  operand: unknown,
  declared: Family | undefined,
  facts: Facts,
): boolean {
  const spec = operators[name]
  const family = declared ?? familyOfValues(value, operand)
  const left = convertLeft(value, family, facts)
  const right = convertRight(operand, spec, family, facts)
  return left !== undefined && right !== undefined && spec.test?.(left, right) === true
}

function convertLeft(value: unknown, family: Family, facts: Facts): Comparable | readonly Comparable[] | undefined {
  if (family !== 'list') return converters[family](value, facts)
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined
}

/** Undefined when an operand is blank or of another family; blanks inside a list are passed over. */
function convertRight(
  operand: unknown,
  { operand: shape }: OperatorSpec,
  family: Family,
  facts: Facts,
): readonly Comparable[] | undefined {
  const convert = converters[family]
  if (shape !== 'one') {
    if (!Array.isArray(operand)) return undefined
    const values = operand.map((item) => convert(item, facts)).filter((item) => item !== undefined)
    return shape === 'pair' && values.length !== 2 ? undefined : values
  }
  if (isBlank(operand)) return undefined
  const value = convert(operand, facts)
  return value === undefined ? undefined : [value]
}

/** The bounds depend on now and the zone only, so records compared at one moment share them. */
function compileWindow(
  name: LeafCondition['operator'],
  read: FactReader,
  operand: FactReader,
  family: Family | undefined,
): Predicate {
  let known: { now: number; zone: string; duration: string; kind: string; window: Window | undefined } | undefined
  return (facts) => {
    const value = read(facts)
    const duration = operand(facts)
    if (typeof value !== 'string' || typeof duration !== 'string') return false
    const kind = family === 'date' || (family === undefined && value.length === 10) ? 'date' : 'instant'
    const converted = converters[kind](value, facts)
    const { now, zone } = facts
    if (known?.now !== now || known.zone !== zone || known.duration !== duration || known.kind !== kind) {
      known = { now, zone, duration, kind, window: windowOf(duration, kind, now, zone) }
    }
    const { window } = known
    if (typeof converted !== 'string' || window === undefined) return false
    return name === 'olderThan' ? converted < window.older : converted >= window.from && converted <= window.to
  }
}

/** Compares the record with the one before; without one (creation) every value that is not blank has changed. */
function compileChanged(
  path: readonly string[],
  family: Family | undefined,
  form?: FormModel,
  lookup?: FormLookup,
): Predicate {
  const after = factReader('record', path, form, lookup)
  const before = factReader('previous', path, form, lookup)
  return (facts) => !sameValue(after(facts), before(facts), family, facts)
}

function sameValue(a: unknown, b: unknown, declared: Family | undefined, facts: Facts): boolean {
  if (isBlank(a) || isBlank(b)) return isBlank(a) === isBlank(b)
  if (Array.isArray(a) || Array.isArray(b)) return JSON.stringify(a) === JSON.stringify(b)
  const family = declared ?? familyOfValues(a, b)
  const left = converters[family](a, facts)
  const right = converters[family](b, facts)
  return left !== undefined && right !== undefined ? compareComparable(left, right) === 0 : a === b
}
