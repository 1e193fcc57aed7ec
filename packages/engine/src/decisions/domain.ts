import { resolvePath } from '../conditions/read-fact.ts'
import type { DecisionInput } from '../definitions/decision.ts'
import { fieldOptions } from '../fields/field.ts'
import { childrenOf, type FormulaNode, pathOf } from '../formulas/ast.ts'
import type { FormulaScope } from '../formulas/compile.ts'
import { fromJson } from '../formulas/convert.ts'
import { Environment } from '../formulas/environment.ts'
import { compileNode } from '../formulas/evaluate/compile-node.ts'
import { parseFormula } from '../formulas/parse.ts'
import { orderOf } from '../formulas/values/compare.ts'
import { DayDuration, FeelDate, FeelDateTime, FeelTime, MonthDuration } from '../formulas/values/temporal.ts'
import { literalText } from '../formulas/values/to-text.ts'
import { isList, type Value } from '../formulas/values/value.ts'
import { addNumbers, asInteger, divideNumbers, isFeelNumber, roundNumber, subtractNumbers } from '../kernel/decimal.ts'

/**
 * A part of what an input can give in which every cell of the column says the same: a value, a stretch between two
 * neighbouring values, all other text, or blank. `sample` stands for all of it.
 */
export type Atom = {
  readonly kind: 'value' | 'stretch' | 'other' | 'blank'
  readonly sample: Value
  /** Ends of a stretch; null: without end. */
  readonly low?: Value
  readonly high?: Value
}

/** Ends and values that the cells of a column name; undefined: a cell says something that only a record can answer. */
function namedValues(cells: readonly FormulaNode[]): { points: Value[]; isOrdered: boolean } | undefined {
  const points: Value[] = []
  let isOrdered = false
  for (const cell of cells) {
    for (const test of cell.kind === 'unaryTests' ? cell.tests : []) {
      const ends = test.kind === 'range' ? [test.low, test.high] : [test.kind === 'test' ? test.value : test]
      if (test.kind === 'range' || (test.kind === 'test' && /[<>]/.test(test.operator))) isOrdered = true
      for (const end of ends) {
        const value = constantOf(end)
        if (value === undefined) return undefined
        points.push(...(isList(value) ? value : [value]))
      }
    }
  }
  return { points, isOrdered }
}

const constantKinds = new Set<FormulaNode['kind']>([
  'null',
  'boolean',
  'text',
  'number',
  'temporal',
  'negate',
  'list',
  'arithmetic',
])
const constantCalls = new Set(['date', 'time', 'date and time', 'duration'])
const isConstant = (node: FormulaNode): boolean =>
  (constantKinds.has(node.kind) || (node.kind === 'call' && constantCalls.has(node.function))) &&
  childrenOf(node).every(isConstant)

export function constantOf(node: FormulaNode): Value | undefined {
  if (!isConstant(node)) return undefined
  const none = () => undefined
  const names = { name: none, path: none, missing: none, missingFunction: none, wrongArguments: none, reads: none }
  const evaluate = compileNode(node, { kind: 'root', names, slots: { next: 0 } })
  return evaluate(new Environment({ now: 0, zone: 'UTC' }, 0, 'UTC'))
}

/** What a column can give, in parts; undefined when that cannot be said. */
export function domainOf(
  input: DecisionInput,
  cells: readonly FormulaNode[],
  scope: FormulaScope,
): readonly Atom[] | undefined {
  const named = namedValues(cells)
  if (!named) return undefined
  const points = distinct(named.points.filter((point) => point !== null))
  const listed = listedValues(input, scope)
  if (listed) return [...listed.values.map(valueAtom), ...(listed.mayBeBlank ? [blank] : [])]
  if (points.length === 0) return [{ kind: 'other', sample: '\u0000' }, blank]
  if (points.every((point) => typeof point === 'boolean')) return [valueAtom(true), valueAtom(false), blank]
  if (points.every((point) => typeof point === 'string'))
    return named.isOrdered ? undefined : [...points.map(valueAtom), { kind: 'other', sample: '\u0000' }, blank]
  return stretches(points, isWhole(input, scope))
}

