import {
  compareNumbers,
  expOfNumber,
  type FeelNumber,
  logOfNumber,
  moduloNumbers,
  negateNumber,
  type Rounding,
  rootOfNumber,
  roundNumber,
} from '../../kernel/decimal.ts'
import { DayDuration, MonthDuration, negateDuration } from '../values/temporal.ts'
import type { Value } from '../values/value.ts'
import { numberOf, single, truncatedOf } from './arguments.ts'
import type { Builtin, Builtins } from './contract.ts'

const onNumber = (run: (value: FeelNumber) => Value | undefined): Builtin => ({
  forms: [['number']],
  run: ([value]) => {
    const number = numberOf(value)
    return number === undefined ? undefined : run(number)
  },
})

// The standard's range of a scale (DMN 1.4 table 77).
const isScale = (scale: number | undefined): scale is number => scale !== undefined && scale >= -6111 && scale <= 6176

const rounding = (mode: Rounding, forms: Builtin['forms']): Builtin => ({
  forms,
  run: ([value, digits]) => {
    const number = numberOf(value)
    const scale = digits === undefined ? 0 : truncatedOf(digits)
    return number === undefined || !isScale(scale) ? undefined : roundNumber(number, scale, mode)
  },
})

function abs(value: Value | undefined): Value | undefined {
  const one = single(value)
  if (one instanceof DayDuration) return one.seconds < 0 ? negateDuration(one) : one
  if (one instanceof MonthDuration) return new MonthDuration(Math.abs(one.months))
  const number = numberOf(one)
  return number === undefined ? undefined : compareNumbers(number, 0) < 0 ? negateNumber(number) : number
}

const parity = (rest: number): Builtin =>
  onNumber((value) => {
    const halved = moduloNumbers(value, 2)
    return halved === undefined ? undefined : compareNumbers(halved, rest) === 0
  })

export const numberFunctions: Builtins = {
  decimal: { ...rounding('halfEven', [['n', 'scale']]) },
  floor: rounding('floor', [['n', 'scale?']]),
  ceiling: rounding('ceiling', [['n', 'scale?']]),
  'round up': rounding('up', [['n', 'scale']]),
  'round down': rounding('down', [['n', 'scale']]),
  'round half up': rounding('halfUp', [['n', 'scale']]),
  'round half down': rounding('halfDown', [['n', 'scale']]),
  abs: { forms: [['n']], run: ([value]) => abs(value) },
  modulo: {
    forms: [['dividend', 'divisor']],
    run: ([a, b]) => {
      const dividend = numberOf(a)
      const divisor = numberOf(b)
      return dividend === undefined || divisor === undefined ? undefined : moduloNumbers(dividend, divisor)
    },
  },
  sqrt: onNumber((value) => (compareNumbers(value, 0) < 0 ? undefined : rootOfNumber(value))),
  log: onNumber((value) => (compareNumbers(value, 0) <= 0 ? undefined : logOfNumber(value))),
  exp: onNumber((value) => (compareNumbers(value, 15_000) > 0 ? undefined : expOfNumber(value))),
  odd: parity(1),
  even: parity(0),
}
