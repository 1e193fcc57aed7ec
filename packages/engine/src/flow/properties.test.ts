import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Edge, FlowDefinition, FlowNode } from '../definitions/flow.ts'
import { FlowPlay } from '../scenario/flow-play.ts'
import { flowGraph } from './graph.ts'
import { canOpen } from './joins.ts'
import { Run } from './run.ts'
import { emptyInstance } from './transition.ts'
import type { Token } from './types.ts'

/** A block-structured flow: what is split is joined by a gateway of its kind. */
type Block =
  | { readonly kind: 'task' }
  | { readonly kind: 'sequence'; readonly parts: readonly Block[] }
  | { readonly kind: 'parallel' | 'inclusive' | 'exclusive'; readonly parts: readonly Block[]; readonly open: number }
  | { readonly kind: 'inner'; readonly part: Block }

const block: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant<Block>({ kind: 'task' }),
    fc.record({
      kind: fc.constant('sequence' as const),
      parts: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constantFrom('parallel' as const, 'inclusive' as const, 'exclusive' as const),
      parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
      open: fc.integer({ min: 0, max: 7 }),
    }),
    fc.record({ kind: fc.constant('inner' as const), part: tie('block') }),
  ),
})).block

class Drawing {
  readonly nodes: FlowNode[] = []
  readonly edges: Edge[] = []
  readonly record: { [field: string]: string } = {}

  /** Draws a block; gives where it begins and ends, and how often each of its tasks is to be done. */
  draw(one: Block, parent: string | undefined): readonly [from: string, to: string, tasks: readonly string[]] {
    const inside = parent === undefined ? {} : { parent }
    const add = (type: FlowNode['type'], more: object = {}): string => {
      const id = `n${this.nodes.length}`
      this.nodes.push({ id, type, ...inside, ...more } as FlowNode)
      return id
    }
    if (one.kind === 'task') {
      const id = add('userTask')
      return [id, id, [id]]
    }
    if (one.kind === 'inner') {
      const id = add('subProcess')
      const [from, to, tasks] = this.draw(one.part, id)
      this.nodes.push(
        { id: `${id}_in`, type: 'startEvent', parent: id },
        { id: `${id}_out`, type: 'endEvent', parent: id },
      )
      this.join(`${id}_in`, from)
      this.join(to, `${id}_out`)
      return [id, id, tasks]
    }
    const drawn = one.parts.map((part) => this.draw(part, parent))
    if (one.kind === 'sequence') {
      for (const [at, [from]] of drawn.entries()) if (at > 0) this.join(drawn[at - 1]?.[1] ?? '', from)
      return [drawn[0]?.[0] ?? '', drawn.at(-1)?.[1] ?? '', drawn.flatMap(([, , tasks]) => tasks)]
    }
    const type = `${one.kind}Gateway` as const
    const [split, merge] = [add(type), add(type)]
    const taken = drawn.map((_, at) => one.kind === 'parallel' || (one.open >> at) % 2 === 1)
    const first = one.kind === 'exclusive' ? taken.indexOf(true) : -1
    for (const [at, [from, to]] of drawn.entries()) {
      const isLast = at === drawn.length - 1
      this.record[`${split}_${at}`] = taken[at] ? 'yes' : 'no'
      const when = { fact: 'record', path: `$.${split}_${at}`, operator: 'equal', value: 'yes' } as const
      this.join(split, from, one.kind === 'parallel' ? {} : isLast ? { default: true } : { when })
      this.join(to, merge)
    }
    // The last way is the default: taken when no other is.
    const others = taken.slice(0, -1)
    const way = (at: number) =>
      one.kind === 'parallel' ||
      (at === drawn.length - 1 ? !others.includes(true) : others[at] === true && (first < 0 || first === at))
    return [split, merge, drawn.flatMap(([, , tasks], at) => (way(at) ? tasks : []))]
  }

  join(from: string, to: string, more: Partial<Edge> = {}): void {
    this.edges.push({ id: `e${this.edges.length}`, from, to, ...more })
  }
}

function drawn(one: Block): {
  readonly flow: FlowDefinition
  readonly record: Drawing['record']
  readonly tasks: readonly string[]
} {
  const drawing = new Drawing()
  const [from, to, tasks] = drawing.draw(one, undefined)
  drawing.nodes.push({ id: 'start', type: 'startEvent' }, { id: 'end', type: 'endEvent' })
  drawing.join('start', from)
  drawing.join(to, 'end')
  const flow: FlowDefinition = {
    id: 'main',
    kind: 'flow',
    schemaVersion: 1,
    form: 'case',
    label: 'main',
    start: [{ on: 'manual' }],
    nodes: drawing.nodes,
    edges: drawing.edges,
  }
  return { flow, record: drawing.record, tasks }
}

