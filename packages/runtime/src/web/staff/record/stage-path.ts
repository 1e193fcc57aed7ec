import type { FlowView } from '../../../contract/index.ts'

/** Of the flows of a form the one to show a record in: it knows the record's stage, and the most others. */
export function shownFlow(flows: readonly FlowView[], form: string, stage: string | null): FlowView | undefined {
  const stages = (flow: FlowView) => new Set(flow.nodes.flatMap((node) => node.stage ?? []))
  const rank = (flow: FlowView) => (stage !== null && stages(flow).has(stage) ? 1000 : 0) + stages(flow).size
  return flows.filter((flow) => flow.form === form).sort((a, b) => rank(b) - rank(a))[0]
}

/**
 * The stages a record usually passes: those of the shortest way from the start to an end that counts as done. A record
 * that is off that way now has its stage put in after the last usual one before it.
 */
export function stagePath(
  flow: FlowView,
  current: string | null,
  isDone: (stage: string) => boolean,
  isOver: (stage: string) => boolean,
): readonly string[] {
  const before = cameFrom(flow)
  const stageOf = new Map(flow.nodes.map(({ id, stage }) => [id, stage]))
  const wayTo = (node: string): readonly string[] => {
    const way: string[] = []
    for (let at: string | null | undefined = node; at; at = before.get(at)) way.unshift(at)
    return way
  }
  const stagesOf = (nodes: readonly string[]) => [...new Set(nodes.flatMap((id) => stageOf.get(id) ?? []))]
  const ends = [...before.keys()].filter((id) => flow.nodes.some((node) => node.id === id && node.type === 'endEvent'))
  const end = ends.find((id) => isDone(stageOf.get(id) ?? '')) ?? ends[0]
  const usual = end === undefined ? stagesOf([...before.keys()]) : stagesOf(wayTo(end))
  if (current === null || usual.includes(current)) return usual
  const side = [...before.keys()].find((id) => stageOf.get(id) === current)
  const last = side === undefined ? undefined : stagesOf(wayTo(side)).findLast((stage) => usual.includes(stage))
  const at = last === undefined ? usual.length : usual.indexOf(last) + 1
  // Where a record ended off its usual way nothing follows.
  return [...usual.slice(0, at), current, ...(isOver(current) ? [] : usual.slice(at))]
}

/** Every node that can be reached, in the order of distance from the start, with the node before it. */
function cameFrom(flow: FlowView): ReadonlyMap<string, string | null> {
  const before = new Map<string, string | null>(
    flow.nodes.filter(({ type }) => type === 'startEvent').map(({ id }) => [id, null]),
  )
  for (const id of before.keys()) {
    for (const { from, to } of flow.edges) if (from === id && !before.has(to)) before.set(to, id)
  }
  return before
}
