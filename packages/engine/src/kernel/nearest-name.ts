/**
 * The candidate a misspelled name probably means, or undefined if none is near: at most one slip in three characters,
 * where a swap of two neighbours is one slip (optimal string alignment) and case does not count.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly slips: number } | undefined
  for (const candidate of candidates) {
    const allowed = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3))
    if (name.length > 100 || Math.abs(name.length - candidate.length) > allowed) continue
    const slips = slipsBetween(name.toLowerCase(), candidate.toLowerCase())
    if (slips <= allowed && (best === undefined || slips < best.slips)) best = { name: candidate, slips }
  }
  return best?.name
}

function slipsBetween(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1]
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const plain = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1))
      next[j] = isSwap ? Math.min(plain, (before[j - 2] ?? 0) + 1) : plain
    }
    before = row
    row = next
  }
  return row[other.length] ?? 0
}
