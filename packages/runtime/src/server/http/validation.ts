import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/**
 * Checks what comes in, exactly as declared: nothing is coerced, nothing removed. Only query strings and path
 * parameters, which can carry nothing but text, are read as the number or boolean that their schema names.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema)
  const readsText = httpPart === 'querystring' || httpPart === 'params'
  const kinds = readsText ? scalarKinds(schema) : undefined
  return (given: unknown) => {
    const value = kinds ? readScalars(given, kinds) : given
    if (check.Check(value)) return { value }
    return { error: check.Errors(value) as unknown as Error }
  }
}

type Kind = 'integer' | 'number' | 'boolean'

function scalarKinds(schema: TSchema): ReadonlyMap<string, Kind> {
  const properties = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {}
  const kinds = new Map<string, Kind>()
  for (const [name, { type }] of Object.entries(properties)) {
    if (type === 'integer' || type === 'number' || type === 'boolean') kinds.set(name, type)
  }
  return kinds
}

function readScalars(given: unknown, kinds: ReadonlyMap<string, Kind>): unknown {
  const entries = Object.entries(given as Record<string, unknown>).map(([name, value]) => {
    const kind = kinds.get(name)
    return [name, kind !== undefined && typeof value === 'string' ? readScalar(value, kind) : value]
  })
  return Object.fromEntries(entries)
}

/** The value, or the text as it was so that the schema refuses it. */
function readScalar(text: string, kind: Kind): unknown {
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text
}
