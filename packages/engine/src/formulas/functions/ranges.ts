import type { Environment } from '../environment.ts'
import { orderOf } from '../values/compare.ts'
import { Range, type Value } from '../values/value.ts'
import { single } from './arguments.ts'
import type { Builtin, Builtins } from './contract.ts'

type Order = (a: Value, b: Value) => number
type Test = (a: Range, b: Range, order: Order) => boolean

/** Thrown inside this file when two ends cannot be compared. */
const incomparable = Symbol('incomparable')

/** A point is the range that holds only it; DMN 1.4 table 78 then gives one rule for all four cases. */
const asRange = (value: Value): Range => (value instanceof Range ? value : new Range(value, value, true, true))

const relation = (forms: readonly (readonly [string, string])[], test: Test): Builtin => ({
  forms,
  run: (args, env: Environment) => {
    const [first, second] = args.map(single)
    if (first === undefined || second === undefined || first === null || second === null) return undefined
    const [form] = forms
    if (first instanceof Range ? !accepts(forms, 0, 'range') : !accepts(forms, 0, 'point')) return undefined
    if (second instanceof Range ? !accepts(forms, 1, 'range') : !accepts(forms, 1, 'point')) return undefined
    if (form === undefined) return undefined
    try {
      return test(asRange(first), asRange(second), (a, b) => {
        const order = orderOf(a, b, env.zone)
        if (order === undefined) throw incomparable
        return order
      })
    } catch (error) {
      if (error === incomparable) return undefined
      throw error
    }
  },
})
const accepts = (forms: readonly (readonly [string, string])[], at: 0 | 1, what: string): boolean =>
  forms.some((form) => form[at].startsWith(what))

const pp = ['point1', 'point2'] as const
const pr = ['point', 'range'] as const
const rp = ['range', 'point'] as const
const rr = ['range1', 'range2'] as const

const endsBefore: Test = (a, b, order) => {
  const sign = order(a.high, b.low)
  return sign < 0 || (sign === 0 && !(a.includesHigh && b.includesLow))
}
const meets: Test = (a, b, order) => a.includesHigh && b.includesLow && order(a.high, b.low) === 0
const sameStart: Test = (a, b, order) => a.includesLow === b.includesLow && order(a.low, b.low) === 0
const sameEnd: Test = (a, b, order) => a.includesHigh === b.includesHigh && order(a.high, b.high) === 0
const startsBefore: Test = (a, b, order) => {
  const sign = order(a.low, b.low)
  return sign < 0 || (sign === 0 && a.includesLow && !b.includesLow)
}
const stopsBefore: Test = (a, b, order) => {
  const sign = order(a.high, b.high)
  return sign < 0 || (sign === 0 && !a.includesHigh && b.includesHigh)
}
const overlaps: Test = (a, b, order) => !endsBefore(a, b, order) && !endsBefore(b, a, order)
const overlapsBefore: Test = (a, b, order) =>
  overlaps(a, b, order) && startsBefore(a, b, order) && (stopsBefore(a, b, order) || sameEnd(a, b, order))
const within: Test = (a, b, order) => !startsBefore(a, b, order) && !stopsBefore(b, a, order)
const flip =
  (test: Test): Test =>
  (a, b, order) =>
    test(b, a, order)

const startsIn: Test = (a, b, order) => sameStart(a, b, order) && !stopsBefore(b, a, order)
const finishesIn: Test = (a, b, order) => sameEnd(a, b, order) && !startsBefore(a, b, order)

export const rangeFunctions: Builtins = {
  before: relation([pp, pr, rp, rr], endsBefore),
  after: relation([pp, pr, rp, rr], flip(endsBefore)),
  meets: relation([rr], meets),
  'met by': relation([rr], flip(meets)),
  overlaps: relation([rr], overlaps),
  'overlaps before': relation([rr], overlapsBefore),
  'overlaps after': relation([rr], flip(overlapsBefore)),
  finishes: relation([pr, rr], finishesIn),
  'finished by': relation([rp, rr], flip(finishesIn)),
  includes: relation([rp, rr], flip(within)),
  during: relation([pr, rr], within),
  starts: relation([pr, rr], startsIn),
  'started by': relation([rp, rr], flip(startsIn)),
  coincides: relation([pp, rr], (a, b, order) => sameStart(a, b, order) && sameEnd(a, b, order)),
}
