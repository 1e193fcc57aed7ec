import type { FieldModel } from '@tenon/engine'

const longest = 63
const slug = /^[a-z][a-z0-9_]*$/

/**
 * Table of a form's records, at most 63 bytes: `r_<app>_<form>`. Two apps must never share a table, so where that could
 * be read in two ways (the form's id has an underscore) or is too long, a hash of both ids is appended. It begins with
 * a digit, which no id does.
 */
export function tableName(app: string, form: string): string {
  const name = `r_${checked(app)}_${checked(form)}`
  if (!form.includes('_') && name.length <= longest) return name
  const suffix = `_0${hash(`${app}/${form}`)}`
  return name.slice(0, longest - suffix.length) + suffix
}

/** Column of an authored field: `f_<id>`. */
export const columnName = (field: string): string => `f_${checked(field)}`

/** Column of a field as forms know it: system fields are columns of their own name. */
export const columnOf = (field: Pick<FieldModel, 'id' | 'system'>): string => (field.system ? checked(field.id) : columnName(field.id))

/** Identifiers come from published definitions only; anything else here is a bug. */
function checked(id: string): string {
  if (!slug.test(id)) throw new Error(`not an id of a definition: ${JSON.stringify(id)}`)
  return id
}

/** FNV-1a over the bytes of ASCII text, two lanes. */
function hash(text: string): string {
  let one = 0x811c9dc5
  let two = 0xcbf29ce4
  for (let index = 0; index < text.length; index++) {
    one = Math.imul(one ^ text.charCodeAt(index), 0x01000193)
    two = Math.imul(two ^ text.charCodeAt(text.length - 1 - index), 0x01000193)
  }
  return (one >>> 0).toString(36) + (two >>> 0).toString(36)
}
