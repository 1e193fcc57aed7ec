import { useQuery } from '@tanstack/react-query'
import { client } from '@tenon/runtime/page'
import { useMemo, useRef } from 'react'
import { useDraftSession } from '../../draft/draft-context.tsx'
import { problemsOf, useProblems } from '../../draft/use-problems.ts'
import type { Flow } from '../../edits/flow/flow.ts'
import { elementFinder } from '../../shell/go-to.ts'
import type { Marks } from './canvas-model.ts'

/** What is wrong with nodes and edges, and what people say about them, by address. */
export function useFlowMarks(path: string, flow: Flow | undefined): ReadonlyMap<string, Marks> {
  const session = useDraftSession()
  const problems = useProblems()
  const { data } = useQuery({
    queryKey: ['design-comments', session.app],
    queryFn: () => client.design.comments(session.app),
  })
  const nodes = flow?.nodes
  const edges = flow?.edges
  const groups = flow?.groups
  const before = useRef<ReadonlyMap<string, Marks>>(new Map())
  return useMemo(() => {
    const own = problemsOf(problems, path)
    const addressAt = own.length === 0 ? undefined : elementFinder({ nodes, edges, groups })
    const marks = new Map<string, Mark>()
    const at = (address: string) => {
      const place = address.split('/').slice(0, 2).join('/')
      const found = marks.get(place) ?? {}
      marks.set(place, found)
      return found
    }
    for (const problem of own) {
      const address = addressAt?.(problem.path)
      if (address === undefined) continue
      const mark = at(address)
      mark.problems = [...(mark.problems ?? []), problem.message]
      mark.isBad = mark.isBad === true || problem.severity === 'error'
    }
    for (const { place, resolvedAt } of data?.items ?? []) {
      if (resolvedAt !== null || !place.startsWith(`${path}/`)) continue
      const mark = at(place.slice(path.length + 1))
      mark.comments = (mark.comments ?? 0) + 1
    }
    before.current = new Map([...marks].map(([place, mark]) => [place, asBefore(mark, before.current.get(place))]))
    return before.current
  }, [problems, data, path, nodes, edges, groups])
}

type Mark = { problems?: string[]; isBad?: boolean; comments?: number }

/** The very same marks where they say the same, so that their element is not drawn again. */
const asBefore = (now: Mark, before: Marks | undefined): Marks =>
  before && JSON.stringify(before) === JSON.stringify(now) ? before : now
