import type { Site } from '../definitions/sites.ts'
import { isObject } from '../kernel/json.ts'
import { pointer, pointerParts } from '../kernel/pointer.ts'
import type { AppFilesDocument } from '../merge/words.ts'
import { addressOfPath, namesAlong } from './addresses.ts'

/** A place inside an app's files, by position and by names. */
export type Place = {
  readonly file: string
  /** JSON Pointer inside the file. */
  readonly pointer: string
  /** File first, then properties and the names of entries. */
  readonly names: readonly string[]
  readonly address: string
}

/** The place a path such as `/flows/sop.json/nodes/1/limit` means. */
export function placeAt(path: string, files: AppFilesDocument): Place {
  const whole = path.slice(1)
  const file = Object.keys(files).find((one) => whole === one || whole.startsWith(`${one}/`)) ?? whole
  const parts = pointerParts(whole.slice(file.length))
  const names = [file, ...namesAlong(files[file], parts)]
  return { file, pointer: pointer(...parts), names, address: addressOfPath(names) }
}

/** Address of the innermost element around a place: a field, a node, an edge …; else of the document. */
export function elementAround({ file, pointer: path }: Place, files: AppFilesDocument): string {
  const parts = pointerParts(path)
  let value: unknown = files[file]
  let innermost = 0
  for (const [at, part] of parts.entries()) {
    const isList = Array.isArray(value)
    value = isList ? (value as unknown[])[Number(part)] : isObject(value) ? value[part] : undefined
    if (isList && isObject(value) && (typeof value.id === 'string' || typeof value.section === 'string'))
      innermost = at + 1
  }
  return addressOfPath([file, ...namesAlong(files[file], parts.slice(0, innermost))])
}

/**
 * How a place mentions something. `entry` of a list, `key` of a record and a `property` can be taken out as they are;
 * a `condition`, a `formula`, a `text` or a `value` means something else without it and must be thought about.
 */
export type HowMentioned = 'entry' | 'key' | 'property' | 'condition' | 'formula' | 'text' | 'value'

export function howMentioned(site: Site, { pointer: path }: Place): HowMentioned {
  if (site.type === 'condition' || site.type === 'value') return site.type
  if (site.type === 'formula' || site.type === 'unaryTests') return 'formula'
  if (site.type === 'template') return 'text'
  if (site.type === 'ref' || site.type === 'secret') return 'property'
  if (site.isKey) return 'key'
  const parts = pointerParts(path)
  const isEntry = /^\d+$/.test(parts.at(-1) ?? '') || (parts.at(-1) === 'field' && /^\d+$/.test(parts.at(-2) ?? ''))
  return isEntry ? 'entry' : 'property'
}
