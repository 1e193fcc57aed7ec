import { evaluateValue } from '../conditions/evaluate-value.ts'
import { isRef } from '../conditions/operand.ts'
import { refParts, resolvePath } from '../conditions/read-fact.ts'
import type { ValueExpression } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { FormLookup, FormModel } from '../model.ts'

type Scope = { readonly facts: Facts; readonly form: FormModel | undefined; readonly lookup: FormLookup }
const decimal = /^-?\d+(\.\d+)?$/
/** So many decimals that no result of a formula loses any that a JSON number could hold. */
const anyScale = { kind: 'decimal', scale: 12 } as const

/**
 * The values an action names, as one JSON object. Numbers go out as JSON numbers, whole or not, fields and formulas alike;
 * amounts of money as text with all their digits, for a receiver that reads numbers in binary would lose cents; a number
 * that a receiver could not hold exactly goes out as text too.
 */
export function webhookBody(values: { readonly [name: string]: ValueExpression }, scope: Scope): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, outgoing(value, scope)])),
  )
}

function outgoing(expression: ValueExpression, scope: Scope): FieldValue {
  const value = evaluateValue(expression, scope.facts, scope.form, scope.lookup)
  return typeof value === 'string' && decimal.test(value) && isNumber(expression, scope) ? asNumber(value) : value
}

/** Whether digits are a number that is stored as text, not a text of digits. */
function isNumber(expression: ValueExpression, { facts, form, lookup }: Scope): boolean {
  if (isRef(expression)) {
    const { fact, path } = refParts(expression.ref) ?? {}
    const target = fact && path ? resolvePath(fact, path, form, lookup) : undefined
    return target !== undefined && target !== 'open' && target.value.kind === 'decimal'
  }
  if (typeof expression !== 'object' || expression === null) return false
  return evaluateValue(expression, facts, form, lookup, anyScale) !== null
}

/** The number, where it is exactly that; `2.50` is 2.5. */
function asNumber(text: string): number | string {
  const bare = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  const number = Number(bare)
  return String(number) === bare || (bare === '-0' && number === 0) ? number : text
}
