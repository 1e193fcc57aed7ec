/**
 * CSV as RFC 4180 says, for files people edit in a spreadsheet: a cell that a spreadsheet would take for a formula gets
 * an apostrophe in front, which reading takes away again.
 */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => quoted(guarded(cell))).join(',')).join('\r\n')

const guarded = (cell: string) => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
const unguarded = (cell: string) => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** Rows of cells; commas, semicolons or tabs between them, whichever the first line has most of. */
export function fromCsv(text: string): readonly (readonly string[])[] {
  const body = text.replace(/^\uFEFF/, '')
  const between = separatorOf(body)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let inside = false
  const endCell = () => {
    row.push(unguarded(cell))
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((one) => one !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < body.length; at += 1) {
    const char = body[at]
    if (inside) {
      if (char !== '"') cell += char
      else if (body[at + 1] === '"') {
        cell += '"'
        at += 1
      } else inside = false
    } else if (char === '"' && cell === '') inside = true
    else if (char === between) endCell()
    else if (char === '\n') endRow()
    else if (char !== '\r') cell += char
  }
  endRow()
  return rows
}

function separatorOf(text: string): string {
  const first = text.split('\n', 1)[0] ?? ''
  const count = (mark: string) => first.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}
