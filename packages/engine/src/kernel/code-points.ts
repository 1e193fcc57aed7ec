/** Makes UTF-16 units sort as the code points they stand for: surrogates after everything of the basic plane. */
const weight = (unit: number): number => (unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000)

/**
 * Order of two texts by code point, as both databases compare them (`COLLATE "C"`, BINARY over UTF-8). JavaScript's `<`
 * compares UTF-16 units and puts 😀 before ｡ (U+FF61).
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return weight(left) < weight(right) ? -1 : 1
  }
  return Math.sign(a.length - b.length)
}
