import { isObject } from '../kernel/json.ts'
import { propertySchema, type SchemaNode, schemaProperties, settledSchema } from './schema-walk.ts'

/**
 * Canonical text: one document has exactly one text, so files diff, merge and round-trip byte for byte.
 *
 * - Keys stand in the schema's order, `$schema` and `id` before all; keys of records keep the author's order; keys the
 *   schema does not know come last.
 * - Two spaces, LF, a final newline. What fits into 120 columns stands on one line, everything else has one member a
 *   line; the document itself is always open. That is how Biome and Prettier print JSON, so editors leave it alone.
 */
const columns = 120

/**
 * The canonical text of a JSON document under its schema. The document need not be valid. `JSON.parse` of the text
 * gives an equal document, and canonical text is its own canonical text.
 */
export function canonicalText(doc: unknown, schema: object): string {
  const root = schema as SchemaNode
  return `${open(arrange(doc, root, root), 0)}\n`
}

/** A value in its order, with its text on one line where that is short enough to matter. */
type Arranged =
  | { readonly kind: 'scalar'; readonly flat: string; readonly width: number }
  | {
      readonly kind: 'array'
      readonly items: readonly Arranged[]
      readonly flat: string | undefined
      readonly width: number
    }
  | {
      readonly kind: 'object'
      readonly entries: readonly (readonly [string, Arranged])[]
      readonly flat: string | undefined
      readonly width: number
    }

function arrange(value: unknown, schema: SchemaNode | undefined, root: SchemaNode): Arranged {
  const known = schema && settledSchema(value, schema, root)
  if (Array.isArray(value)) {
    const itemSchema = known?.items as SchemaNode | undefined
    return arrangedArray(value.map((item) => arrange(item === undefined ? null : item, itemSchema, root)))
  }
  if (isObject(value))
    return arrangedObject(
      orderedKeys(value, known).map((key) => [key, arrange(value[key], known && propertySchema(key, known), root)]),
    )
  const flat = JSON.stringify(value) ?? 'null'
  return { kind: 'scalar', flat, width: textWidth(flat) }
}

function orderedKeys(value: Record<string, unknown>, schema: SchemaNode | undefined): readonly string[] {
  const present = Object.keys(value).filter((key) => value[key] !== undefined)
  const declared = schema ? Object.keys(schemaProperties(schema)) : []
  const leading = declared.length === 0 ? [] : ['$schema', 'id']
  const order = [...new Set([...leading, ...declared])].filter((key) => present.includes(key))
  return [...order, ...present.filter((key) => !order.includes(key))]
}

function arrangedArray(items: readonly Arranged[]): Arranged {
  const flat = joined(
    items.map((item) => item.flat),
    '[',
    ']',
  )
  return { kind: 'array', items, ...flat }
}

function arrangedObject(entries: readonly (readonly [string, Arranged])[]): Arranged {
  const members = entries.map(([key, value]) =>
    value.flat === undefined ? undefined : `${JSON.stringify(key)}: ${value.flat}`,
  )
  const flat = joined(members, '{ ', ' }')
  return { kind: 'object', entries, ...flat }
}

/** The members on one line; no text once it is sure not to fit, so that work stays linear in the document's size. */
function joined(
  members: readonly (string | undefined)[],
  before: string,
  after: string,
): { readonly flat: string | undefined; readonly width: number } {
  if (members.length === 0) return { flat: `${before}${after}`.replaceAll(' ', ''), width: 2 }
  if (members.includes(undefined)) return { flat: undefined, width: columns + 1 }
  const flat = `${before}${members.join(', ')}${after}`
  const width = textWidth(flat)
  return width > columns ? { flat: undefined, width } : { flat, width }
}

/** Text with one member a line. `depth` is the nesting of the closing bracket. */
function open(value: Arranged, depth: number): string {
  if (value.kind === 'scalar') return value.flat
  const inner = '  '.repeat(depth + 1)
  const lines =
    value.kind === 'array'
      ? value.items.map((item, at) => ({ head: '', value: item, isLast: at === value.items.length - 1 }))
      : value.entries.map(([key, item], at) => ({
          head: `${JSON.stringify(key)}: `,
          value: item,
          isLast: at === value.entries.length - 1,
        }))
  if (lines.length === 0) return value.kind === 'array' ? '[]' : '{}'
  const body = lines.map((line) => {
    const room = columns - inner.length - textWidth(line.head) - (line.isLast ? 0 : 1)
    const text =
      line.value.flat !== undefined && line.value.width <= room ? line.value.flat : open(line.value, depth + 1)
    return `${inner}${line.head}${text}`
  })
  const [before, after] = value.kind === 'array' ? ['[', ']'] : ['{', '}']
  return `${before}\n${body.join(',\n')}\n${'  '.repeat(depth)}${after}`
}

// East Asian wide and fullwidth characters take two columns (Unicode Standard Annex #11), as editors show them.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u

function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += wide.test(character) ? 2 : 1
  return width
}
