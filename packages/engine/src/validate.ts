/**
 * Validation by ajv. A sub-path of its own because ajv makes code at run time, which no page may: only the server and
 * the command line import it.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { type DocumentKind, documentKinds, type SourceFile } from './definitions/kinds.ts'
import type { SchemaNode } from './definitions/schema-walk.ts'
import { isSlug } from './kernel/ids.ts'
import { isObject, type JsonObject } from './kernel/json.ts'
import { pointer } from './kernel/pointer.ts'
import { type Problem, problem } from './kernel/problem.ts'
import { guardedSchema } from './validation/guarded-schema.ts'
import { refuseDocument } from './validation/refusals.ts'
import { toldError } from './validation/told-error.ts'

/** More problems than anybody reads at once. */
const maxProblems = 200

// Tags and keys of unions are required where the properties are not declared, hence not strictRequired.
const strict = {
  strict: true,
  strictRequired: false,
  allErrors: true,
  allowUnionTypes: true,
  verbose: true,
  coerceTypes: false,
  useDefaults: false,
  removeAdditional: false,
} as const

/**
 * The problems of definition files, each by itself: is the file one of the app's, does it fit the schema of its kind,
 * is its id its name. Paths are the file's path and the JSON Pointer inside it: `/forms/ticket.json/fields/2/label`.
 * What concerns several documents is `lintApp`'s. `kinds` are the documents an app may have, by name.
 */
export function validateFiles(
  files: readonly SourceFile[],
  kinds: { readonly [kind: string]: DocumentKind } = documentKinds,
): Problem[] {
  return files.flatMap((file) => {
    const kind = kindOf(file.path, kinds)
    if (!kind) return [problem('document.unknownKind', filePath(file.path), { file: file.path })]
    return validateDocument(file, kind)
  })
}

/** Path of a file's problems: `forms/ticket.json` is `/forms/ticket.json`. */
const filePath = (path: string): string => pointer(...path.split('/'))

function kindOf(path: string, kinds: { readonly [kind: string]: DocumentKind }): DocumentKind | undefined {
  if (path === 'app.json') return Object.values(kinds).find((kind) => kind.folder === '')
  const [folder, name = '', ...rest] = path.split('/')
  if (rest.length > 0 || !name.endsWith('.json') || !isSlug(idIn(path))) return undefined
  return Object.values(kinds).find((kind) => kind.folder !== '' && kind.folder === folder)
}

/** The id a file's name says. */
const idIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.json'.length)

function validateDocument(file: SourceFile, kind: DocumentKind): Problem[] {
  const base = filePath(file.path)
  return [...validateJson(file.json, kind.schema, base), ...idProblem(file, kind, base)]
}

/** What is wrong with JSON that a person wrote after a schema, said in words; paths begin with `base`. */
export function validateJson(json: unknown, schema: object, base = ''): Problem[] {
  const refused = refuseDocument(json, schema as SchemaNode, base)
  if (refused) return [refused]
  const validate = documentValidator(schema as SchemaNode)
  return validate(json) ? [] : told(validate.errors ?? [], base)
}

function idProblem(file: SourceFile, kind: DocumentKind, base: string): Problem[] {
  const id = isObject(file.json) ? file.json.id : undefined
  if (kind.folder === '' || typeof id !== 'string' || id === idIn(file.path)) return []
  return [problem('document.idMismatch', `${base}/id`, { id, file: file.path })]
}

function told(errors: readonly ErrorObject[], base: string): Problem[] {
  const found = errors.slice(0, maxProblems * 5).flatMap((error) => toldError(error, base) ?? [])
  const once = new Map(found.map((one) => [`${one.code} ${one.path}`, one]))
  return [...once.values()].slice(0, maxProblems)
}

const validators = new WeakMap<object, ValidateFunction>()

/** Compiled once per schema: the schemas of our documents are constants. */
function documentValidator(schema: SchemaNode): ValidateFunction {
  const known = validators.get(schema)
  if (known) return known
  const ajv = new Ajv({ ...strict, discriminator: true })
  ajv.addVocabulary([...ownKeywords(schema)].filter((keyword) => keyword !== 'x-exactlyOne'))
  ajv.addKeyword({ keyword: 'x-choice', schemaType: 'object', validate: () => false })
  ajv.addKeyword({ keyword: 'x-severalOf', schemaType: 'array', type: 'object', validate: hasSeveral })
  ajv.addKeyword({ keyword: 'x-exactlyOne', schemaType: 'array', type: 'object', validate: hasExactlyOne })
  // A plain copy: ajv must not see the marks TypeBox keeps beside the schema.
  const validate = ajv.compile(guardedSchema(JSON.parse(JSON.stringify(schema)) as SchemaNode))
  validators.set(schema, validate)
  return validate
}

const countOf = (names: readonly string[], data: object): number =>
  names.filter((name) => Object.hasOwn(data, name)).length
const hasExactlyOne = (names: readonly string[], data: object): boolean => countOf(names, data) === 1
const hasSeveral = (names: readonly string[], data: object): boolean => countOf(names, data) > 1

/** Checks the data of one form against its JSON Schema; gives every problem, with paths into the data. */
export type DataValidator = (data: unknown) => Problem[]

/**
 * A validator of form data from a JSON Schema in the draft-07 dialect. Nothing is coerced, filled in or removed.
 * Compiling is expensive: keep the result as long as the form's version lives.
 */
export function compileDataValidator(schema: JsonObject): DataValidator {
  const ajv = new Ajv({ ...strict, strictTypes: false })
  addDataFormats(ajv)
  ajv.addVocabulary([...ownKeywords(schema)])
  const validate = ajv.compile(schema)
  return (data) => (validate(data) ? [] : (validate.errors ?? []).slice(0, maxProblems).map(toldDataError))
}

const addDataFormats = (ajv: Ajv) =>
  addFormats.default(ajv, { mode: 'fast', formats: ['date', 'time', 'date-time', 'duration', 'email', 'uri', 'uuid'] })

/** Names of the `x-…` keywords used anywhere in a schema: notes for the renderer, without meaning to the validator. */
function ownKeywords(node: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(node)) for (const item of node) ownKeywords(item, found)
  if (isObject(node))
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith('x-')) found.add(key)
      ownKeywords(value, found)
    }
  return found
}

function toldDataError(error: ErrorObject): Problem {
  const { missingProperty, additionalProperty } = error.params as {
    readonly missingProperty?: string
    readonly additionalProperty?: string
  }
  const labelAt = (schema: unknown, fallback: string) =>
    isObject(schema) && typeof schema.title === 'string' ? schema.title : fallback
  if (missingProperty !== undefined) {
    const properties = error.parentSchema?.properties as { readonly [name: string]: unknown } | undefined
    return problem('field.required', `${error.instancePath}${pointer(missingProperty)}`, {
      label: labelAt(properties?.[missingProperty], missingProperty),
    })
  }
  if (additionalProperty !== undefined)
    return problem('field.unknown', `${error.instancePath}${pointer(additionalProperty)}`, {
      field: additionalProperty,
    })
  const name = error.instancePath.split('/')[1] ?? ''
  return problem('field.invalid', error.instancePath, {
    label: labelAt(error.parentSchema, name),
    reason: error.message ?? error.keyword,
  })
}
