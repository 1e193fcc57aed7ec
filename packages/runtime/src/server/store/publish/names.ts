import { sha256 } from '../canonical-json.ts'

/** PostgreSQL cuts longer names silently. */
const longest = 63
const short = (text: string): string => sha256(text).slice(0, 10)

/** Name of a form's table; `taken`: names that belong to other forms, because `a_b` + `c` reads like `a` + `b_c`. */
export function tableName(app: string, form: string, taken: ReadonlySet<string> = new Set()): string {
  const plain = `r_${app}_${form}`
  return plain.length > longest || taken.has(plain)
    ? `${plain.slice(0, longest - 11)}_${short(`${app}/${form}`)}`
    : plain
}

/** Name of a field's column; the second and later ones after the type of the field has changed. */
export const columnName = (field: string, generation: number): string =>
  generation === 1 ? `f_${field}` : `f_${field}_${generation}`

/** Name of an index: what it is for is in what it indexes, so equal indexes have equal names. */
export const indexName = (prefix: 'i' | 'u', table: string, columns: readonly string[]): string =>
  `${prefix}_${sha256(`${table}:${columns.join(',')}`).slice(0, 24)}`
