import { isObject } from '../kernel/json.ts'
import { entriesOf, equalJson, shapeOf } from './shape.ts'

/** How a conflict was decided: one side's value, or a value made by hand (absent: the element is taken away). */
export type MergeDecision = 'mine' | 'theirs' | { readonly value?: unknown }
/** Decisions by the address of the conflict, `nodes/repair/limit`. */
export type MergeDecisions = { readonly [address: string]: MergeDecision }

/** Both sides have changed the same element or property, each in its way. */
export type MergeConflict = {
  readonly address: string
  readonly path: readonly string[]
  /** order: both have put the entries of a list in another order. */
  readonly about: 'value' | 'order'
  readonly base?: unknown
  readonly mine?: unknown
  readonly theirs?: unknown
  /** What was taken; `decided` says whether somebody chose that. */
  readonly taken: MergeDecision
  readonly decided: boolean
}
export type Merge = { readonly document: unknown; readonly conflicts: readonly MergeConflict[] }

export const addressOf = (path: readonly string[]): string =>
  path.map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')

/**
 * Three-way merge: what either side changed since `base` is taken, per element and property. Where both changed the same
 * thing differently it is a conflict; undecided, mine stays, and the conflict tells what theirs would have been. So no
 * change of either side is lost: it is in the document or in a conflict. `remembered` are decisions of earlier merges:
 * they hold as long as mine is still what was decided then, so that nothing changed since is overwritten by them.
 */
export function mergeDocuments(
  base: unknown,
  mine: unknown,
  theirs: unknown,
  decisions: MergeDecisions = {},
  remembered: MergeDecisions = {},
): Merge {
  const conflicts: MergeConflict[] = []
  return { document: merge({ base, mine, theirs }, []), conflicts }

  type Sides = { readonly base: unknown; readonly mine: unknown; readonly theirs: unknown }

  function merge(sides: Sides, path: readonly string[]): unknown {
    const { base, mine, theirs } = sides
    if (equalJson(mine, theirs) || equalJson(base, theirs)) return mine
    if (equalJson(base, mine)) return theirs
    if (mine === undefined || theirs === undefined || becomesAnotherType(sides)) return decide(sides, path)
    const shape = shapeOf(base, mine, theirs)
    if (shape === 'object') return mergeObject(sides, path)
    return shape === 'named' ? mergeList(sides, path) : decide(sides, path)
  }

  function mergeObject({ base, mine, theirs }: Sides, path: readonly string[]): unknown {
    const [b, m, t] = [base, mine, theirs].map((side) => (isObject(side) ? side : {}))
    const merged: Record<string, unknown> = {}
    for (const key of new Set([...Object.keys(m ?? {}), ...Object.keys(t ?? {})])) {
      const value = merge({ base: b?.[key], mine: m?.[key], theirs: t?.[key] }, [...path, key])
      if (value !== undefined) merged[key] = value
    }
    return merged
  }

  function mergeList({ base, mine, theirs }: Sides, path: readonly string[]): unknown {
    const [b, m, t] = [entriesOf(base), entriesOf(mine), entriesOf(theirs)]
    const merged = new Map<string, unknown>()
    for (const name of new Set([...m.keys(), ...t.keys()])) {
      const value = merge({ base: b.get(name), mine: m.get(name), theirs: t.get(name) }, [...path, name])
      if (value !== undefined) merged.set(name, value)
    }
    const names = mergeOrder([...b.keys()], [...m.keys()], [...t.keys()], path)
    return names.flatMap((name) => (merged.has(name) ? [merged.get(name)] : []))
  }

  /** The order of the side that has changed it, with what only the other one has put in behind its neighbour there. */
  function mergeOrder(
    base: readonly string[],
    mine: readonly string[],
    theirs: readonly string[],
    path: readonly string[],
  ): readonly string[] {
    const [mineChanged, theirsChanged] = [isReordered(base, mine), isReordered(base, theirs)]
    if (!mineChanged || !theirsChanged || !isReordered(mine, theirs))
      return mineChanged ? interleaved(mine, theirs) : interleaved(theirs, mine)
    const taken = decide({ base, mine, theirs }, path, 'order')
    return taken === theirs ? interleaved(theirs, mine) : interleaved(mine, theirs)
  }

  function decide(sides: Sides, path: readonly string[], about: MergeConflict['about'] = 'value'): unknown {
    const address = about === 'order' ? `${addressOf(path)}#order` : addressOf(path)
    const decision = own(decisions, address) ?? stillHolding(own(remembered, address), sides.mine)
    const taken = decision ?? 'mine'
    conflicts.push({ address, path, about, ...sides, taken, decided: decision !== undefined })
    return taken === 'mine' ? sides.mine : taken === 'theirs' ? sides.theirs : taken.value
  }
}

const own = (decisions: MergeDecisions, address: string): MergeDecision | undefined =>
  Object.hasOwn(decisions, address) ? decisions[address] : undefined

function stillHolding(decision: MergeDecision | undefined, mine: unknown): MergeDecision | undefined {
  // Theirs was taken then: that mine differs from it now is a change of its own.
  if (decision === undefined || decision === 'theirs') return undefined
  return decision === 'mine' || equalJson(decision.value, mine) ? decision : undefined
}

/** A field or node that one side has made another type of: the properties of the two do not mix. */
function becomesAnotherType({ base, mine, theirs }: { base: unknown; mine: unknown; theirs: unknown }): boolean {
  if (!isObject(mine) || !isObject(theirs)) return false
  const before = isObject(base) ? base.type : mine.type
  return 'type' in mine && 'type' in theirs && (mine.type !== before || theirs.type !== before)
}

function isReordered(one: readonly string[], other: readonly string[]): boolean {
  const [here, there] = [new Set(one), new Set(other)]
  return !equalJson(
    one.filter((name) => there.has(name)),
    other.filter((name) => here.has(name)),
  )
}

function interleaved(first: readonly string[], second: readonly string[]): readonly string[] {
  const result = [...first]
  const known = new Set(first)
  for (const [at, name] of second.entries()) {
    if (known.has(name)) continue
    const before = second.slice(0, at).findLast((one) => known.has(one))
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, name)
    known.add(name)
  }
  return result
}
