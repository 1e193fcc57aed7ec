import type { DecisionDefinition } from '../definitions/decision.ts'
import type { FormulaNode } from '../formulas/ast.ts'
import { compileUnaryTest, type FormulaScope } from '../formulas/compile.ts'
import { parseFormula } from '../formulas/parse.ts'
import { literalText } from '../formulas/values/to-text.ts'
import { type Atom, constantOf, domainOf } from './domain.ts'
import { testsOf } from './words.ts'

/** Values of the inputs, as unary tests by column: what a row for them would have as `when`. */
export type Combination = { readonly [input: string]: string }

export type Completeness = {
  /** What no row covers. */
  readonly gaps: readonly Combination[]
  /** Pairs of rows that can hit together, the later one second. */
  readonly overlaps: readonly { readonly rows: readonly [number, number]; readonly when: Combination }[]
  /** Rows that can never be the first to hit, with the row before them that takes everything. */
  readonly unreachable: readonly { readonly row: number; readonly behind: number }[]
  /** A cell that asks something only a record can answer; the table was not checked. Null: all was checked. */
  readonly unchecked: { readonly row: number; readonly input: string } | null
  /** There is more than is listed, or the table is too large to be sure. */
  readonly isCut: boolean
}

const mostFound = 20
const mostSteps = 20_000_000
const nothing: Completeness = { gaps: [], overlaps: [], unreachable: [], unchecked: null, isCut: false }

/** One column in parts, and which parts each row covers. */
type Column = { readonly id: string; readonly atoms: readonly Atom[]; readonly covers: readonly ReadonlySet<number>[] }

/**
 * What the rows of a table leave out and where they meet, worked out from the cells themselves: values, ranges and
 * their negations are exact. Blank counts as a value of its own where an input may be blank.
 */
export function checkCompleteness(definition: DecisionDefinition, scope: FormulaScope = {}): Completeness {
  const columns: Column[] = []
  for (const input of definition.inputs) {
    const cells = definition.rows.map((row) => cellOf(row.when?.[input.id]))
    const atoms = domainOf(input, cells, scope)
    if (!atoms)
      return { ...nothing, unchecked: { row: firstUnclear(definition, input.id, cells, scope), input: input.id } }
    columns.push({ id: input.id, atoms, covers: coverOf(definition, input.id, atoms) })
  }
  const search = new Search(columns)
  const gaps = search.gaps(definition.rows.map((_, at) => at))
  const overlaps = overlapsOf(columns, definition.rows.length)
  return {
    gaps: gaps.slice(0, mostFound).map((box) => combination(columns, box)),
    overlaps: overlaps.slice(0, mostFound),
    unreachable: definition.hitPolicy === 'first' ? unreachableOf(columns, definition.rows.length) : [],
    unchecked: null,
    isCut: search.isCut || gaps.length > mostFound || overlaps.length > mostFound,
  }
}

const anything: FormulaNode = { kind: 'anything', from: 0, to: 0 }
function cellOf(text: string | undefined): FormulaNode {
  const parsed = text === undefined ? undefined : parseFormula(text, 'unaryTests')
  return parsed?.ok ? parsed.value : anything
}

function firstUnclear(
  { inputs }: DecisionDefinition,
  id: string,
  cells: readonly FormulaNode[],
  scope: FormulaScope,
): number {
  const input = inputs.find((one) => one.id === id)
  const at = cells.findIndex((cell) => input && domainOf(input, [cell], scope) === undefined)
  return Math.max(0, at)
}

function coverOf({ rows }: DecisionDefinition, id: string, atoms: readonly Atom[]): readonly ReadonlySet<number>[] {
  const known = new Map<string, ReadonlySet<number>>()
  const places = new Map(atoms.flatMap(({ kind, sample }, at) => (kind === 'value' ? [[literalText(sample), at]] : [])))
  return rows.map((row) => {
    const text = row.when?.[id]?.trim() ?? '-'
    const found = known.get(text) ?? coveredBy(text, atoms, places)
    known.set(text, found)
    return found
  })
}

function coveredBy(text: string, atoms: readonly Atom[], places: ReadonlyMap<string, number>): ReadonlySet<number> {
  if (text === '-') return new Set(atoms.keys())
  const test = compileUnaryTest(text)
  if (!test.ok) return new Set()
  const facts = { now: 0, zone: 'UTC' }
  const isCovered = (at: number) => test.value.test(atoms[at]?.sample ?? null, facts).passes
  return new Set((partsAskedFor(test.value.ast, places) ?? [...atoms.keys()]).filter(isCovered))
}

