type Read = { readonly fact: string; readonly path: readonly string[] }

/** Stands for every field: the record was read as a whole. */
const everything = '*'

/** Fields of the record itself that are read, now or as they were; a path through a link counts as its link field. */
export const ownReads = (reads: readonly Read[]): readonly string[] => [
  ...new Set(
    reads.flatMap(({ fact, path }) => (fact === 'record' || fact === 'previous' ? (path[0] ?? everything) : [])),
  ),
]

export const readsAll = (reads: readonly string[]): boolean => reads.includes(everything)
export const readsOneOf = (reads: readonly string[], changed: ReadonlySet<string>): boolean =>
  readsAll(reads) || reads.some((id) => changed.has(id))
