import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentOf } from '../../test/generate-documents.ts'
import type { FlowDefinition } from '../definitions/flow.ts'
import { documentKinds } from '../definitions/kinds.ts'
import { exportBpmn } from './export-bpmn.ts'
import { importBpmn } from './import-bpmn.ts'

type Loose = {
  id: string
  type: string
  record?: unknown
  parent?: string
  attachedTo?: string
  compensatedBy?: string
}

/** A generated flow whose references lead somewhere: what lint guarantees of a published one. */
const flows = documentOf(documentKinds.flow.schema).map((document): FlowDefinition => {
  const { extensions: _, ...flow } = structuredClone(document) as FlowDefinition & { extensions?: unknown }
  const nodes = flow.nodes as unknown as Loose[]
  for (const [index, node] of nodes.entries()) {
    node.id = `${node.id}_${index}`
    const outer = nodes.slice(0, index).filter(({ type }) => type === 'subProcess')
    if (node.parent !== undefined) wire(node, 'parent', outer[index % Math.max(1, outer.length)]?.id)
    const beside = nodes
      .slice(0, index)
      .filter((other) => other.parent === node.parent && /Task|Process|Activity/.test(other.type))
    // A call about no record is none: what is written beside the element is a merge patch, in which null takes away.
    if (node.record === null) delete node.record
    if ('attachedTo' in node) wire(node, 'attachedTo', beside[0]?.id ?? node.attachedTo)
    if ('compensatedBy' in node) wire(node, 'compensatedBy', beside[0]?.id)
  }
  const edges = flow.edges.flatMap((edge, index) => {
    const from = nodes[index % nodes.length]
    const to = nodes.filter((node) => node.parent === from?.parent)[(index * 7) % nodes.length]
    return from && to ? [{ ...edge, id: `${edge.id}_${index}`, from: from.id, to: to.id }] : []
  })
  const groups = (flow.groups ?? []).map((group, index) => ({
    ...group,
    id: `${group.id}_${index}`,
    nodes: nodes.filter((_, at) => at === index % nodes.length || (at + index) % 3 === 0).map(({ id }) => id),
  }))
  const { groups: _groups, ...others } = flow
  return { ...others, edges, ...(groups.length > 0 ? { groups } : {}) }
})

const wire = (node: Loose, name: 'parent' | 'attachedTo' | 'compensatedBy', id: string | undefined) => {
  if (id === undefined) delete node[name]
  else node[name] = id
}

async function thereAndBack(flow: FlowDefinition): Promise<FlowDefinition> {
  const xml = await exportBpmn(flow)
  if (!xml.ok) throw new Error(JSON.stringify(xml.error))
  const back = await importBpmn(xml.value, { form: 'another' })
  if (!back.ok) throw new Error(JSON.stringify(back.error))
  expect(back.value.flows).toHaveLength(1)
  return back.value.flows[0] as FlowDefinition
}

test('a flow of ours comes back from XML as it was, whatever it says', async () => {
  await fc.assert(
    fc.asyncProperty(flows, async (flow) => {
      expect(await thereAndBack(flow)).toEqual(flow)
    }),
    { seed: 20261101, numRuns: 150 },
  )
}, 120_000)
