import { elementsOf } from '../definitions/elements.ts'
import { isObject } from '../kernel/json.ts'
import { valueAt } from '../merge/diff.ts'
import type { AppFilesDocument } from '../merge/words.ts'
import { entryName, isWithin, pathOfAddress } from './addresses.ts'

/**
 * The files with one element (or a whole file) as it was in others: in the place of what it has become, or, where it is
 * gone, behind the neighbour it stood behind. Its address is retired no more. Undefined: it was not there then, or what
 * it stood in is gone itself.
 */
export function withRestored(
  now: AppFilesDocument,
  then: AppFilesDocument,
  address: string,
): AppFilesDocument | undefined {
  const [file = '', ...names] = pathOfAddress(address)
  const value = valueAt(then, [file, ...names])
  if (value === undefined) return undefined
  const document = names.length === 0 ? value : inserted(now[file], then[file], names)
  return document === undefined ? undefined : unretired({ ...now, [file]: document }, address)
}

function inserted(now: unknown, then: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(then)) return insertedEntry(Array.isArray(now) ? now : [], then, name, rest)
  if (!isObject(then) || !isObject(now)) return undefined
  const before = Object.hasOwn(now, name) ? now[name] : undefined
  const value = rest.length === 0 ? then[name] : inserted(before, then[name], rest)
  return value === undefined ? undefined : { ...now, [name]: value }
}

function insertedEntry(
  now: readonly unknown[],
  then: readonly unknown[],
  name: string,
  rest: readonly string[],
): unknown {
  const names = now.map(entryName)
  const at = names.indexOf(name)
  const place = then.findIndex((entry, index) => entryName(entry, index) === name)
  if (rest.length > 0) {
    const value = at < 0 ? undefined : inserted(now[at], then[place], rest)
    return value === undefined ? undefined : now.with(at, value)
  }
  if (at >= 0) return now.with(at, then[place])
  const before = then.slice(0, place).map(entryName)
  const neighbour = names.findLastIndex((one) => before.includes(one))
  return now.toSpliced(neighbour + 1, 0, then[place])
}

/** `retired` keeps addresses without `.json`: forms/ticket/fields/cost. */
function unretired(files: AppFilesDocument, address: string): AppFilesDocument {
  const app = files['app.json']
  if (!isObject(app) || !Array.isArray(app.retired)) return files
  const own = address.replace('.json', '')
  const retired = app.retired.filter((one) => !isWithin(String(one), own))
  if (retired.length === app.retired.length) return files
  const { retired: _, ...others } = app
  return { ...files, 'app.json': retired.length === 0 ? others : { ...others, retired } }
}

/** Addresses of what stood in some files and does not in others: whole files, else the outermost elements. */
export function goneElements(now: AppFilesDocument, then: AppFilesDocument): readonly string[] {
  return Object.entries(then).flatMap(([file, document]) => {
    if (!Object.hasOwn(now, file)) return [file]
    const kept = new Set(elementsOf(now[file]).map((element) => element.address))
    const gone = elementsOf(document).filter((element) => !kept.has(element.address))
    return gone
      .filter(({ address }) => !gone.some((other) => other.address !== address && isWithin(address, other.address)))
      .map(({ address }) => `${file}/${address}`)
  })
}
