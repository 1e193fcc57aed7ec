/** A formula as the graph sees it: which fields of its own record it reads. */
export type Reader = { readonly id: string; readonly reads: readonly string[] }

/**
 * The formulas in an order in which each comes after those it reads (definition order where that leaves a choice), and
 * the circles that have none. Formulas in or behind a circle are not in `order`.
 */
export function orderFormulas<T extends Reader>(
  formulas: readonly T[],
): { readonly order: readonly T[]; readonly cycles: readonly (readonly string[])[] } {
  const ids = new Map(formulas.map((formula) => [formula.id, formula]))
  const order: T[] = []
  const done = new Set<string>()
  for (let found = true; found; ) {
    found = false
    for (const formula of formulas) {
      if (done.has(formula.id) || formula.reads.some((id) => ids.has(id) && !done.has(id))) continue
      order.push(formula)
      done.add(formula.id)
      found = true
    }
  }
  return {
    order,
    cycles: cyclesAmong(
      formulas.filter(({ id }) => !done.has(id)),
      ids,
    ),
  }
}

/** Each circle once, beginning at its first formula: `a → b → a` is `['a', 'b']`. */
function cyclesAmong(left: readonly Reader[], ids: ReadonlyMap<string, Reader>): readonly (readonly string[])[] {
  const cycles: string[][] = []
  const settled = new Set<string>()
  for (const { id } of left) {
    const path: string[] = []
    // Every formula left reads one that is left, so the walk ends in a circle.
    for (
      let at: string | undefined = id;
      at !== undefined && !settled.has(at);
      at = left.find((other) => ids.get(at ?? '')?.reads.includes(other.id))?.id
    ) {
      const start = path.indexOf(at)
      if (start >= 0) {
        cycles.push(path.slice(start))
        break
      }
      path.push(at)
    }
    for (const visited of path) settled.add(visited)
  }
  return cycles
}
