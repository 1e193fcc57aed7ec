import { isObject, type Json, type Problem, pointer, problem } from '@tenon/engine'

/** One error of the schema compiler. */
export type SchemaError = {
  readonly keyword?: string
  readonly instancePath?: string
  readonly message?: string
  readonly params?: Record<string, unknown>
}

/** What is wrong with a part of a request, in the words of the table: which place, and what is wanted there. */
export function schemaProblems(errors: readonly SchemaError[], given: unknown): readonly Problem[] {
  const choices = errors.filter((error) => error.keyword === 'const')
  return errors.flatMap((error) => {
    const path = pathOf(error)
    const here = choices.filter((one) => pathOf(one) === path)
    return told(error, at(given, path), here)
  })
}

const pathOf = ({ instancePath = '' }: SchemaError): string => instancePath
const names = (value: unknown) => (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)

function told(error: SchemaError, value: unknown, choices: readonly SchemaError[]): readonly Problem[] {
  const { keyword = '', message = '', params = {} } = error
  const path = pathOf(error)
  const limit = Object.hasOwn(limits, keyword) ? limits[keyword] : undefined
  if (limit) return [problem(limit.code, path, { [limit.name]: Number(params.limit), count: countOf(value) })]
  switch (keyword) {
    case 'additionalProperties':
      return names(params.additionalProperties ?? params.additionalProperty).map((property) =>
        problem('document.unknownProperty', `${path}${pointer(property)}`, { property, suggestion: '' }),
      )
    case 'required':
      return names(params.requiredProperties ?? params.missingProperty).map((property) =>
        problem('document.missingProperty', `${path}${pointer(property)}`, { property }),
      )
    case 'type':
      return [problem('document.wrongType', path, { expected: params.type as Json, actual: typeNameOf(value) })]
    case 'enum':
      return [notAllowed(path, value, params.allowedValues as readonly unknown[])]
    // Each branch of a choice says that it is not this one: together they are the list of what it may be.
    case 'const':
      return error === choices[0]
        ? [
            notAllowed(
              path,
              value,
              choices.map(({ params: one }) => one?.allowedValue),
            ),
          ]
        : []
    case 'anyOf':
      return choices.length > 0 ? [] : [problem('document.invalid', path, { reason: message })]
    // "schema is false" only repeats that a property is unknown.
    case 'boolean':
      return []
    default:
      return [problem('document.invalid', path, { reason: message })]
  }
}

const limits: { readonly [keyword: string]: { readonly code: string; readonly name: 'min' | 'max' } } = {
  minLength: { code: 'document.tooShort', name: 'min' },
  maxLength: { code: 'document.tooLong', name: 'max' },
  minItems: { code: 'document.tooFew', name: 'min' },
  maxItems: { code: 'document.tooMany', name: 'max' },
  minProperties: { code: 'document.tooFew', name: 'min' },
  minimum: { code: 'document.tooSmall', name: 'min' },
  maximum: { code: 'document.tooBig', name: 'max' },
}

const mostSaid = 80
function notAllowed(path: string, value: unknown, allowed: readonly unknown[] = []): Problem {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  const said = text.length > mostSaid ? `${text.slice(0, mostSaid)}…` : text
  return problem('document.notAllowed', path, { value: said, allowed: allowed.map(String) })
}

const countOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)
const typeNameOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'undefined' ? 'null' : typeof value

/** The value at a JSON Pointer. */
function at(given: unknown, path: string): unknown {
  const steps = path.split('/').slice(1)
  return steps.reduce<unknown>((value, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, name)
      ? (value as { readonly [key: string]: unknown })[name]
      : undefined
  }, given)
}
