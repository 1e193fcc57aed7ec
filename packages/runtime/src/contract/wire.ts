import { type Static, type TProperties, type TSchema, type TUnsafe, Type } from 'typebox'

/** A closed object: an unknown property in a request is refused. */
export const Closed = <P extends TProperties>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

/** One of a list of words. */
export const OneOf = <const V extends readonly string[]>(values: V, options: object = {}): TUnsafe<V[number]> =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values], ...options })

/** A value or null: absent things are null on the wire, never missing, unless the property is optional. */
export const Nullable = <S extends TSchema>(schema: S): TUnsafe<Static<S> | null> =>
  Type.Unsafe<Static<S> | null>({ anyOf: [schema, { type: 'null' }] })

export const Id = Type.String({ pattern: '^[0-9A-Za-z_:.-]{1,64}$', description: 'Opaque id, sortable by time.' })
export const Slug = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$', description: 'Permanent authored id.' })
/** RFC 3339 UTC with milliseconds. */
export const Moment = Type.String({ format: 'date-time', description: 'RFC 3339, UTC.' })

/** A human text of a definition: a string, or a map by language. The reader's side picks the language. */
export const Text = Type.Unsafe<string | { readonly [language: string]: string }>({
  anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }],
})

/** Values by field id, in the JSON forms of `kernel/value-kind.ts`. */
export const Values = Type.Unsafe<{ [field: string]: WireValue }>({ type: 'object', additionalProperties: true })
export type WireValue =
  | null
  | string
  | number
  | boolean
  | readonly string[]
  | readonly { readonly id: string; readonly [column: string]: null | string | number | boolean }[]

/** A condition as JSON; checked against the form by the engine, not here. */
export const WireCondition = Type.Unsafe<object>({ type: 'object', additionalProperties: true })

/** Any JSON object that another part of the product checks with its own schema. */
export const Document = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })

export const Nothing = Type.Null()

/** What an id in a record stands for, so that a page can show it without asking again. Keyed by id. */
export const Refs = Type.Unsafe<{ [id: string]: RefView }>({ type: 'object', additionalProperties: true })
export type RefView =
  | {
      readonly kind: 'record'
      readonly app: string
      readonly form: string
      readonly title: string
      readonly card?: { readonly [field: string]: WireValue }
    }
  | { readonly kind: 'user'; readonly name: string; readonly username: string }
  | { readonly kind: 'department'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string; readonly mediaType: string; readonly sizeBytes: number }
