import { isObject } from '../kernel/json.ts'
import type { AppFilesDocument } from '../merge/words.ts'
import { entryName, pathOfAddress } from './addresses.ts'
import type { HowMentioned } from './place.ts'

type Mentioned = { readonly address: string; readonly how: HowMentioned }

/**
 * The files without an element (`forms/ticket.json/fields/priority`) or a whole file, and without those mentions of it
 * that can simply be taken out. What else refers to it stays as it is, for a person to decide. An address at which
 * nothing stands changes nothing.
 */
export function withoutElement(
  files: AppFilesDocument,
  address: string,
  mentions: readonly Mentioned[] = [],
): AppFilesDocument {
  const gone = mentions.filter(({ how }) => how === 'entry' || how === 'key').map((one) => one.address)
  return [...gone, address].reduce(without, files)
}

function without(files: AppFilesDocument, address: string): AppFilesDocument {
  const [file = '', ...names] = pathOfAddress(address)
  if (!Object.hasOwn(files, file)) return files
  if (names.length > 0) return { ...files, [file]: removed(files[file], names) }
  const { [file]: _, ...others } = files
  return others
}

function removed(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value))
    return rest.length === 0
      ? value.filter((entry, at) => entryName(entry, at) !== name)
      : value.map((entry, at) => (entryName(entry, at) === name ? removed(entry, rest) : entry))
  if (!isObject(value) || !Object.hasOwn(value, name)) return value
  if (rest.length > 0) return { ...value, [name]: removed(value[name], rest) }
  const { [name]: _, ...others } = value
  return others
}
