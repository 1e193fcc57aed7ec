/** Values that a cell names, `"vip", "key"` or `true`; undefined: it asks something else, or nothing. */
export function valuesOf(cell: string | undefined): readonly string[] | undefined {
  const text = cell?.trim() ?? ''
  if (text === '' || text === '-') return []
  const literal = /^(?:"((?:[^"\\]|\\.)*)"|(true|false))$/
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[^,]+/g)?.map((part) => part.trim()) ?? []
  const found = parts.map((part) => literal.exec(part))
  if (found.some((match) => match === null) || parts.join(', ') !== text.split(/\s*,\s*/).join(', ')) return undefined
  return found.flatMap((match) => (match ? [match[1] ?? match[2] ?? ''] : []))
}

/** A cell that holds for these values; undefined: for anything. */
export const cellOf = (values: readonly string[], isText: boolean): string | undefined =>
  values.length === 0 ? undefined : values.map((value) => (isText ? `"${value}"` : value)).join(', ')
