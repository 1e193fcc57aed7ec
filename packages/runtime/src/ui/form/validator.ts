import { type Schema, Validator } from '@cfworker/json-schema'
import type { ErrorSchema, RJSFSchema, ValidationData, ValidatorType } from '@rjsf/utils'
import { type Json, own, pointerParts } from '@tenon/engine'

/** One violation of a JSON Schema: where, which keyword, and what the keyword asks. */
export type SchemaProblem = { readonly path: string; readonly keyword: string; readonly limit: Json | undefined }

const compiled = new WeakMap<object, Validator>()

function validatorOf(schema: RJSFSchema): Validator {
  const known = compiled.get(schema)
  if (known) return known
  const made = new Validator(schema as Schema, '7', false)
  compiled.set(schema, made)
  return made
}

// These only say that something below them is wrong, and what is below says it better.
const wrappers = new Set([
  'properties',
  'patternProperties',
  'items',
  'allOf',
  'anyOf',
  'oneOf',
  '$ref',
  'if',
  'then',
  'else',
])

/** Everything the data violates, without `eval`: the page's security policy forbids compiling validators. */
export function schemaProblems(schema: RJSFSchema, data: unknown): readonly SchemaProblem[] {
  const { valid, errors } = validatorOf(schema).validate(data)
  if (valid) return []
  return errors
    .filter(({ keyword }) => !wrappers.has(keyword))
    .map(({ instanceLocation, keyword, keywordLocation }) => ({
      path: instanceLocation.replace(/^#/, ''),
      keyword,
      limit: at(schema, keywordLocation) as Json | undefined,
    }))
}

const at = (schema: unknown, location: string): unknown =>
  pointerParts(decodeURIComponent(location.replace(/^#/, ''))).reduce<unknown>(
    (node, part) => (Array.isArray(node) ? node[Number(part)] : own(node, part)),
    schema,
  )

/** The validator rjsf asks; messages are the keyword, for our own templates put them into words. */
export const formValidator: ValidatorType = {
  validateFormData(formData: unknown, schema: RJSFSchema): ValidationData<never> {
    const problems = schemaProblems(schema, formData)
    const errorSchema: Record<string, { __errors: string[] }> = {}
    for (const { path, keyword } of problems) {
      const [field = ''] = pointerParts(path)
      const entry = errorSchema[field] ?? { __errors: [] }
      errorSchema[field] = { __errors: [...entry.__errors, keyword] }
    }
    return {
      errors: problems.map(({ path, keyword }) => ({ property: path, message: keyword, stack: `${path} ${keyword}` })),
      errorSchema: errorSchema as ErrorSchema<never>,
    }
  },
  isValid(schema: RJSFSchema, formData: unknown, rootSchema: RJSFSchema): boolean {
    try {
      // Branches of a union refer to definitions of the whole schema.
      const self =
        rootSchema === schema ? schema : { ...schema, definitions: rootSchema.definitions, $defs: rootSchema.$defs }
      return new Validator(self as Schema, '7').validate(formData).valid
    } catch {
      return false
    }
  },
  rawValidation: (schema: RJSFSchema, formData: unknown) => ({
    errors: [...schemaProblems(schema, formData)] as never[],
  }),
}
