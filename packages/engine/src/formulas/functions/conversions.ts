import { numberFromText } from '../../kernel/decimal.ts'
import { valueToText } from '../values/to-text.ts'
import type { Value } from '../values/value.ts'
import { numberOf, single, textOf } from './arguments.ts'
import type { Builtins } from './contract.ts'

const groupings = new Set([' ', ',', '.'])
const points = new Set(['.', ','])

/** `number("1 234,56", " ", ",")`; separators may be null (DMN 1.4 §10.3.4.1). */
function number([from, grouping, point]: readonly Value[]): Value | undefined {
  const group = grouping === undefined || grouping === null ? '' : (textOf(grouping) ?? 'x')
  const decimal = point === undefined || point === null ? '' : (textOf(point) ?? 'x')
  if (
    (group !== '' && !groupings.has(group)) ||
    (decimal !== '' && !points.has(decimal)) ||
    (group !== '' && group === decimal)
  )
    return undefined
  const given = numberOf(from)
  if (given !== undefined) return given
  const text = textOf(from)
  if (text === undefined) return undefined
  const ungrouped = group === '' ? text : text.split(group).join('')
  return numberFromText((decimal === '' ? ungrouped : ungrouped.replace(decimal, '.')).trim())
}

function not([value]: readonly Value[]): Value | undefined {
  const one = single(value)
  return typeof one === 'boolean' ? !one : undefined
}

export const conversionFunctions: Builtins = {
  string: { forms: [['from']], run: ([value]) => (value === undefined ? undefined : valueToText(value)) },
  number: {
    forms: [['from', 'grouping separator?', 'decimal separator?']],
    takesNull: true,
    run: (args) => (args[0] === null ? null : number(args)),
  },
  not: { forms: [['negand']], run: not },
}