const blank: Atom = { kind: 'blank', sample: null }
const valueAtom = (sample: Value): Atom => ({ kind: 'value', sample })

const distinct = (values: readonly Value[]): readonly Value[] => [
  ...new Map(values.map((value) => [literalText(value), value])).values(),
]

/** The field an input column reads, where it is one. */
export function targetOf(input: DecisionInput, { form, lookup }: FormulaScope) {
  const parsed = parseFormula(input.expression)
  const path = parsed.ok ? pathOf(parsed.value) : undefined
  const target = form && path ? resolvePath('record', path, form, lookup) : undefined
  return typeof target === 'object' ? { ...target, isOwn: path?.length === 1 } : undefined
}

/** What the author lists, or the choices of the field. */
function listedValues(
  input: DecisionInput,
  scope: FormulaScope,
): { readonly values: readonly Value[]; readonly mayBeBlank: boolean } | undefined {
  if (input.values) return { values: input.values.map((value) => fromJson(value)), mayBeBlank: false }
  const target = targetOf(input, scope)
  if (!target?.field || !target.form || target.value.kind === 'list') return undefined
  const options = fieldOptions(target.field, target.form).filter((option) => !option.retired)
  const { definition } = target.field
  const isRequired =
    target.isOwn && definition !== undefined && 'required' in definition && definition.required === true
  return options.length === 0 ? undefined : { values: options.map((option) => option.id), mayBeBlank: !isRequired }
}

const isWhole = (input: DecisionInput, scope: FormulaScope): boolean => targetOf(input, scope)?.value.kind === 'integer'

/** Ordered values cut the line into themselves, what lies between, and both ends. */
function stretches(points: readonly Value[], isWholeNumber: boolean): readonly Atom[] | undefined {
  const [first] = points
  if (points.some((point) => orderOf(point, first ?? null, 'UTC') === undefined)) return undefined
  const inOrder = [...points].sort((a, b) => orderOf(a, b, 'UTC') ?? 0)
  const sorted = inOrder.filter((point, at) => at === 0 || orderOf(point, inOrder[at - 1] ?? null, 'UTC') !== 0)
  const low = step(sorted[0] ?? null, -1)
  const atoms: Atom[] = [{ kind: 'stretch', sample: low, low: null, high: sorted[0] ?? null }]
  for (const [at, point] of sorted.entries()) {
    atoms.push(valueAtom(point))
    const next = sorted[at + 1]
    const sample = next === undefined ? step(point, 1) : between(point, next, isWholeNumber)
    if (sample !== null) atoms.push({ kind: 'stretch', sample, low: point, high: next ?? null })
  }
  return [...atoms, blank]
}

function between(a: Value, b: Value, isWholeNumber: boolean): Value {
  if (isFeelNumber(a) && isFeelNumber(b) && !isWholeNumber) {
    const sum = addNumbers(a, b)
    return (sum === undefined ? undefined : divideNumbers(sum, 2)) ?? null
  }
  const next = step(a, 1)
  return (orderOf(next, b, 'UTC') ?? 0) < 0 ? next : null
}

/** The next value up or down by the smallest step that matters: a whole number, a day, a second, a month. */
function step(value: Value, by: 1 | -1): Value {
  if (isFeelNumber(value)) {
    const whole = roundNumber(value, 0, by === 1 ? 'floor' : 'ceiling')
    const moved = whole === undefined ? undefined : by === 1 ? addNumbers(whole, 1) : subtractNumbers(whole, 1)
    return moved === undefined ? null : (asInteger(moved) ?? moved)
  }
  if (value instanceof FeelDate) return new FeelDate(value.days + by)
  if (value instanceof FeelDateTime)
    return new FeelDateTime(
      value.days + (by < 0 ? -1 : 0),
      by < 0 ? value.seconds : value.seconds + 1,
      value.nanos,
      value.zone,
    )
  if (value instanceof FeelTime) return new FeelTime(value.seconds + by, value.nanos, value.zone)
  if (value instanceof DayDuration) return new DayDuration(value.seconds + by, value.nanos)
  return value instanceof MonthDuration ? new MonthDuration(value.months + by) : null
}
