import { crc32, inflateRawSync } from 'node:zlib'
import { fail, ok, type Problem, pointer, problem, type Result } from '@tenon/engine'
import { isAppPath } from '../store/app-files.ts'

/** How much an archive may hold. Sizes are bytes after unpacking. */
export type ZipLimits = { readonly files: number; readonly fileBytes: number; readonly allBytes: number }

/** Where a problem of an entry is: its name as it stands in the archive. Problems of the whole archive have no place. */
const at = (name: string): string => pointer(name)

const sizes = { end: 22, central: 46, local: 30 } as const
const signatures = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 } as const
const longestComment = 65_535
const methods = { stored: 0, deflated: 8 } as const
const flags = { encrypted: 0x1, strongEncryption: 0x40, utf8: 0x800 } as const
/** In 32 bits: "look at the ZIP64 record". */
const zip64 = 0xffffffff
const madeBy = { unix: 3, macos: 19 } as const
const modes = { mask: 0o170000, regular: 0o100000, folder: 0o040000 } as const

type Entry = {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
  /** Unix mode, where the archive was made by a system that has one; else 0. */
  readonly mode: number
}

/**
 * The files of a ZIP by their names, or everything that is wrong with it. Nothing is unpacked that is too large, whatever
 * its header says, and an archive with one wrong entry is refused whole. Names that lead out of a folder, links, devices,
 * encryption, names given twice (also in another case or another Unicode form), entries inside each other, and contents
 * that do not match their checksum are wrong. Folders are passed over.
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits): Result<ReadonlyMap<string, Uint8Array>, Problem[]> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = readDirectory(zip, limits)
  if (!directory.ok) return directory
  const entries = directory.value
  const wrong = [...entries.flatMap(wrongEntry), ...doubles(entries)]
  if (wrong.length > 0) return fail(wrong)
  const files = entries.filter((entry) => !entry.name.endsWith('/'))
  if (files.length > limits.files) return fail([problem('archive.tooMany', '', { max: limits.files })])
  return unpackAll(zip, files, limits)
}

function unpackAll(
  zip: Buffer,
  entries: readonly Entry[],
  limits: ZipLimits,
): Result<ReadonlyMap<string, Uint8Array>, Problem[]> {
  const files = new Map<string, Uint8Array>()
  let left = limits.allBytes
  let free = 0
  for (const entry of [...entries].sort((one, other) => one.offset - other.offset)) {
    const most = Math.min(limits.fileBytes, left)
    const data = dataOf(zip, entry, free)
    if (!data) return fail([problem('archive.damaged', at(entry.name))])
    free = data.end
    const content = unpack(data.packed, entry, most)
    if (!content.ok) return fail([problem(content.error, at(entry.name), { max: megabytes(most) })])
    left -= content.value.byteLength
    files.set(entry.name, content.value)
  }
  return ok(files)
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`

function readDirectory(zip: Buffer, limits: ZipLimits): Result<readonly Entry[], Problem[]> {
  const unreadable = fail([problem('archive.unreadable', '')])
  const end = findEnd(zip)
  if (end === undefined) return unreadable
  const count = zip.readUInt16LE(end + 10)
  const size = zip.readUInt32LE(end + 12)
  const start = zip.readUInt32LE(end + 16)
  if (zip.readUInt16LE(end + 4) !== 0 || start === zip64 || start + size > end) return unreadable
  // Folders are entries too.
  if (count > 2 * limits.files) return fail([problem('archive.tooMany', '', { max: limits.files })])
  const entries: Entry[] = []
  let place = start
  for (let index = 0; index < count; index += 1) {
    const read = readEntry(zip, place, end)
    if (!read) return unreadable
    if (read.entry === 'encoding') return fail([problem('archive.nameEncoding', '', { position: index + 1 })])
    entries.push(read.entry)
    place = read.next
  }
  return place === start + size ? ok(entries) : unreadable
}

/** The end record: the last one, with a comment that ends where the file ends. */
function findEnd(zip: Buffer): number | undefined {
  const first = Math.max(0, zip.length - sizes.end - longestComment)
  for (let place = zip.length - sizes.end; place >= first; place -= 1)
    if (zip.readUInt32LE(place) === signatures.end && place + sizes.end + zip.readUInt16LE(place + 20) === zip.length)
      return place
  return undefined
}

