import { expect, test } from 'vitest'
import { Desk, deskApp } from '../../test/desk.ts'

const decision = {
  id: 'grade',
  kind: 'decision',
  schemaVersion: 1,
  label: 'Grading',
  form: 'ticket',
  hitPolicy: 'unique',
  inputs: [{ id: 'count', expression: 'count', label: { 'zh-CN': '次数', en: 'Count' } }],
  outputs: [{ id: 'solution' }],
  rows: [
    { id: 'many', when: { count: '>= 10' }, then: { solution: 'many' } },
    { id: 'lots', when: { count: '>= 20' }, then: { solution: { formula: 'string(count)' } } },
    { id: 'none', when: { count: '0' }, then: {} },
  ],
}
const rule = (more: object = {}) => ({
  id: 'count_up',
  kind: 'rule',
  schemaVersion: 1,
  label: 'Grade',
  form: 'ticket',
  on: { events: ['created', 'changed'], fields: ['count'] },
  then: [{ id: 'grade', type: 'decide', decision: 'grade', set: { solution: 'solution' }, ...more }],
})
function deskWith(more: object = {}, table: object = {}): Desk {
  return new Desk(
    deskApp((files) => {
      files['decisions/grade.json'] = { ...decision, ...table }
      files['rules/count_up.json'] = rule(more)
    }),
  )
}
const made = (desk: Desk, row: Parameters<Desk['trail']>[0]) =>
  desk.trail(row).filter(({ type }) => type === 'decision.made')

test('the row that hits sets the field through the write path; the trail names it', async () => {
  const desk = deskWith()
  const row = await desk.make('ticket', { subject: 'one', count: 12 })
  expect(desk.row(row)?.data.solution).toBe('many')
  expect(made(desk, row)).toMatchObject([
    { cause: 'rule:count_up@1', data: { decision: 'grade', rows: ['many'], places: [1], isDefault: false } },
  ])
})

test('several rows under unique, or none: nothing is set, and the trail says so', async () => {
  const desk = deskWith()
  const row = await desk.make('ticket', { subject: 'one', count: 25, solution: 'before' })
  expect(desk.row(row)?.data.solution).toBe('before')
  await desk.update('ann', row, { count: 5 })
  expect(desk.row(row)?.data.solution).toBe('before')
  expect(made(desk, row).map(({ data }) => [data.rows, data.fault])).toEqual([
    [['many', 'lots'], 'decision.severalRows'],
    [[], undefined],
  ])
})

test('a row without an entry empties the field; a default is set where no row hits', async () => {
  const desk = deskWith({}, { outputs: [{ id: 'solution', default: 'few' }] })
  const row = await desk.make('ticket', { subject: 'one', count: 5 })
  expect([desk.row(row)?.data.solution, made(desk, row)[0]?.data.isDefault]).toEqual(['few', true])
  await desk.update('ann', row, { count: 0 })
  expect(desk.row(row)?.data.solution ?? null).toBe(null)
})

test('the reason is written in words where a field is named for it', async () => {
  const desk = deskWith({ explain: 'note' })
  const row = await desk.make('ticket', { subject: 'one', count: 12 })
  expect(desk.row(row)?.data.note).toBe('第 1 行：次数 = 12')
})

test('a business rule task asks the table, and the gateway behind it sees what it set', async () => {
  const desk = new Desk(
    deskApp((files) => {
      files['decisions/grade.json'] = decision
      files['flows/pair.json'] = {
        ...files['flows/pair.json'],
        nodes: [
          { id: 'begin', type: 'startEvent' },
          { id: 'grade', type: 'businessRuleTask', decision: 'grade', set: { solution: 'solution' }, explain: 'note' },
          { id: 'which', type: 'exclusiveGateway' },
          { id: 'many', type: 'userTask', label: 'many', assign: [{ strategy: 'fewest' }] },
          { id: 'end', type: 'endEvent' },
        ],
        edges: [
          { id: 'e1', from: 'begin', to: 'grade' },
          { id: 'e2', from: 'grade', to: 'which' },
          {
            id: 'e3',
            from: 'which',
            to: 'many',
            when: { fact: 'record', path: '$.solution', operator: 'equal', value: 'many' },
          },
          { id: 'e4', from: 'which', to: 'end', default: true },
          { id: 'e5', from: 'many', to: 'end' },
        ],
      }
    }),
  )
  const row = await desk.make('ticket', { subject: 'pair one', count: 12 })
  expect(desk.row(row)?.data).toMatchObject({ solution: 'many', note: '第 1 行：次数 = 12' })
  expect(made(desk, row)).toMatchObject([{ cause: 'flow:pair/grade', source: 'flow', data: { rows: ['many'] } }])
  expect([...desk.play.world.state.tasks.values()].map((task) => task.node)).toEqual(['many'])
})
