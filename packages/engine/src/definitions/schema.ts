import { type Static, type TObject, type TProperties, type TSchema, type TUnsafe, Type } from 'typebox'
import { slugPattern } from '../kernel/ids.ts'
import type { ValueKind } from '../kernel/value-kind.ts'

/**
 * Names a property for the author who meets it in a property panel: Chinese title, English title, and a description
 * that says what absence means. Becomes `title`, `description` and `x-ui.titles` of the printed JSON Schema.
 */
export const about = (zh: string, en: string, description: string, ui: object = {}) => ({
  title: en,
  description,
  'x-ui': { titles: { 'zh-CN': zh, en }, ...ui },
})

/**
 * Marks of `about` for panels: a share that people read in per cent; a property that says nothing as long as no sibling
 * has one of these values.
 */
export const inPercent = { control: 'percent' }
export const askedFor = (sibling: string, ...values: readonly string[]) => ({ askedFor: { [sibling]: values } })

/** Mark of `about`: what goes when nothing is said, in words; of a closed list its value. */
export const absentMeans = (zh: string, en: string) => ({ absent: { 'zh-CN': zh, en } })

/** What a definition may refer to by id. */
export type ReferenceKind =
  | 'action'
  | 'app'
  | 'assignment'
  | 'board'
  | 'calendar'
  | 'clock'
  | 'decision'
  | 'decisionInput'
  | 'decisionOutput'
  | 'field'
  | 'flow'
  | 'form'
  | 'message'
  | 'metric'
  | 'node'
  | 'outcome'
  | 'role'
  | 'stage'
  | 'view'

/**
 * What a field that is named must be good for: a colour, lanes, a place in time, pictures, a place on the map,
 * a way to another record of the app, a value to be shown with records that link to it.
 */
export type FieldUse = 'choice' | 'lanes' | 'moment' | 'files' | 'place' | 'link' | 'shown'

/**
 * How a string is a reference. Fields, stages and views belong to the form of the document, or with `of` to the form
 * (outcomes: to the node) that the named sibling property names.
 */
export type ReferenceRule = {
  readonly kind: ReferenceKind
  readonly of?: string
  /** The sibling names a link of this form; meant is the form it leads to. */
  readonly through?: true
  /** Field ids joined by dots: each but the last is a link that is followed. */
  readonly path?: true
  /** A `-` in front is no part of the id. */
  readonly sign?: true
  /** Kinds of value the field must have. */
  readonly kinds?: readonly ValueKind[]
  /** What the field must be good for. */
  readonly fits?: FieldUse
  /** The field is written, so it cannot be one that is computed. */
  readonly sets?: true
  /** Words with a meaning of their own, which are no references. */
  readonly except?: readonly string[]
  /** Names that begin so are the platform's own. */
  readonly exceptPrefix?: string
  /** It may be of any flow, form or policy of the app: nothing here says which. */
  readonly anywhere?: true
  /** Of keys that are fields: what stands under the key is a value of the field, not a word about it. */
  readonly values?: true
}

/**
 * Says in the schema that a string refers to something: one walker (`references.ts`) then finds it for lint, where-used
 * and pickers, in every document of every kind.
 */
export const refers = (kind: ReferenceKind, rule: Omit<ReferenceRule, 'kind'> = {}) => ({
  'x-refers': { kind, ...rule },
})

/** The same for the keys of a record. */
export const keysRefer = (kind: ReferenceKind, rule: Omit<ReferenceRule, 'kind'> = {}) => ({
  'x-keys': { kind, ...rule },
})

/** Says that a string is the name of a secret, which the installation keeps and the app does not. */
export const namesSecret = { 'x-secret': true }

/** Says that what stands here is a value of the field that the sibling names. */
export const valueOfField = (sibling: string) => ({ 'x-value': { kind: 'field', of: sibling } })

/** Says that what stands here is a value that the output column gives whose id the sibling is. */
export const valueOfOutput = (sibling: string) => ({ 'x-output': sibling })

/** Says that fields in it are those of a record of the scenario, whose alias is one of its own properties. */
export const recordNamed = (alias: string) => ({ 'x-record': alias })

/** Says that everything in it speaks about the rows of the sub-table that the sibling names. */
export const rowsOf = (sibling: string) => ({ 'x-rows': sibling })

/** Options of a closed object of which exactly one of these properties must be given. */
export const exactlyOne = (...names: readonly string[]) => ({ 'x-exactlyOne': names })

/** A schema under the names it has at this place. Marks of the schema stay; options (limits, references) are added. */
export const named = <S extends TSchema>(
  schema: S,
  zh: string,
  en: string,
  description: string,
  options: object = {},
): TUnsafe<Static<S>> => {
  const names = about(zh, en, description)
  const ui = (schema as { readonly 'x-ui'?: object })['x-ui']
  return Type.Unsafe<Static<S>>({ ...schema, ...names, 'x-ui': { ...ui, ...names['x-ui'] }, ...options })
}

