import { expect, test } from 'vitest'
import type { FlowDefinition } from '../definitions/flow.ts'
import { exportBpmn } from './export-bpmn.ts'
import { importBpmn } from './import-bpmn.ts'

const flow = {
  id: 'repair',
  kind: 'flow',
  schemaVersion: 1,
  form: 'ticket',
  label: '维修',
  start: [{ on: 'created' }],
  nodes: [
    { id: 'start', type: 'startEvent', at: [0, 100] },
    { id: 'check', type: 'userTask', label: '检测', at: [100, 80] },
    { id: 'mend', type: 'userTask', label: '维修', at: [300, 80] },
    { id: 'end', type: 'endEvent', at: [500, 100] },
  ],
  edges: [
    { id: 'a', from: 'start', to: 'check' },
    { id: 'b', from: 'check', to: 'mend' },
    { id: 'c', from: 'mend', to: 'end' },
  ],
  groups: [{ id: 'workshop', label: '车间', nodes: ['check', 'mend'] }],
} as unknown as FlowDefinition

async function exported(one: FlowDefinition): Promise<string> {
  const done = await exportBpmn(one)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}
async function imported(xml: string) {
  const done = await importBpmn(xml, { form: 'ticket' })
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}
const lines = (xml: string, name: RegExp) => xml.match(new RegExp(`<[^>]*${name.source}[^>]*>`, 'g')) ?? []

test('a group is a bpmn:group with the value of a category, and a frame around its nodes', async () => {
  const xml = await exported(flow)
  expect(lines(xml, /group /)[0]).toMatch(/<bpmn:group id="workshop" categoryValueRef="workshop_value" ?\/?>/)
  expect(lines(xml, /categoryValue /)).toEqual(['<bpmn:categoryValue id="workshop_value" value="车间" />'])
  expect(xml).toMatch(
    /<bpmndi:BPMNShape id="workshop_di" bpmnElement="workshop">\s*<dc:Bounds x="76" y="30" width="348" height="154" \/>/,
  )
  // What the frame says is not said twice.
  expect(xml).not.toContain('tenon:properties>{"nodes"')
  const { flows, report } = await imported(xml)
  expect(flows).toEqual([flow])
  expect(report.filter(({ type }) => /group|categor/i.test(type))).toEqual([
    { element: 'workshop', type: 'group', name: '车间', what: 'run', flow: 'repair', problems: [] },
  ])
})

test('names in several languages, and nodes that only happen to stand in the frame, come back as they were', async () => {
  const odd = {
    ...flow,
    groups: [
      { id: 'outer', label: { 'zh-CN': '两端', en: 'Ends' }, nodes: ['end', 'start'] },
      { id: 'check', label: '检测', nodes: ['check'] },
    ],
  } as FlowDefinition
  expect((await imported(await exported(odd))).flows).toEqual([odd])
})

/** As another tool draws it: no names of ours, a group inside another pool's coordinates, one around nothing. */
const foreign = async () =>
  (await exported(flow))
    .replace('exporter="Tenon"', 'exporter="Other"')
    .replace('id="workshop"', 'id="Group_1x"')
    .replace('bpmnElement="workshop"', 'bpmnElement="Group_1x"')
    .replace('<bpmn:group', '<bpmn:group id="Group_empty" />\n    <bpmn:group')

test('a foreign group holds what lies inside its frame; one around nothing is kept and named', async () => {
  const { flows, report } = await imported(await foreign())
  expect(flows[0]?.groups).toEqual([{ id: 'group_1x', label: '车间', nodes: ['check', 'mend'] }])
  expect(report.filter(({ type }) => type === 'group').map(({ element, what }) => [element, what])).toEqual([
    ['Group_empty', 'kept'],
    ['Group_1x', 'run'],
  ])
})

test('changes of a foreign document touch what was changed: frame, name, members, and groups that go', async () => {
  const [read] = (await imported(await foreign())).flows
  if (!read) throw new Error('no flow')
  const [group] = read.groups ?? []
  if (!group) throw new Error('no group')
  const wider = await exported({ ...read, groups: [{ ...group, label: '检修车间', nodes: ['check', 'mend', 'end'] }] })
  expect(lines(wider, /categoryValue /)).toEqual(['<bpmn:categoryValue id="workshop_value" value="检修车间" />'])
  expect(wider).toContain('<dc:Bounds x="76" y="30" width="484" height="154" />')
  expect((await imported(wider)).flows[0]?.groups).toEqual([
    { id: 'group_1x', label: '检修车间', nodes: ['check', 'mend', 'end'] },
  ])
  const moved = await exported({
    ...read,
    nodes: read.nodes.map((node) => (node.id === 'mend' ? { ...node, at: [300, 280] } : node)),
  } as FlowDefinition)
  expect(moved).toContain('<dc:Bounds x="76" y="30" width="348" height="354" />')
  const { groups: _, ...without } = read
  const gone = await exported(without as FlowDefinition)
  expect(lines(gone, /(?:group |categor)/)).toEqual(['<bpmn:group id="Group_empty" />'])
  expect((await imported(gone)).flows[0]?.groups).toBe(undefined)
})