it('a block-structured flow does every task of its open ways once, in any order of answers, and ends', () => {
  fc.assert(
    fc.property(block, fc.infiniteStream(fc.nat()), (one, order) => {
      const { flow, record, tasks } = drawn(one)
      const play = new FlowPlay([flow], record, ['p1'])
      const main = play.start('main')
      const choose = order[Symbol.iterator]()
      for (let open = openAt(main.snapshot.activities); open.length > 0; open = openAt(main.snapshot.activities)) {
        const node = open[choose.next().value % open.length] ?? ''
        expect(play.answer(node)).toBeUndefined()
      }
      expect(main.snapshot).toMatchObject({ status: 'completed', tokens: [], activities: [], waits: [] })
      for (const node of flow.nodes.filter(({ type }) => type === 'userTask'))
        expect([node.id, play.visits(node.id)]).toEqual([node.id, tasks.filter((id) => id === node.id).length])
    }),
    { seed: 7, numRuns: 300 },
  )
})

const openAt = (
  activities: readonly { readonly node: string; readonly tasks: readonly { readonly outcome: string | null }[] }[],
) => activities.flatMap((one) => (one.tasks.some((task) => task.outcome === null) ? [one.node] : []))

/** Walks every path from a token, node by node, as the standard's text says it: the slow way, with nothing shared. */
function naiveCanOpen(edges: readonly Edge[], join: string, tokens: readonly Token[]): boolean {
  const incoming = edges.filter((edge) => edge.to === join)
  const isFull = (edge: Edge) => tokens.some((token) => token.node === join && token.edge === edge.id)
  const reaches = (from: string, wanted: (edge: Edge) => boolean, seen: readonly string[] = []): boolean =>
    edges
      .filter((edge) => edge.from === from)
      .some(
        (edge) =>
          (edge.to === join && wanted(edge)) ||
          (edge.to !== join && !seen.includes(edge.to) && reaches(edge.to, wanted, [...seen, edge.to])),
      )
  return (
    incoming.some(isFull) &&
    tokens
      .filter((token) => token.node !== join)
      .every((token) => !reaches(token.node, (edge) => !isFull(edge)) || reaches(token.node, isFull))
  )
}

it('the inclusive join opens exactly when the standard says so, on any graph and any marking', () => {
  const size = 6
  const ids = Array.from({ length: size }, (_, at) => `n${at}`)
  const edge = fc.record({ from: fc.constantFrom(...ids), to: fc.constantFrom(...ids) })
  fc.assert(
    fc.property(
      fc.uniqueArray(edge, { minLength: 3, maxLength: 14, selector: ({ from, to }) => `${from}>${to}` }),
      fc.array(fc.constantFrom(...ids.slice(1)), { maxLength: 4 }),
      fc.array(fc.nat(13), { minLength: 1, maxLength: 3 }),
      (pairs, places, arrived) => {
        const edges: Edge[] = pairs.map((pair, at) => ({ id: `e${at}`, ...pair }))
        const flow: FlowDefinition = {
          id: 'main',
          kind: 'flow',
          schemaVersion: 1,
          form: 'case',
          label: 'main',
          start: [{ on: 'manual' }],
          nodes: ids.map((id, at) => ({ id, type: at === 0 ? 'inclusiveGateway' : 'userTask' })),
          edges,
        }
        const into = edges.filter(({ to }) => to === 'n0')
        fc.pre(into.length > 0)
        const token = (id: string, node: string, more: Partial<Token>): Token => ({
          id,
          scope: 'i',
          node,
          visit: 1,
          since: 0,
          ...more,
        })
        const tokens = [
          ...places.map((node, at) => token(`t${at}`, node, {})),
          ...arrived.map((at, index) => token(`a${index}`, 'n0', { visit: 0, edge: into[at % into.length]?.id ?? '' })),
        ]
        const snapshot = { ...emptyInstance('i', 'main'), tokens }
        const run = new Run(flowGraph(flow), snapshot, {
          now: 0,
          newId: () => 'new',
          facts: { now: 0, zone: 'UTC' },
          people: () => [],
        })
        expect(canOpen(run, 'n0', 'i')).toBe(naiveCanOpen(edges, 'n0', tokens))
      },
    ),
    { seed: 11, numRuns: 3000 },
  )
})
