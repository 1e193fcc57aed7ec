/** Lines around a change that are shown with it. */
const around = 2

/** The changed lines of a text with `-` and `+`, some unchanged ones around them, and `@@` between far apart places. */
export function lineDiff(before: string, after: string): string[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1]
  const marked = [
    ...a.slice(0, start).map((line) => ` ${line}`),
    ...middle(a.slice(start, endA), b.slice(start, endB)),
    ...a.slice(endA).map((line) => ` ${line}`),
  ]
  return excerpt(marked)
}

/** Longest common subsequence of the part between common head and tail; very large parts are shown whole. */
function middle(a: readonly string[], b: readonly string[]): string[] {
  if (a.length * b.length > 4_000_000) return [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)]
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i]
    if (row)
      for (let j = b.length - 1; j >= 0; j -= 1)
        row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const lines: string[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [push(lines, ` ${a[i]}`, i), j + 1]
    else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) i = push(lines, `-${a[i]}`, i)
    else j = push(lines, `+${b[j]}`, j)
  }
  return lines
}

const push = (lines: string[], line: string, at: number): number => {
  lines.push(line)
  return at + 1
}

function excerpt(lines: readonly string[]): string[] {
  const near = new Set<number>()
  lines.forEach((line, at) => {
    if (!line.startsWith(' ')) for (let step = -around; step <= around; step += 1) near.add(at + step)
  })
  return lines.flatMap((line, at) => (near.has(at) ? (near.has(at - 1) || at === 0 ? [line] : ['@@', line]) : []))
}
