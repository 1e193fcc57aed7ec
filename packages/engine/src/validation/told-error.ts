import type { ErrorObject } from 'ajv'
import { jsonType, type SchemaNode, schemaBranches, schemaProperties } from '../definitions/schema-walk.ts'
import { slugPattern } from '../kernel/ids.ts'
import { isObject, type Json } from '../kernel/json.ts'
import { nearestName } from '../kernel/nearest-name.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { Choice } from './guarded-schema.ts'

type Teller = (error: ErrorObject, path: string) => Problem | undefined
/** What ajv tells beside each keyword; each has only the ones of its keyword. */
type Params = {
  readonly limit: number
  readonly i: number
  readonly type: Json
  readonly additionalProperty: string
  readonly missingProperty: string
  readonly propertyName: string
  readonly pattern: string
  readonly allowedValues: readonly unknown[]
  readonly allowedValue: unknown
}

/** One error of the validator in the words of whoever wrote the document; undefined for one that only repeats another. */
export function toldError(error: ErrorObject, base: string): Problem | undefined {
  const path = `${base}${error.instancePath}`
  const teller = Object.hasOwn(tellers, error.keyword) ? tellers[error.keyword] : undefined
  return teller ? teller(error, path) : problem('document.invalid', path, { reason: error.message ?? error.keyword })
}

const params = (error: ErrorObject): Params => error.params as Params
const parent = (error: ErrorObject): SchemaNode => (isObject(error.parentSchema) ? error.parentSchema : {})
const said = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

const limit =
  (code: string, name: 'min' | 'max'): Teller =>
  (error, path) =>
    problem(code, path, { [name]: params(error).limit })

const tellers: { readonly [keyword: string]: Teller } = {
  additionalProperties: (error, path) => unknownProperty(error, path),
  required: (error, path) => missingProperty(error, path),
  type: (error, path) => wrongType(path, params(error).type, error.data),
  enum: (error, path) => notAllowed(path, error.data, params(error).allowedValues),
  const: (error, path) => notAllowed(path, error.data, [params(error).allowedValue]),
  discriminator: (error, path) => wrongTag(error, path),
  pattern: (error, path) => badPattern(error, path),
  minLength: limit('document.tooShort', 'min'),
  maxLength: limit('document.tooLong', 'max'),
  minItems: limit('document.tooFew', 'min'),
  maxItems: (error, path) =>
    problem('document.tooMany', path, { max: params(error).limit, count: (error.data as unknown[]).length }),
  uniqueItems: (error, path) =>
    problem('document.duplicateItem', `${path}${pointer(String(params(error).i))}`, {
      value: said((error.data as unknown[])[params(error).i]),
    }),
  minProperties: limit('document.tooFew', 'min'),
  minimum: limit('document.tooSmall', 'min'),
  maximum: limit('document.tooBig', 'max'),
  'x-exactlyOne': (error, path) => problem('document.noBranch', path, { allowed: error.schema as readonly string[] }),
  'x-choice': (error, path) => noBranch(path, error.schema as Choice, error.data),
  propertyNames: (error, path) =>
    problem('document.badLanguage', `${path}${pointer(params(error).propertyName)}`, {
      value: said(params(error).propertyName),
    }),
  // Said by the branch itself.
  if: () => undefined,
}

function unknownProperty(error: ErrorObject, path: string): Problem {
  const property = params(error).additionalProperty
  const suggestion = nearestName(property, Object.keys(schemaProperties(parent(error))))
  return problem('document.unknownProperty', `${path}${pointer(property)}`, {
    property,
    ...(suggestion ? { suggestion } : {}),
  })
}

function missingProperty(error: ErrorObject, path: string): Problem {
  const property = params(error).missingProperty
  return problem('document.missingProperty', `${path}${pointer(property)}`, { property })
}

function wrongType(path: string, expected: Json, value: unknown): Problem {
  return problem('document.wrongType', path, { expected, actual: jsonType(value) })
}

function notAllowed(path: string, value: unknown, allowed: readonly unknown[]): Problem {
  const values = allowed.map(said)
  const suggestion = typeof value === 'string' ? nearestName(value, values) : undefined
  return problem('document.notAllowed', path, {
    value: said(value),
    allowed: values,
    ...(suggestion ? { suggestion } : {}),
  })
}

function wrongTag(error: ErrorObject, path: string): Problem | undefined {
  const { tag, tagValue } = error.params as { readonly tag: string; readonly tagValue: unknown }
  // A missing tag is already said by `required`.
  if (tagValue === undefined) return undefined
  const place = `${path}${pointer(tag)}`
  if (typeof tagValue !== 'string') return wrongType(place, 'string', tagValue)
  const names = (schemaBranches(parent(error)) ?? []).map((branch) => schemaProperties(branch)[tag]?.const)
  return notAllowed(place, tagValue, names)
}

function badPattern(error: ErrorObject, path: string): Problem | undefined {
  // A wrong language code is said by `propertyNames`.
  if (error.propertyName !== undefined) return undefined
  const value = said(error.data)
  if (params(error).pattern === slugPattern) return problem('document.badId', path, { value })
  const examples = parent(error).examples
  return problem('document.badPattern', path, {
    value,
    ...(Array.isArray(examples) ? { example: examples as Json[] } : {}),
  })
}

function noBranch(path: string, choice: Choice, value: unknown): Problem {
  const isKeyed = isObject(value) && choice.keys.length > 0
  if (isKeyed) return problem('document.noBranch', path, { allowed: choice.keys })
  return wrongType(path, [...new Set(choice.types)], value)
}
