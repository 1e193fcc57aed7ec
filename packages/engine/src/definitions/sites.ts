import { linkedFormName } from '../conditions/read-fact.ts'
import { isObject } from '../kernel/json.ts'
import { pointer } from '../kernel/pointer.ts'
import type { FormLookup, FormModel } from '../model.ts'
import type { Condition, FactName } from './condition.ts'
import type { AppDocument } from './documents.ts'
import { recordForm } from './scenario-records.ts'
import type { ReferenceRule } from './schema.ts'
import { propertySchema, type SchemaNode, settledSchema } from './schema-walk.ts'

type At = {
  /** Path of the file and JSON Pointer inside it. */
  readonly path: string
  readonly document: AppDocument
  /** Name of the form that fields at this place belong to; undefined: none. */
  readonly form: string | undefined
  /** The sub-table of the form whose columns are meant instead of the form's own fields. */
  readonly rows?: string | undefined
}

/** A place in a document that speaks of something else: what the schema marks as such. */
export type Site = At &
  (
    | {
        readonly type: 'reference'
        readonly rule: ReferenceRule
        readonly text: string /** What the sibling named by `of` says. */
        readonly of: string | undefined
        /** It stands before the colon: a key of a record. */
        readonly isKey: boolean
      }
    | {
        readonly type: 'condition'
        readonly condition: Condition /** Facts there are at this place; undefined: those of the kind of document. */
        readonly facts: readonly FactName[] | undefined
      }
    | { readonly type: 'formula'; readonly formula: string }
    /** Unary tests of a decision table's cell. */
    | { readonly type: 'unaryTests'; readonly tests: string }
    | { readonly type: 'ref'; readonly ref: string }
    /** A value of a field, or of an output column of the decision table it stands in, as it is written or computed. */
    | {
        readonly type: 'value'
        readonly rule: ReferenceRule
        readonly of: string | undefined
        readonly field: string
        readonly value: unknown
      }
    | { readonly type: 'template'; readonly text: string }
    /** The name of a secret. */
    | { readonly type: 'secret'; readonly name: string }
  )

/**
 * Every site of a document, in document order. Conditions are sites as a whole; what they read is told by
 * `conditionReads`. The document must be valid.
 */
export function sitesOf(document: AppDocument): readonly Site[] {
  const sites: Site[] = []
  const root = document.schema
  walk(document.json, document.schema, { path: document.path, document, form: document.form }, {})
  return sites

  function walk(value: unknown, schema: SchemaNode, at: At, parent: { readonly [key: string]: unknown }): void {
    const here = scoped(schema, at, parent)
    if (isConditionSchema(schema)) {
      sites.push({
        ...here,
        type: 'condition',
        condition: value as Condition,
        facts: schema['x-facts'] as readonly FactName[] | undefined,
      })
      return
    }
    const given = schema['x-value'] as ReferenceRule | undefined
    if (given)
      sites.push({ ...here, type: 'value', rule: ownForm, of: undefined, field: siblingOf(given, parent) ?? '', value })
    const output = schema['x-output']
    if (typeof output === 'string')
      sites.push({ ...here, type: 'value', rule: ownOutput, of: undefined, field: String(parent[output]), value })
    const known = settledSchema(value, schema, root)
    const site = typeof value === 'string' ? siteOf(value, schema, known, here, parent) : undefined
    if (site) sites.push(site)
    if (schema['x-template'] === true && isObject(value)) walkTexts(value, here)
    else if (known) walkInside(value, known, here, parent)
  }

  function walkInside(value: unknown, schema: SchemaNode, at: At, parent: { readonly [key: string]: unknown }): void {
    // Entries of a list have the same siblings as the list itself: `card` beside `form`.
    if (Array.isArray(value)) {
      const items = (schema.items ?? {}) as SchemaNode
      for (const [index, item] of value.entries()) walk(item, items, below(at, index), parent)
    } else if (isObject(value)) walkObject(value, schema, at, parent)
  }

  function walkObject(
    value: { readonly [key: string]: unknown },
    schema: SchemaNode,
    at: At,
    parent: { readonly [key: string]: unknown },
  ): void {
    const keys = schema['x-keys'] as ReferenceRule | undefined
    const own = inside(value, schema, at)
    for (const [key, item] of Object.entries(value)) {
      if (keys)
        sites.push({
          ...below(at, key),
          type: 'reference',
          rule: keys,
          text: key,
          of: siblingOf(keys, parent),
          isKey: true,
        })
      if (keys?.values)
        sites.push({
          ...below(at, key),
          type: 'value',
          rule: keys,
          of: siblingOf(keys, parent),
          field: key,
          value: item,
        })
      const inner = propertySchema(key, schema)
      // A record keyed by forms: each value speaks about the form of its key.
      const place = below(own, key)
      // Entries of a record have the siblings of the record, as those of a list have.
      if (inner) walk(item, inner, keys?.kind === 'form' ? { ...place, form: key } : place, keys ? parent : value)
    }
  }

  function walkTexts(value: { readonly [key: string]: unknown }, at: At): void {
    for (const [language, text] of Object.entries(value))
      sites.push({ ...below(at, language), type: 'template', text: String(text) })
  }
}

