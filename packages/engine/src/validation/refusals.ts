import { forbiddenKeys, maxDocumentDepth, maxDocumentLength } from '../definitions/parse-document.ts'
import { resolveSchema, type SchemaNode, schemaProperties } from '../definitions/schema-walk.ts'
import { isObject } from '../kernel/json.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'

/**
 * What makes a document not worth looking at in detail: too much text, too many levels, too many entries in one of its
 * lists, a key that reaches a prototype. Asked first, because collecting every problem of a huge document is work an
 * attacker would like us to do.
 */
export function refuseDocument(json: unknown, schema: SchemaNode, base: string): Problem | undefined {
  return refuseCounts(json, schema, base) ?? new Walk(base).look(json, [])
}

function refuseCounts(json: unknown, schema: SchemaNode, base: string): Problem | undefined {
  if (!isObject(json)) return undefined
  for (const [name, property] of Object.entries(schemaProperties(schema))) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined
    const max = resolveSchema(property, schema).maxItems
    if (Array.isArray(value) && typeof max === 'number' && value.length > max)
      return problem('document.tooMany', `${base}${pointer(name)}`, { max, count: value.length })
  }
  return undefined
}

class Walk {
  readonly base: string
  length = 0

  constructor(base: string) {
    this.base = base
  }

  look(value: unknown, path: readonly (string | number)[]): Problem | undefined {
    this.length += typeof value === 'string' ? value.length + 2 : 2
    if (this.length > maxDocumentLength) return problem('document.tooLarge', this.base, { max: maxDocumentLength })
    if (typeof value !== 'object' || value === null) return undefined
    if (path.length >= maxDocumentDepth)
      return problem('document.tooDeep', `${this.base}${pointer(...path)}`, { max: maxDocumentDepth })
    const isList = Array.isArray(value)
    for (const [key, item] of Object.entries(value)) {
      this.length += isList ? 0 : key.length + 4
      const place = [...path, key]
      if (forbiddenKeys.has(key)) return problem('document.forbiddenKey', `${this.base}${pointer(...place)}`, { key })
      const found = this.look(item, place)
      if (found) return found
    }
    return undefined
  }
}
