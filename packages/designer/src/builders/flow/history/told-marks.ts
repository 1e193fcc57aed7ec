import type { Locale } from '@tenon/engine'
import type { FlowHistory, Spans } from '@tenon/runtime/contract'
import { formatDuration } from '@tenon/runtime/ui'
import type { TFunction } from 'i18next'
import type { Flow } from '../../../edits/flow/flow.ts'
import { edgeAddress, type Marks, nodeAddress } from '../canvas-model.ts'

export const measures = ['stay', 'waiting', 'working'] as const
export type Measure = (typeof measures)[number]

type Told = FlowHistory['nodes'][number]
/** 3: among the slowest; 0: takes no time worth a colour. */
type Heat = 0 | 1 | 2 | 3

/** How a step's average time compares with the slowest one's, in thirds. */
export function heatOf(spans: Spans | null, slowestMs: number): Heat {
  const ms = spans?.averageMs ?? 0
  if (ms <= 0 || slowestMs <= 0) return 0
  return ms * 3 >= slowestMs * 2 ? 3 : ms * 3 >= slowestMs ? 2 : 1
}

export const slowest = (nodes: readonly Told[], measure: Measure): number =>
  Math.max(0, ...nodes.map((node) => node[measure]?.averageMs ?? 0))

/** Steps by their average time, the slowest first; those without any come last, in order of their volume. */
export const bySlowness = (nodes: readonly Told[], measure: Measure): readonly Told[] =>
  nodes.toSorted(
    (one, other) => (other[measure]?.averageMs ?? -1) - (one[measure]?.averageMs ?? -1) || other.visits - one.visits,
  )

/** The figures as marks of the canvas, for every node and edge of the flow: what nobody went through says so. */
export function toldMarks(
  flow: Flow,
  { nodes, edges }: FlowHistory,
  measure: Measure,
  { t, locale }: { readonly t: TFunction<'flow'>; readonly locale: Locale },
): ReadonlyMap<string, Marks> {
  const byNode = new Map(nodes.map((node) => [node.node, node]))
  const byEdge = new Map(edges.map(({ edge, passed }) => [edge, passed]))
  const worst = slowest(nodes, measure)
  const most = Math.max(1, ...edges.map(({ passed }) => passed))
  const marks = new Map<string, Marks>()
  for (const { id } of flow.nodes) {
    const node = byNode.get(id)
    const spans = node?.[measure] ?? null
    const words = [
      t('history.times', { count: node?.visits ?? 0 }),
      spans && spans.longestMs > 0 && formatDuration(spans.averageMs, locale),
    ]
    marks.set(nodeAddress(id), {
      told: { words: words.filter(Boolean).join(' · '), heat: heatOf(spans, worst), returns: node?.returns ?? 0 },
    })
  }
  for (const { id } of flow.edges) {
    const passed = byEdge.get(id) ?? 0
    marks.set(edgeAddress(id), { told: { words: String(passed), weight: passed / most } })
  }
  return marks
}
