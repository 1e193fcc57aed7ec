import type { OperatorName } from '../definitions/condition.ts'
import type { ValueKind } from '../kernel/value-kind.ts'
import { valueKinds } from '../kernel/value-kind.ts'
import type { Comparable } from './comparable.ts'
import { compareComparable } from './comparable.ts'

/** What stands on the right: nothing, one value, a list of values, [low, high], or an ISO duration. */
export type OperandShape = 'none' | 'one' | 'many' | 'pair' | 'duration'

type Words = { readonly 'zh-CN': string; readonly en: string }

/**
 * One operator. Tests see converted values of one family and are only asked when neither side is blank, so every
 * operator is two-valued and false against blanks. `left` is a list only for kind list.
 */
export type OperatorSpec = {
  readonly title: Words
  readonly kinds: readonly ValueKind[]
  readonly operand: OperandShape
  /** Absent where the meaning needs more than the two values: blank tests, `changed`, and windows of time. */
  readonly test?: (left: Comparable | readonly Comparable[], right: readonly Comparable[]) => boolean
}

const scalar = valueKinds.filter((kind) => kind !== 'list' && kind !== 'table')
const ordered = scalar.filter((kind) => kind !== 'boolean' && kind !== 'reference')

type One = Comparable
type Any = Comparable | readonly Comparable[]
const isList = (value: Any): value is readonly Comparable[] => Array.isArray(value)
const includes = (list: readonly One[], value: One): boolean =>
  list.some((item) => compareComparable(item, value) === 0)
/** Lifts a comparison with the one operand. */
const order =
  (holds: (sign: number) => boolean) =>
  (left: Any, [right]: readonly One[]) =>
    right !== undefined && !isList(left) && holds(compareComparable(left, right))
const member = (left: Any, right: readonly One[]): boolean => !isList(left) && includes(right, left)
const holdsText = (left: Any, right: One | undefined): boolean =>
  right !== undefined &&
  (isList(left) ? includes(left, right) : typeof left === 'string' && typeof right === 'string' && left.includes(right))

/** THE operators: evaluation, editors, checks and the SQL twin all read this table. */
export const operators: { readonly [K in OperatorName]: OperatorSpec } = {
  equal: { title: { 'zh-CN': '等于', en: 'is' }, kinds: scalar, operand: 'one', test: order((sign) => sign === 0) },
  notEqual: {
    title: { 'zh-CN': '不等于', en: 'is not' },
    kinds: scalar,
    operand: 'one',
    test: order((sign) => sign !== 0),
  },
  in: { title: { 'zh-CN': '属于', en: 'is one of' }, kinds: scalar, operand: 'many', test: member },
  notIn: {
    title: { 'zh-CN': '不属于', en: 'is none of' },
    kinds: scalar,
    operand: 'many',
    test: (left, right) => !isList(left) && !includes(right, left),
  },
  lessThan: {
    title: { 'zh-CN': '小于', en: 'is less than' },
    kinds: ordered,
    operand: 'one',
    test: order((sign) => sign < 0),
  },
  lessThanInclusive: {
    title: { 'zh-CN': '小于等于', en: 'is at most' },
    kinds: ordered,
    operand: 'one',
    test: order((sign) => sign <= 0),
  },
  greaterThan: {
    title: { 'zh-CN': '大于', en: 'is greater than' },
    kinds: ordered,
    operand: 'one',
    test: order((sign) => sign > 0),
  },
  greaterThanInclusive: {
    title: { 'zh-CN': '大于等于', en: 'is at least' },
    kinds: ordered,
    operand: 'one',
    test: order((sign) => sign >= 0),
  },
  between: {
    title: { 'zh-CN': '介于', en: 'is between' },
    kinds: ordered,
    operand: 'pair',
    test: (left, [low, high]) =>
      low !== undefined &&
      high !== undefined &&
      !isList(left) &&
      compareComparable(left, low) >= 0 &&
      compareComparable(left, high) <= 0,
  },
  contains: {
    title: { 'zh-CN': '包含', en: 'contains' },
    kinds: ['text', 'list'],
    operand: 'one',
    test: (left, [right]) => holdsText(left, right),
  },
  doesNotContain: {
    title: { 'zh-CN': '不包含', en: 'does not contain' },
    kinds: ['text', 'list'],
    operand: 'one',
    test: (left, [right]) => !holdsText(left, right),
  },
  containsAny: {
    title: { 'zh-CN': '包含任一', en: 'contains any of' },
    kinds: ['list'],
    operand: 'many',
    test: (left, right) => isList(left) && right.some((value) => includes(left, value)),
  },
  containsAll: {
    title: { 'zh-CN': '包含全部', en: 'contains all of' },
    kinds: ['list'],
    operand: 'many',
    test: (left, right) => isList(left) && right.every((value) => includes(left, value)),
  },
  startsWith: {
    title: { 'zh-CN': '开头是', en: 'starts with' },
    kinds: ['text'],
    operand: 'one',
    test: (left, [right]) => typeof left === 'string' && typeof right === 'string' && left.startsWith(right),
  },
  isEmpty: { title: { 'zh-CN': '为空', en: 'is empty' }, kinds: valueKinds, operand: 'none' },
  isNotEmpty: { title: { 'zh-CN': '不为空', en: 'is not empty' }, kinds: valueKinds, operand: 'none' },
  olderThan: {
    title: { 'zh-CN': '早于（距今）', en: 'is older than' },
    kinds: ['date', 'instant'],
    operand: 'duration',
  },
  within: { title: { 'zh-CN': '在最近', en: 'is within the last' }, kinds: ['date', 'instant'], operand: 'duration' },
  changed: { title: { 'zh-CN': '发生变化', en: 'has changed' }, kinds: valueKinds, operand: 'none' },
}

/** The operators that a value of this kind takes, in menu order. */
export const operatorsFor = (kind: ValueKind): readonly OperatorName[] =>
  (Object.keys(operators) as OperatorName[]).filter((name) => operators[name].kinds.includes(kind))
