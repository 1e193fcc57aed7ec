import { describe, expect, test } from 'vitest'
import type { FlowDefinition } from '../definitions/flow.ts'
import { exportBpmn } from './export-bpmn.ts'
import { importBpmn } from './import-bpmn.ts'
import { treeOf } from './same-tree.ts'
import { readXml } from './xml.ts'

const documentOf = (content: string, start = '<startEvent id="start"/>') =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:acme="urn:acme" id="Defs" targetNamespace="t"><process id="p" isExecutable="true">${start}${content}</process></definitions>`

/** In the expression language of older tools. */
const el = (text: string) => `\${${text}}`

async function imported(xml: string) {
  const done = await importBpmn(xml, { form: 'ticket' })
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  const [flow] = done.value.flows as [FlowDefinition]
  const node = (id: string) => flow.nodes.find((one) => one.id === id) as Record<string, unknown> | undefined
  const said = (id: string) =>
    done.value.report
      .filter(({ element }) => element === id)
      .flatMap(({ problems }) => problems.map(({ code, details }) => [code, details?.text].filter(Boolean).join(' ')))
  const what = (id: string) => done.value.report.find(({ element }) => element === id)?.what
  return { flow, node, said, what }
}
const tree = async (xml: string) => {
  const read = await readXml(xml)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return treeOf(read.value.definitions)
}

describe('a completion condition', () => {
  const several = (condition: string, more = '') =>
    documentOf(
      `<userTask id="sign"><multiInstanceLoopCharacteristics ${more}><loopCardinality>5</loopCardinality><completionCondition xsi:type="tFormalExpression">${condition}</completionCondition></multiInstanceLoopCharacteristics></userTask>`,
    )

  test.each([
    [el('nrOfCompletedInstances &gt;= 2'), 2],
    [el('nrOfCompletedInstances == 1'), 'first'],
    ['#{nrOfCompletedInstances &gt; 2}', 3],
    ['= numberOfCompletedInstances >= 3', 3],
    [el('nrOfCompletedInstances/nrOfInstances &gt;= 0.6'), { ratio: 0.6 }],
    ['=(numberOfCompletedInstances / numberOfInstances) >= .5', { ratio: 0.5 }],
    [el('nrOfCompletedInstances/nrOfInstances &gt;= 1.0'), { ratio: 1 }],
    [el('nrOfCompletedInstances/nrOfInstances &gt; 0.5'), { moreThan: 0.5 }],
  ])('of a number or a share is run: %s', async (condition, take) => {
    const { node, said, what } = await imported(several(condition))
    expect(node('sign')?.multiInstance).toEqual({ cardinality: 5, item: 'item', join: { take, rest: 'cancel' } })
    expect([what('sign'), said('sign')]).toEqual(['run', []])
  })

  test.each([
    el('approved == false'),
    // More than all of them never are.
    el('nrOfCompletedInstances/nrOfInstances &gt; 1'),
    el('nrOfActiveInstances == 0'),
    el('nrOfCompletedInstances &gt;= needed'),
    '= numberOfCompletedInstances >= 2 or urgent',
    el('nrOfCompletedInstances &gt;= 0'),
  ])('of anything else is named: %s', async (condition) => {
    const { node, said, what } = await imported(several(condition))
    expect(node('sign')?.multiInstance).toEqual({ cardinality: 5, item: 'item' })
    expect(said('sign')).toEqual([`bpmn.completion ${condition.replace('&gt;', '>')}`])
    expect(what('sign')).toBe('adapted')
  })

  test('comes back as it was, and one of ours is said in words other tools know', async () => {
    const xml = several(el('nrOfCompletedInstances &gt;= 2'))
    const { flow } = await imported(xml)
    const same = await exportBpmn(flow)
    expect(same.ok && (await tree(same.value))).toEqual(await tree(xml))
    const own = (take: unknown, rest?: string) =>
      ({
        ...flow,
        extensions: undefined,
        nodes: flow.nodes.map((node) =>
          node.id === 'sign'
            ? { ...node, multiInstance: { cardinality: 5, item: 'item', join: { take, ...(rest ? { rest } : {}) } } }
            : node,
        ),
      }) as unknown as FlowDefinition
    for (const [take, said] of [
      [2, 'numberOfCompletedInstances &gt;= 2'],
      ['first', 'numberOfCompletedInstances &gt;= 1'],
      [{ ratio: 0.6 }, 'numberOfCompletedInstances / numberOfInstances &gt;= 0.6'],
      [{ moreThan: 0.5 }, 'numberOfCompletedInstances / numberOfInstances &gt; 0.5'],
    ] as const) {
      const ours = own(take, 'cancel')
      const text = await exportBpmn(ours)
      expect(text.ok && text.value).toContain(said)
      const back = await imported(text.ok ? text.value : '')
      expect(back.node('sign')).toEqual(ours.nodes.find(({ id }) => id === 'sign'))
    }
    // Others going on without effect is no word of BPMN.
    const left = own(2)
    const text = await exportBpmn(left)
    expect(text.ok && text.value).not.toContain('completionCondition')
    expect((await imported(text.ok ? text.value : '')).node('sign')).toEqual(left.nodes.find(({ id }) => id === 'sign'))
  })
})

test('a process that begins by a condition begins when a change makes it true; among several beginnings it is named', async () => {
  const conditional = (id: string, condition: string) =>
    `<startEvent id="${id}"><conditionalEventDefinition id="d_${id}"><condition xsi:type="tFormalExpression">${condition}</condition></conditionalEventDefinition></startEvent>`
  const one = await imported(documentOf('<task id="t"/>', conditional('low', el('stock &lt; 3'))))
  expect(one.flow.start).toEqual([{ on: 'changed', when: { formula: 'stock < 3' } }])
  expect(one.said('low')).toEqual([])
  const text = await exportBpmn(one.flow)
  expect(text.ok && (await tree(text.value))).toEqual(
    await tree(documentOf('<task id="t"/>', conditional('low', el('stock &lt; 3')))),
  )
  const two = await imported(
    documentOf('<task id="t"/>', `<startEvent id="s"/>${conditional('low', el('stock &lt; 3'))}`),
  )
  expect(two.flow.start).toEqual([{ on: 'manual' }])
  expect(two.said('low')).toEqual(['bpmn.start'])
  const foreign = await imported(documentOf('<task id="t"/>', conditional('low', 'stock.isLow() ? 1 : 0')))
  expect(foreign.flow.start).toEqual([{ on: 'changed', when: { formula: 'false' } }])
  expect(foreign.said('low')).toContain('bpmn.expression stock.isLow() ? 1 : 0')
})

test('what would change when or how often something happens is named at its element', async () => {
  const { said } = await imported(
    documentOf(`
      <task id="two" startQuantity="2" completionQuantity="3"/>
      <receiveTask id="begins" instantiate="true"/>
      <eventBasedGateway id="both" instantiate="true" eventGatewayType="Parallel"/>
      <userTask id="often"><standardLoopCharacteristics loopMaximum="5000"/></userTask>
      <userTask id="sums"><multiInstanceLoopCharacteristics behavior="One" oneBehaviorEventRef="s1"><extensionElements><zeebe:loopCharacteristics inputCollection="=items" outputCollection="results"/></extensionElements></multiInstanceLoopCharacteristics></userTask>
      <userTask id="watched"><multiInstanceLoopCharacteristics><extensionElements><acme:rule/></extensionElements><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
      <subProcess id="undo" triggeredByEvent="true"><startEvent id="undone"><compensateEventDefinition id="c"/></startEvent></subProcess>
      <task id="plain"/>
      <intermediateThrowEvent id="s1"><signalEventDefinition id="s1d"/></intermediateThrowEvent>`),
  )
  expect(said('two')).toEqual(['bpmn.adapted', 'bpmn.ignored startQuantity="2"', 'bpmn.ignored completionQuantity="3"'])
  expect(said('begins')).toContain('bpmn.ignored instantiate="true"')
  expect(said('both')).toEqual(['bpmn.ignored instantiate="true"', 'bpmn.ignored eventGatewayType="Parallel"'])
  expect(said('often')).toEqual(['bpmn.ignored loopMaximum="5000"'])
  expect(said('sums')).toEqual(['bpmn.ignored oneBehaviorEventRef', 'bpmn.ignored outputCollection'])
  expect(said('watched')).toEqual(['bpmn.kept'])
  expect(said('undone')).toEqual(['bpmn.event'])
  expect(said('plain')).toEqual(['bpmn.adapted'])
})
