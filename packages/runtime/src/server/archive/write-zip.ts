import { type Zippable, zipSync } from 'fflate'

/** MS-DOS time has no zone and fflate writes the local clock: 1980-01-01 of where it runs is the same bytes everywhere. */
const noTime = () => new Date(1980, 0, 1)
const unix = 3
const regularFile = 0o100644 << 16

/** A ZIP (APPNOTE 6.3.10) of these files. The same files give the same bytes: sorted, without times, deflated by one code. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1))
  const entries: Zippable = Object.fromEntries(sorted.map(([path, bytes]) => [path, bytes]))
  return zipSync(entries, { level: 6, mtime: noTime(), os: unix, attrs: regularFile })
}