/** Parts that plain values and closed ranges can cover, so that a long table need not ask for all; undefined: any. */
function partsAskedFor(cell: FormulaNode, places: ReadonlyMap<string, number>): readonly number[] | undefined {
  if (cell.kind !== 'unaryTests' || cell.negated) return undefined
  const found: number[] = []
  for (const test of cell.tests) {
    if (test.kind === 'test') return undefined
    const ends = test.kind === 'range' ? [test.low, test.high] : [test, test]
    const [low, high] = ends.map((end) => places.get(literalText(constantOf(end) ?? null)))
    if (low === undefined || high === undefined) return undefined
    for (let at = low; at <= high; at++) found.push(at)
  }
  return found
}

/** Parts by column; null: all of the column. */
type Box = readonly (readonly number[] | null)[]

/** Splits column after column by which rows still hold; equal remainders are looked at once. */
class Search {
  isCut = false
  private readonly columns: readonly Column[]
  private readonly known = new Map<string, readonly Box[]>()
  private steps = 0

  constructor(columns: readonly Column[]) {
    this.columns = columns
  }

  gaps(rows: readonly number[], at = 0): readonly Box[] {
    if (rows.length === 0) return [this.columns.slice(at).map(() => null)]
    const column = this.columns[at]
    if (!column) return []
    const key = `${at} ${rows.join()}`
    const known = this.known.get(key)
    if (known) return known
    const found = [...this.split(column, rows)].flatMap(([, { atoms, rest }]) =>
      this.gaps(rest, at + 1).map((box): Box => [atoms.length === column.atoms.length ? null : atoms, ...box]),
    )
    this.known.set(key, found)
    return found
  }

  private split(column: Column, rows: readonly number[]) {
    const groups = new Map<string, { atoms: number[]; rest: readonly number[] }>()
    for (const atom of column.atoms.keys()) {
      this.steps += rows.length
      if (this.steps > mostSteps) {
        this.isCut = true
        return groups
      }
      const rest = rows.filter((row) => column.covers[row]?.has(atom))
      const key = rest.join()
      const group = groups.get(key) ?? { atoms: [], rest }
      group.atoms.push(atom)
      groups.set(key, group)
    }
    return groups
  }
}

const combination = (columns: readonly Column[], box: Box): Combination =>
  Object.fromEntries(
    columns.flatMap((column, at) => {
      const parts = box[at]
      return parts ? [[column.id, testsOf(column.atoms, parts)] as const] : []
    }),
  )

function overlapsOf(columns: readonly Column[], rows: number): Completeness['overlaps'] {
  const found: { rows: [number, number]; when: Combination }[] = []
  let steps = 0
  for (let later = 1; later < rows; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      if (found.length > mostFound || ++steps > mostSteps) return found
      const box = commonBox(columns, earlier, later)
      if (box) found.push({ rows: [earlier, later], when: combination(columns, box) })
    }
  }
  return found
}

function commonBox(columns: readonly Column[], one: number, other: number): Box | undefined {
  const meets = columns.every(({ covers }) => {
    const [small, large] = bySize(covers[one], covers[other])
    if (!small || !large) return false
    for (const atom of small) if (large.has(atom)) return true
    return false
  })
  if (!meets) return undefined
  return columns.map(({ covers, atoms }) => {
    const common = [...(covers[one] ?? [])].filter((atom) => covers[other]?.has(atom))
    return common.length === atoms.length ? null : common
  })
}
const bySize = (a: ReadonlySet<number> | undefined, b: ReadonlySet<number> | undefined) =>
  (a?.size ?? 0) <= (b?.size ?? 0) ? [a, b] : [b, a]

function unreachableOf(columns: readonly Column[], rows: number): Completeness['unreachable'] {
  const found: { row: number; behind: number }[] = []
  for (let row = 1; row < rows && found.length < mostFound; row++) {
    for (let behind = 0; behind < row; behind++) {
      if (!columns.every(({ covers }) => isWithin(covers[row], covers[behind]))) continue
      found.push({ row, behind })
      break
    }
  }
  return found
}
const isWithin = (inner: ReadonlySet<number> | undefined, outer: ReadonlySet<number> | undefined): boolean =>
  inner === outer || (outer !== undefined && [...(inner ?? [])].every((atom) => outer.has(atom)))
