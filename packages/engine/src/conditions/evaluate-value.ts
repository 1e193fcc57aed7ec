import type { ValueExpression } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { FieldValue, ValueType } from '../kernel/value-kind.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { scopeOf } from './compile.ts'
import { isRef, refReader } from './operand.ts'

/**
 * Compiles a literal, `{ref}` or `{formula}` into a reader of its value; null when there is none. `resultType` gives a
 * formula's result the JSON form of a field.
 */
export function compileValue(
  expression: ValueExpression,
  form?: FormModel,
  lookup?: FormLookup,
  resultType?: ValueType,
): (facts: Facts) => FieldValue {
  if (isRef(expression)) {
    const read = refReader(expression, form, lookup)
    return (facts) => asFieldValue(read(facts))
  }
  if (typeof expression === 'object' && expression !== null && 'formula' in expression) {
    const compiled = compileFormula(expression.formula, {
      ...scopeOf(form, lookup),
      ...(resultType ? { resultType } : {}),
    })
    return compiled.ok ? (facts) => compiled.value.evaluate(facts).value : () => null
  }
  return () => expression
}

/** The value of a literal, a reference or a formula; null when there is none. Does not keep what it compiled. */
export const evaluateValue = (
  expression: ValueExpression,
  facts: Facts,
  form?: FormModel,
  lookup?: FormLookup,
  resultType?: ValueType,
): FieldValue => compileValue(expression, form, lookup, resultType)(facts)

function asFieldValue(value: unknown): FieldValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null
}