/** A closed object: an unknown property is a problem. */
export const Closed = <P extends TProperties>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

/** Permanent id of an authored element. */
export const Slug = (options: object = {}) => Type.String({ pattern: slugPattern, ...options })

/** A human text: a string, or a map by language. */
export const Text = Type.Unsafe<string | Record<string, string>>({
  anyOf: [
    { type: 'string', maxLength: 4000 },
    {
      type: 'object',
      minProperties: 1,
      additionalProperties: { type: 'string', maxLength: 4000 },
      propertyNames: { pattern: '^[a-z]{2}(-[A-Z]{2})?$' },
    },
  ],
  'x-ui': { control: 'text' },
})

export const Duration = (options: object = {}) =>
  Type.String({
    pattern: '^P(\\d+W|(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?)$',
    examples: ['PT15M', 'PT4H', 'P3D'],
    ...options,
  })
export const Day = (options: object = {}) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['2026-03-02'], ...options })
export const TimeOfDay = (options: object = {}) =>
  Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$', examples: ['09:00', '24:00'], ...options })
export const FormulaText = (options: { readonly 'x-ui'?: object; readonly [keyword: string]: unknown } = {}) =>
  Type.String({ minLength: 1, maxLength: 4000, ...options, 'x-ui': { ...options['x-ui'], control: 'formula' } })

/** Name of an icon of the UI kit: `truck`. */
export const Icon = Type.Unsafe<string>({ type: 'string', 'x-ui': { control: 'icon' } })

/** A human text with `{{path}}` placeholders. */
export const TemplateText = Type.Unsafe<Static<typeof Text>>({ ...Text, 'x-template': true })

/** What authors read for each value of a closed list: Chinese, English. A value without words does not compile. */
export type WordsOf<V extends string> = { readonly [K in V]: readonly [zh: string, en: string] }

/** `x-ui.names` of a closed list. */
const namesOf = <V extends string>(words: WordsOf<V>) =>
  Object.fromEntries(
    Object.entries<readonly [string, string]>(words).map(([value, [zh, en]]) => [value, { 'zh-CN': zh, en }]),
  )

/** One of these values; people choose among their words. */
export const OneOf = <const V extends readonly string[]>(
  values: V,
  words: WordsOf<V[number]>,
  options: { readonly 'x-ui'?: object; readonly [keyword: string]: unknown } = {},
): TUnsafe<V[number]> =>
  Type.Unsafe<V[number]>({
    type: 'string',
    enum: [...values],
    ...options,
    'x-ui': { ...options['x-ui'], names: namesOf(words) },
  })

/** Colours by meaning. */
export const toneWords = {
  info: ['蓝色（信息）', 'Blue (information)'],
  success: ['绿色（成功）', 'Green (success)'],
  warning: ['橙色（注意）', 'Amber (warning)'],
  danger: ['红色（危险）', 'Red (danger)'],
  neutral: ['灰色（普通）', 'Grey (neutral)'],
  violet: ['紫色', 'Violet'],
  teal: ['青色', 'Teal'],
} as const
export const buttonWords = {
  primary: ['主要按钮', 'Main button'],
  danger: ['危险按钮', 'Dangerous'],
  default: ['普通按钮', 'Plain'],
} as const

/** The one value of a branch of a union, in the author's words. */
export const literally = <const V extends string | true>(value: V, zh: string, en: string) =>
  Type.Literal(value, { title: en, 'x-ui': { titles: { 'zh-CN': zh, en } } })

/**
 * A union told apart by one property. Printed as `oneOf` with a discriminator, so that a wrong document gets the
 * problems of the branch it meant and no others.
 */
export function taggedUnion<const S extends readonly TObject[]>(
  tag: string,
  branches: S,
  options: object = {},
): TUnsafe<Static<S[number]>> {
  return Type.Unsafe<Static<S[number]>>({
    type: 'object',
    required: [tag],
    discriminator: { propertyName: tag },
    oneOf: [...branches],
    ...options,
  })
}

/** A union of closed objects told apart by which of their (first, required) property is present, as in `{role}` or `{user}`. */
export function keyedUnion<const S extends readonly TSchema[]>(
  branches: S,
  options: object = {},
): TUnsafe<Static<S[number]>> {
  return Type.Unsafe<Static<S[number]>>({ anyOf: [...branches], 'x-keyed': true, ...options })
}

export const kindHead = <K extends string>(kind: K) => ({
  $schema: Type.Optional(
    Type.String(about('模式', 'Schema', 'Address of the JSON Schema, for editors. No meaning at run time.')),
  ),
  id: Slug(about('标识', 'Id', 'Permanent id, equal to the file name. Never changed.')),
  kind: Type.Literal(kind),
  schemaVersion: Type.Literal(1, about('格式版本', 'Format version', 'Version of this document format.')),
})