function readEntry(zip: Buffer, place: number, end: number): { entry: Entry | 'encoding'; next: number } | undefined {
  if (place + sizes.central > end || zip.readUInt32LE(place) !== signatures.central) return undefined
  const nameLength = zip.readUInt16LE(place + 28)
  const next = place + sizes.central + nameLength + zip.readUInt16LE(place + 30) + zip.readUInt16LE(place + 32)
  if (next > end) return undefined
  const name = decoded(zip.subarray(place + sizes.central, place + sizes.central + nameLength))
  if (name === undefined) return { entry: 'encoding', next }
  const system = zip.readUInt8(place + 5)
  const isUnix = system === madeBy.unix || system === madeBy.macos
  return {
    next,
    entry: {
      name,
      flags: zip.readUInt16LE(place + 8),
      method: zip.readUInt16LE(place + 10),
      crc: zip.readUInt32LE(place + 16),
      packed: zip.readUInt32LE(place + 20),
      size: zip.readUInt32LE(place + 24),
      offset: zip.readUInt32LE(place + 42),
      mode: isUnix ? zip.readUInt16LE(place + 40) : 0,
    },
  }
}

/** Text that is UTF-8; undefined: it is something else. */
export function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // The one way TextDecoder says it: the caller names the file.
    return undefined
  }
}

function wrongEntry({ name, flags: bits, method, mode }: Entry): readonly Problem[] {
  const path = name.endsWith('/') ? name.slice(0, -1) : name
  if (!isPassedOver(name) && !isAppPath(path)) return [problem('archive.path', at(name))]
  const type = mode & modes.mask
  if (type !== 0 && type !== modes.regular && type !== modes.folder) return [problem('archive.link', at(name))]
  if ((bits & (flags.encrypted | flags.strongEncryption)) !== 0) return [problem('archive.encrypted', at(name))]
  if (method !== methods.stored && method !== methods.deflated) return [problem('archive.method', at(name))]
  return []
}

/** What systems put into an archive beside what people put there. */
export const isPassedOver = (name: string): boolean =>
  /^__MACOSX\/([\p{L}\p{N}_. -]+\/)*(\._)?[\p{L}\p{N}_. -]*$/u.test(name) ||
  /^([\p{L}\p{N}_][\p{L}\p{N}_. -]*\/)*(\.DS_Store|Thumbs\.db|desktop\.ini)$/u.test(name)

function doubles(entries: readonly Entry[]): readonly Problem[] {
  const seen = new Set<string>()
  return entries.flatMap(({ name }) => {
    const folded = name.normalize('NFC').toLowerCase()
    const isDouble = seen.has(folded)
    seen.add(folded)
    return isDouble ? [problem('archive.duplicate', at(name))] : []
  })
}

/** The packed bytes of an entry, behind everything before it: entries that share bytes are how a small file unpacks to much. */
function dataOf(
  zip: Buffer,
  { name, offset, packed }: Entry,
  free: number,
): { packed: Buffer; end: number } | undefined {
  if (offset < free || offset + sizes.local > zip.length || zip.readUInt32LE(offset) !== signatures.local)
    return undefined
  const nameLength = zip.readUInt16LE(offset + 26)
  const start = offset + sizes.local + nameLength + zip.readUInt16LE(offset + 28)
  const end = start + packed
  const local = decoded(zip.subarray(offset + sizes.local, offset + sizes.local + nameLength))
  return packed === zip64 || end > zip.length || local !== name ? undefined : { packed: zip.subarray(start, end), end }
}

function unpack(
  data: Buffer,
  { method, size, crc }: Entry,
  most: number,
): Result<Uint8Array, 'archive.tooLarge' | 'archive.damaged'> {
  if (size > most || (method === methods.stored && data.length > most)) return fail('archive.tooLarge')
  const content = method === methods.stored ? data : inflated(data, size)
  return content && content.length === size && crc32(content) === crc ? ok(content) : fail('archive.damaged')
}

/** Never more bytes than the header says, and none are made beyond that. */
function inflated(data: Buffer, size: number): Buffer | undefined {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size) })
  } catch {
    // Data that is no deflate stream, or unpacks to more than it says: both are damage, told by the caller.
    return undefined
  }
}
