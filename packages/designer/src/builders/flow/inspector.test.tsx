import { type FormDefinition, formModel } from '@tenon/engine'
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { beforeAll, expect, test, vi } from 'vitest'
import { type Flow, nodeOf } from '../../edits/flow/flow.ts'
import { Stage, speak } from '../../panels/testing/Stage.tsx'
import { Inspector } from './Inspector.tsx'
import type { ChangeFlow } from './use-flow.ts'

const asked: string[] = []
vi.mock('../../panels/PropertyControl.tsx', async (load) => {
  const original = await load<typeof import('../../panels/PropertyControl.tsx')>()
  const PropertyControl: typeof original.PropertyControl = (props) => {
    asked.push(props.label)
    return <original.PropertyControl {...props} />
  }
  return { ...original, PropertyControl }
})

const fields = Array.from({ length: 70 }, (_, at) => ({ id: `f${at}`, type: 'text', label: `字段${at}` }))
const form = formModel(
  { id: 'large', kind: 'form', schemaVersion: 1, label: '大', title: { formula: 'f0' }, fields } as FormDefinition,
  { id: 'demo', currency: 'CNY' },
)
const begun = {
  id: 'large',
  form: 'large',
  nodes: ['a', 'b'].map((id) => ({ id, type: 'userTask', label: `步骤${id}`, assign: [{ role: 'agent' }] })),
  edges: [{ id: 'ab', from: 'a', to: 'b' }],
} as unknown as Flow

let choose: (address: string) => void = () => {}
let now: Flow = begun
const nothing = () => {}
const names = { person: String, department: String }
const wording = { documents: {}, form: 'large', locale: 'zh-CN' as const, t: ((key: string) => key) as never, names }

function Bench() {
  const [flow, setFlow] = useState(begun)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  choose = (address) => setChosen(new Set([address]))
  now = flow
  const change: ChangeFlow = (_, make) => {
    const made = make(now)
    if (made) setFlow(made.flow)
    return made
  }
  const ways = { onAdd: nothing, onConnect: nothing, onRemove: nothing, onGroup: nothing, onGo: nothing }
  return (
    <Inspector
      path="flows/large.json"
      {...{ flow, form, wording, chosen, change }}
      marks={undefined}
      {...ways}
      onClose={nothing}
    />
  )
}

beforeAll(async () => {
  await speak('zh-CN')
})

test('the panel of a step: typing its name draws its name; the list of fields stays from step to step', async () => {
  render(
    <Stage locale="zh-CN">
      <Bench />
    </Stage>,
  )
  act(() => choose('nodes/a'))
  const words = (name: string) =>
    screen.getByRole<HTMLSelectElement>('combobox', { name: new RegExp(`${name}$|${name}[^0-9]`) })
  // Asked cheaply: looking for names all the time would leave the panel no time to be drawn.
  await vi.waitFor(
    () => expect(document.querySelectorAll('select').length).toBeGreaterThanOrEqual(fields.length),
    10_000,
  )
  const last = words('字段69')
  asked.length = 0
  const name = () => within(document.body).getByRole<HTMLTextAreaElement>('textbox', { name: '名称' })
  fireEvent.change(name(), { target: { value: '维修' } })
  expect(name().value).toBe('维修')
  expect(nodeOf(now, 'a')).toMatchObject({ label: '维修', assign: [{ role: 'agent' }] })
  expect([...new Set(asked)]).toEqual(['名称'])

  fireEvent.change(words('字段69'), { target: { value: 'hidden' } })
  expect(nodeOf(now, 'a')).toMatchObject({ fields: { f69: 'hidden' } })
  act(() => choose('nodes/b'))
  expect(name().value).toBe('步骤b')
  await vi.waitFor(() => expect(last.value).toBe('usual'), 10_000)
  expect(words('字段69')).toBe(last)
  fireEvent.change(last, { target: { value: 'read' } })
  expect(nodeOf(now, 'b')).toMatchObject({ label: '步骤b', fields: { f69: 'read' } })
  expect(nodeOf(now, 'a')).toMatchObject({ fields: { f69: 'hidden' } })
})
