import { actionSchemas, conditionDefs, type FieldTypeName, fieldSchemas, fieldTypes, nodeSchemas } from '@tenon/engine'
import { validateFiles } from '@tenon/engine/validate'
import { fireEvent, render, screen } from '@testing-library/react'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { SchemaPanel } from './SchemaPanel.tsx'
import { Hold, Stage, speak } from './testing/Stage.tsx'

// The first drawing of the kit takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

vi.mock('@tenon/runtime/page', () => ({
  client: {
    records: { list: () => Promise.resolve({ items: [] }) },
    departments: () => Promise.resolve({ items: [] }),
  },
  useSession: () => ({ user: { id: 'u1', username: 'admin', name: 'Admin', locale: 'en' } }),
}))
vi.mock('./formula/FeelEditorBox.tsx', () => ({
  default: ({ value, onChange, label }: { value: string; onChange: (text: string) => void; label: string }) => (
    <textarea aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} />
  ),
}))

const withDefs = (schema: object) => ({ ...schema, $defs: conditionDefs })
const scope = { path: 'forms/ticket.json', form: 'ticket' }

function draw(schema: object, value: object, locale: 'zh-CN' | 'en' = 'en') {
  const told = vi.fn()
  const drawn = render(
    <Stage locale={locale}>
      <Hold first={value} told={told}>
        {(now, onChange) => <SchemaPanel schema={withDefs(schema)} value={now} onChange={onChange} scope={scope} />}
      </Hold>
    </Stage>,
  )
  return { told, ...drawn }
}

/** Problems of a definition that consists of little else. */
const head = { id: 'one', schemaVersion: 1, label: 'One' }
const asForm = (field: object) =>
  validateFiles([
    { path: 'forms/one.json', json: { ...head, kind: 'form', title: { formula: 'number' }, fields: [field] } },
  ])
const asFlow = (node: object) =>
  validateFiles([
    {
      path: 'flows/one.json',
      json: {
        ...head,
        kind: 'flow',
        form: 'ticket',
        start: [{ on: 'created' }],
        nodes: [node, { id: 'other', type: 'endEvent' }],
        edges: [],
      },
    },
  ])
const asRule = (action: object) =>
  validateFiles([
    {
      path: 'rules/one.json',
      json: { ...head, kind: 'rule', form: 'ticket', on: { events: ['created'] }, then: [action] },
    },
  ])

const write = (label: string, text: string) =>
  fireEvent.change(screen.getAllByLabelText(label, { selector: 'textarea' })[0] as Element, { target: { value: text } })

describe.each(Object.keys(fieldSchemas) as FieldTypeName[])('a field of type %s', (type) => {
  beforeAll(() => speak('en'))
  const field = fieldTypes[type].examples[0].field

  test('changes only what was changed, and stays valid', () => {
    const { told } = draw(fieldSchemas[type], field)
    write('Label', 'Called otherwise')
    const next = told.mock.lastCall?.[0]
    expect(next).toEqual({ ...field, label: expect.anything() })
    expect(JSON.stringify(next.label)).toContain('Called otherwise')
    expect(asForm(next)).toEqual([])
  })
})

/** The least a node of each type may be. */
const nodes: { readonly [K in keyof typeof nodeSchemas]: object } = {
  startEvent: {},
  endEvent: {},
  userTask: {},
  exclusiveGateway: {},
  parallelGateway: {},
  inclusiveGateway: {},
  eventBasedGateway: {},
  intermediateCatchEvent: { on: { timer: 'PT1H' } },
  intermediateThrowEvent: { throws: { signal: 'done' } },
  boundaryEvent: { attachedTo: 'task', on: { timer: 'PT1H' } },
  serviceTask: { actions: [] },
  businessRuleTask: { decision: 'level' },
  subProcess: {},
  callActivity: { flow: 'other' },
}

describe.each(Object.keys(nodeSchemas) as (keyof typeof nodeSchemas)[])('a node of type %s', (type) => {
  beforeAll(() => speak('en'))
  const node = { id: 'one', type, ...nodes[type] }

  test('changes only what was changed, and stays valid', () => {
    const { told } = draw(nodeSchemas[type], node)
    write('Label', 'Step')
    const next = told.mock.lastCall?.[0]
    expect(next).toEqual({ ...node, label: { en: 'Step' } })
    expect(asFlow(next)).toEqual([])
    write('Label', '')
    expect(told.mock.lastCall?.[0]).toEqual(node)
  })
})