const ownForm: ReferenceRule = { kind: 'field' }
const ownOutput: ReferenceRule = { kind: 'decisionOutput' }

const below = (at: At, key: string | number): At => ({ ...at, path: `${at.path}${pointer(key)}` })

const isConditionSchema = (schema: SchemaNode): boolean => schema.$ref === '#/$defs/Condition'

/** `x-of` moves a place to the form that a sibling names, `x-rows` to the rows of the sub-table that it names. */
function scoped(schema: SchemaNode, at: At, parent: { readonly [key: string]: unknown }): At {
  const name = schema['x-of']
  const form = typeof name === 'string' ? parent[name] : undefined
  if (typeof form === 'string') return { ...at, form, rows: undefined }
  const table = schema['x-rows']
  const rows = typeof table === 'string' ? parent[table] : undefined
  return typeof rows === 'string' ? { ...at, rows } : at
}

/** The form whose fields are meant at a site: of a column's formula, the form of the row. */
export function formAt(site: Site, lookup: FormLookup): FormModel | undefined {
  const form = site.form === undefined ? undefined : lookup(site.form)
  return site.rows === undefined ? form : form?.fields.get(site.rows)?.rows
}

/** The form whose fields, stages or views a reference means: that of the place, or the one the sibling leads to. */
export function formMeant(
  { rule, of }: { readonly rule: ReferenceRule; readonly of: string | undefined },
  form: FormModel | undefined,
  lookup: FormLookup,
): FormModel | undefined {
  if (rule.of === undefined) return form
  if (of === undefined) return undefined
  if (!rule.through) return lookup(of)
  const target = form?.fields.get(of)?.target
  return form && target?.kind === 'record' ? lookup(linkedFormName(form, target)) : undefined
}

/**
 * `x-scope` says which of an object's own properties names the form that everything in it speaks about, `x-record` which
 * names a record of the scenario, whose form it is unless the object says one itself.
 */
function inside(value: { readonly [key: string]: unknown }, schema: SchemaNode, at: At): At {
  if (typeof schema['x-record'] === 'string') {
    const alias = value[schema['x-record']]
    const step = Number(/\/steps\/(\d+)/.exec(at.path)?.[1] ?? 0)
    const own = typeof value.form === 'string' ? value.form : undefined
    return { ...at, form: own ?? recordForm(at.document.json, typeof alias === 'string' ? alias : undefined, step) }
  }
  const name = schema['x-scope']
  const form = typeof name === 'string' ? value[name] : undefined
  return typeof form === 'string' ? { ...at, form } : at
}

const siblingOf = (rule: ReferenceRule, parent: { readonly [key: string]: unknown }): string | undefined => {
  const value = rule.of === undefined ? undefined : parent[rule.of]
  return typeof value === 'string' ? value : undefined
}

function siteOf(
  text: string,
  schema: SchemaNode,
  known: SchemaNode | undefined,
  at: At,
  parent: { readonly [key: string]: unknown },
): Site | undefined {
  if (schema['x-template'] === true) return { ...at, type: 'template', text }
  const rule = known?.['x-refers'] as ReferenceRule | undefined
  if (rule)
    return rule.except?.includes(text) || (rule.exceptPrefix !== undefined && text.startsWith(rule.exceptPrefix))
      ? undefined
      : { ...at, type: 'reference', rule, text, of: siblingOf(rule, parent), isKey: false }
  if (known?.['x-secret'] === true) return { ...at, type: 'secret', name: text }
  if (known?.['x-ref'] === true) return { ...at, type: 'ref', ref: text }
  const ui = known?.['x-ui']
  if (!isObject(ui)) return undefined
  if (ui.control === 'unaryTests') return { ...at, type: 'unaryTests', tests: text }
  return ui.control === 'formula' ? { ...at, type: 'formula', formula: text } : undefined
}
