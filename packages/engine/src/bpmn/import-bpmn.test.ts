import { expect, test } from 'vitest'
import type { FlowDefinition } from '../definitions/flow.ts'
import { renderProblem } from '../render-problem.ts'
import { exportBpmn } from './export-bpmn.ts'
import { importBpmn } from './import-bpmn.ts'
import { treeOf } from './same-tree.ts'
import { readXml } from './xml.ts'

const foreign = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:acme="urn:acme" id="Defs_1" targetNamespace="t">
  <bpmn:collaboration id="Collab">
    <bpmn:participant id="Pool_A" name="Service desk" processRef="Process_A" />
    <bpmn:participant id="Pool_B" name="Customer" />
    <bpmn:messageFlow id="MF" sourceRef="Pool_B" targetRef="Start_1" />
  </bpmn:collaboration>
  <bpmn:message id="Msg_1" name="Parts arrived" />
  <bpmn:process id="Process_A" isExecutable="true">
    <bpmn:laneSet id="Lanes"><bpmn:lane id="Lane_1" name="Support"><bpmn:flowNodeRef>Start_1</bpmn:flowNodeRef><bpmn:flowNodeRef>Task_Repair</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
    <bpmn:dataObject id="Data_1" name="Report" />
    <bpmn:startEvent id="Start_1" name="Ticket comes"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="F1" sourceRef="Start_1" targetRef="Task_Repair" />
    <bpmn:userTask id="Task_Repair" name="Repair" acme:colour="red">
      <bpmn:documentation>With care</bpmn:documentation>
      <bpmn:extensionElements><acme:form key="f1" /></bpmn:extensionElements>
      <bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing><bpmn:outgoing>F4</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="F2" name="rest" sourceRef="Task_Repair" targetRef="Complex">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">\${amount &gt; 100}</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:complexGateway id="Complex" name="Two of three" />
    <bpmn:sequenceFlow id="F4" sourceRef="Task_Repair" targetRef="End_1">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="groovy">order.items.sum { it.price } > 3</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:boundaryEvent id="Parts" attachedToRef="Task_Repair" cancelActivity="false"><bpmn:messageEventDefinition id="D" messageRef="Msg_1" /></bpmn:boundaryEvent>
    <bpmn:endEvent id="End_1" />
    <bpmn:textAnnotation id="Note_1"><bpmn:text>remember</bpmn:text></bpmn:textAnnotation>
    <bpmn:association id="Assoc_1" sourceRef="Task_Repair" targetRef="Note_1" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane id="Plane_1" bpmnElement="Collab">
    <bpmndi:BPMNShape id="S1" bpmnElement="Start_1"><dc:Bounds x="100" y="100" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="S2" bpmnElement="Task_Repair"><dc:Bounds x="200" y="80" width="160" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="S3" bpmnElement="End_1"><dc:Bounds x="500" y="100" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="E1" bpmnElement="F1"><di:waypoint x="136" y="118" /><di:waypoint x="170" y="90" /><di:waypoint x="200" y="118" /></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="E4" bpmnElement="F4"><di:waypoint x="360" y="120" /><di:waypoint x="500" y="118" /></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`

async function imported(xml: string) {
  const done = await importBpmn(xml, { form: 'ticket' })
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}
async function exported(flow: FlowDefinition): Promise<string> {
  const done = await exportBpmn(flow)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}
async function tree(xml: string): Promise<object> {
  const read = await readXml(xml)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return treeOf(read.value.definitions)
}
const theFlow = async (xml: string) => (await imported(xml)).flows[0] as FlowDefinition

test('a process becomes a flow: slugs, labels, places, ways', async () => {
  const { extensions, ...flow } = await theFlow(foreign)
  expect(flow).toEqual({
    id: 'process_a',
    kind: 'flow',
    schemaVersion: 1,
    form: 'ticket',
    label: 'Service desk',
    start: [{ on: 'manual' }],
    nodes: [
      { id: 'start_1', type: 'startEvent', label: 'Ticket comes', at: [100, 100] },
      { id: 'task_repair', type: 'userTask', label: 'Repair', at: [200, 80], size: [160, 80] },
      {
        id: 'parts',
        type: 'boundaryEvent',
        attachedTo: 'task_repair',
        on: { message: 'parts_arrived' },
        interrupting: false,
      },
      { id: 'end_1', type: 'endEvent', at: [500, 100] },
    ],
    edges: [
      { id: 'f1', from: 'start_1', to: 'task_repair', via: [[170, 90]] },
      { id: 'f4', from: 'task_repair', to: 'end_1', when: { formula: 'false' } },
    ],
  })
  expect(Object.keys(extensions ?? {})).toEqual(['Defs_1'])
})

test('what is not run is named one by one, in words of both languages', async () => {
  const { report } = await imported(foreign)
  const said = report.filter(({ what, problems }) => what === 'kept' || problems.length > 0)
  expect(
    said.map(({ element, type, what, problems }) => [element, type, what, ...problems.map(({ code }) => code)]),
  ).toEqual([
    ['Collab', 'collaboration', 'kept', 'bpmn.kept'],
    ['Pool_A', 'participant', 'kept', 'bpmn.kept'],
    ['Pool_B', 'participant', 'kept', 'bpmn.kept'],
    ['MF', 'messageFlow', 'kept', 'bpmn.kept'],
    ['Lanes', 'laneSet', 'kept', 'bpmn.kept'],
    ['Lane_1', 'lane', 'kept', 'bpmn.kept'],
    ['Data_1', 'dataObject', 'kept', 'bpmn.kept'],
    ['Task_Repair', 'documentation', 'kept', 'bpmn.kept'],
    ['Task_Repair', 'extensionElements', 'kept', 'bpmn.kept'],
    ['F2', 'sequenceFlow', 'kept', 'bpmn.kept'],
    ['Complex', 'complexGateway', 'kept', 'bpmn.kept'],
    ['F4', 'sequenceFlow', 'run', 'bpmn.expression'],
    ['Note_1', 'textAnnotation', 'kept', 'bpmn.kept'],
    ['Assoc_1', 'association', 'kept', 'bpmn.kept'],
  ])
  for (const problem of report.flatMap(({ problems }) => problems))
    for (const locale of ['zh-CN', 'en'] as const)
      expect(renderProblem(problem, locale)).not.toMatch(/[{}]\s*$|undefined/)
})

test('nothing is lost on the way back', async () => {
  expect(await tree(await exported(await theFlow(foreign)))).toEqual(await tree(foreign))
})

test('a change shows in the document, and everything else stays', async () => {
  const flow = await theFlow(foreign)
  const changed = structuredClone(flow) as FlowDefinition & {
    nodes: Record<string, unknown>[]
    edges: Record<string, unknown>[]
  }
  const [start, repair] = changed.nodes
  Object.assign(repair!, { label: 'Repair it', assign: [{ role: 'agent' }] })
  start!.at = [100, 200]
  changed.nodes.push(
    { id: 'check', type: 'userTask' },
    { id: 'late', type: 'boundaryEvent', attachedTo: 'check', on: { timer: 'PT4H' } },
  )
  changed.nodes = changed.nodes.filter(({ id }) => id !== 'parts')
  Object.assign(changed.edges[1]!, { to: 'check', when: { formula: 'amount > 3' } })
  changed.edges.push({ id: 'e9', from: 'check', to: 'end_1' })
  const xml = await exported(changed)
  expect(xml).toContain('name="Repair it" acme:colour="red"')
  expect(xml).toContain('<tenon:properties>{"assign":[{"role":"agent"}]}</tenon:properties>')
  expect(xml).toContain('<bpmn:flowNodeRef>Task_Repair</bpmn:flowNodeRef>')
  expect(xml).toContain('<acme:form key="f1"')
  expect(xml).toMatch(/bpmnElement="late"[\s\S]*Bounds/)
  expect(xml).not.toContain('id="Parts"')
  const { extensions: _, ...again } = await theFlow(xml)
  const { extensions: __, ...wanted } = changed
  expect({ ...again, nodes: byId(again.nodes), edges: byId(again.edges) }).toEqual({
    ...wanted,
    nodes: byId(wanted.nodes),
    edges: byId(wanted.edges),
  })
})
const byId = (parts: readonly object[]) => new Map(parts.map((part) => [(part as { id: string }).id, part]))

test('a document without a drawing is laid out from left to right, and stays without one', async () => {
  const bare = foreign.replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/, '')
  const flow = await theFlow(bare)
  const [start, repair, , end] = flow.nodes.map((node) => node.at?.[0] ?? Number.NaN)
  expect(start).toBeLessThan(repair!)
  expect(repair).toBeLessThan(end!)
  expect(await tree(await exported(flow))).toEqual(await tree(bare))
})

test('several processes: each a flow, and one document again', async () => {
  const two = foreign.replace(
    '<bpmndi:BPMNDiagram',
    '<bpmn:process id="Process_B" isExecutable="true"><bpmn:startEvent id="SB"/></bpmn:process><bpmndi:BPMNDiagram',
  )
  const { flows } = await imported(two)
  expect(flows.map(({ id }) => id)).toEqual(['process_a', 'process_b'])
  const [one, other] = flows as [FlowDefinition, FlowDefinition]
  const done = await exportBpmn({ ...one, label: 'First' }, [{ ...other, label: 'Second' }])
  expect(done.ok && done.value).toMatch(/Process_A" name="First"[\s\S]*Process_B" name="Second"/)
})

test('a business rule task of ours comes back with its table and is run; of another tool it does nothing, and that is said', async () => {
  const xml = foreign.replace('<bpmn:complexGateway id="Complex"', '<bpmn:businessRuleTask id="Complex"')
  const { flows, report } = await imported(xml)
  const about = (entries: typeof report, id: string) =>
    entries.filter(({ element }) => element === id).map(({ what, as, problems }) => [what, as, problems.length])
  expect(flows[0]?.nodes.find(({ id }) => id === 'complex')).toMatchObject({ type: 'serviceTask', actions: [] })
  expect(about(report, 'Complex')).toEqual([['adapted', 'serviceTask', 1]])

  const grade = { id: 'grade', type: 'businessRuleTask', decision: 'grade', set: { priority: 'level' } } as const
  const tell = { id: 'tell', type: 'serviceTask', actions: [{ id: 'a', type: 'set', values: {} }] } as const
  const flow = { ...(flows[0] as FlowDefinition), nodes: [grade, tell], edges: [], extensions: undefined }
  const back = await imported(await exported(flow as unknown as FlowDefinition))
  expect(back.flows[0]?.nodes.map(({ at: _, ...node }) => node)).toEqual([grade, tell])
  expect(about(back.report, 'grade')).toEqual([['run', 'businessRuleTask', 0]])
  expect(about(back.report, 'tell')).toEqual([['run', 'serviceTask', 0]])
})