/** The least an action of each type may be. */
const actions: { readonly [K in keyof typeof actionSchemas]: object } = {
  set: { values: { count: 1 } },
  create: { form: 'ticket', values: {} },
  notify: { to: [{ role: 'agent' }], message: 'new_ticket' },
  mail: { to: ['subject'], message: 'new_ticket' },
  comment: { body: 'Hello' },
  decide: { decision: 'level', set: {} },
  alert: { alert: 'risk', title: 'Risk', assignTo: [{ role: 'agent' }] },
  webhook: { url: 'https://example.com/x' },
  endFlow: {},
  sendMessage: { name: 'reply' },
  sendSignal: { name: 'stop' },
  startFlow: { flow: 'other' },
}

describe.each(Object.keys(actionSchemas) as (keyof typeof actionSchemas)[])('an action of type %s', (type) => {
  beforeAll(() => speak('en'))
  const action = { id: 'one', type, ...actions[type] }

  test('gets a condition and loses it again, and is otherwise what it was', () => {
    const { told } = draw(actionSchemas[type], action)
    fireEvent.click(screen.getByText('Add a condition'))
    const next = told.mock.lastCall?.[0]
    expect(next).toEqual({ ...action, when: { fact: 'record', operator: 'equal' } })
    expect(asRule(next)).toEqual([])
    fireEvent.click(screen.getByLabelText('Remove the condition'))
    expect(told.mock.lastCall?.[0]).toEqual(action)
  })
})

describe('a Chinese reader', () => {
  beforeAll(() => speak('zh-CN'))
  const drawn = [
    ...Object.entries(fieldSchemas).map(
      ([type, schema]) => [type, schema, fieldTypes[type as FieldTypeName].examples[0].field] as const,
    ),
    ...Object.entries(nodeSchemas).map(
      ([type, schema]) => [type, schema, { id: 'one', type, ...nodes[type as keyof typeof nodes] }] as const,
    ),
    ...Object.entries(actionSchemas).map(
      ([type, schema]) => [type, schema, { id: 'one', type, ...actions[type as keyof typeof actions] }] as const,
    ),
  ]
  test.each(drawn)('meets no English and no word of the format in %s', (_, schema, value) => {
    const { container } = draw(schema, value, 'zh-CN')
    const titles = [...container.querySelectorAll('label, legend, .ant-select-placeholder, button')].map(
      (one) => one.textContent ?? '',
    )
    expect(titles.filter((title) => /[a-z]{3,}/.test(title) && !/英文：|示例/.test(title))).toEqual([])
  })
})

describe('what a panel writes', () => {
  beforeAll(() => speak('en'))

  test('a switch says nothing where it is as usual', () => {
    const { told } = draw(fieldSchemas.text, { id: 'a', type: 'text', label: 'A' })
    fireEvent.click(screen.getByLabelText('Required', { selector: 'button' }))
    expect(told.mock.lastCall?.[0]).toEqual({ id: 'a', type: 'text', label: 'A', required: true })
    fireEvent.click(screen.getByLabelText('Required', { selector: 'button' }))
    expect(told.mock.lastCall?.[0]).toEqual({ id: 'a', type: 'text', label: 'A' })
  })

  test('a switch that is on when nothing is said writes only off', () => {
    const { told } = draw(nodeSchemas.boundaryEvent, { id: 'b', type: 'boundaryEvent', ...nodes.boundaryEvent })
    const interrupting = screen.getByLabelText('Interrupting', { selector: 'button' })
    expect(interrupting.getAttribute('aria-checked')).toBe('true')
    fireEvent.click(interrupting)
    expect(told.mock.lastCall?.[0]).toMatchObject({ interrupting: false })
    fireEvent.click(interrupting)
    expect(told.mock.lastCall?.[0]).not.toHaveProperty('interrupting')
  })

  test('a text keeps its other language and its form', () => {
    const { told } = draw(fieldSchemas.text, { id: 'a', type: 'text', label: { 'zh-CN': '甲', en: 'A' } })
    write('Label', 'B')
    expect(told.mock.lastCall?.[0].label).toEqual({ 'zh-CN': '甲', en: 'B' })
  })

  test('a group is added as a whole and leaves nothing behind', () => {
    const { told } = draw(nodeSchemas.userTask, { id: 't', type: 'userTask' })
    fireEvent.click(screen.getByText('Add “Limit”'))
    fireEvent.click(screen.getByText('Remove Limit'))
    expect(told.mock.lastCall?.[0]).toEqual({ id: 't', type: 'userTask' })
  })

  test('a new entry of a list has an id that nobody had to think of', () => {
    const { told } = draw(nodeSchemas.userTask, { id: 't', type: 'userTask' })
    fireEvent.click(screen.getByText('Add to “Outcomes”'))
    expect(told.mock.lastCall?.[0].outcomes).toEqual([{ id: expect.stringMatching(/^[a-z]/) }])
  })
})
