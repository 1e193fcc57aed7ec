import { recordRights } from '@tenon/engine'
import { expect, test } from 'vitest'
import {
  type Form,
  fieldCell,
  nextCell,
  withFields,
  withNewEntry,
  withoutEntry,
  withRight,
  withRows,
} from './access.ts'

const form = {
  id: 'ticket',
  access: [
    { id: 'agent_all', role: 'agent', can: ['read', 'update'], fields: { cost: 'hidden' } },
    { id: 'viewer_all', role: 'viewer', can: ['read'] },
    { id: 'robot', role: 'robot', can: ['comment'] },
  ],
} as unknown as Form
const [agent, viewer, robot] = form.access as NonNullable<Form['access']>
const subject = { id: 'subject', isWritable: true }
const total = { id: 'total', isWritable: false }

test('a right is given and taken, in the order of the list; what is so already changes nothing', () => {
  const more = withRight(form, 'agent_all', 'create', true, recordRights)
  expect(more.access?.[0]?.can).toEqual(['read', 'create', 'update'])
  expect(withRight(more, 'agent_all', 'create', false, recordRights)).toEqual(form)
  expect(withRight(form, 'agent_all', 'read', true, recordRights)).toBe(form)
  expect(withRight(form, 'nobody', 'read', true, recordRights)).toBe(form)
})

test('a cell shows what the people can do, whether it is written down or follows from their rights', () => {
  if (!agent || !viewer || !robot) throw new Error('three entries')
  expect([agent, viewer, robot].map((entry) => fieldCell(entry, 'subject', true))).toEqual(['edit', 'read', 'none'])
  expect(fieldCell(agent, 'cost', true)).toBe('hidden')
  expect(fieldCell(agent, 'total', false)).toBe('read')
})

test('a click leads only to what makes a difference for these people', () => {
  const walk = (entry: string, field: typeof subject, clicks: number) => {
    let now = form
    const seen = []
    for (let click = 0; click < clicks; click += 1) {
      const found = now.access?.find(({ id }) => id === entry)
      if (!found) throw new Error(entry)
      const cell = nextCell(found, field.id, field.isWritable)
      now = withFields(now, entry, [field], cell)
      seen.push(cell)
    }
    return { seen, now }
  }
  expect(walk('agent_all', subject, 3)).toEqual({ seen: ['read', 'hidden', 'edit'], now: form })
  expect(walk('viewer_all', subject, 2)).toEqual({ seen: ['hidden', 'read'], now: form })
  expect(walk('agent_all', total, 2)).toEqual({ seen: ['hidden', 'read'], now: form })
  expect(walk('robot', subject, 1)).toEqual({ seen: ['none'], now: form })
})

test('a whole row is hidden and shown at once; nothing superfluous is written', () => {
  const hidden = withFields(form, 'viewer_all', [subject, total], 'hidden')
  expect(hidden.access?.[1]?.fields).toEqual({ subject: 'hidden', total: 'hidden' })
  expect(withFields(hidden, 'viewer_all', [subject, total], 'read').access?.[1]).toEqual(viewer)
  expect(withFields(form, 'agent_all', [{ id: 'cost', isWritable: true }], 'edit').access?.[0]).not.toHaveProperty(
    'fields',
  )
})

test('an entry is copied to another role beside what it has, and goes again', () => {
  const copied = withNewEntry(form, 'viewer', agent)
  expect(copied.form.access?.map(({ id, role }) => [id, role])).toEqual([
    ['agent_all', 'agent'],
    ['viewer_all', 'viewer'],
    ['viewer_all_2', 'viewer'],
    ['robot', 'robot'],
  ])
  expect(copied.form.access?.[2]).toMatchObject({ can: ['read', 'update'], fields: { cost: 'hidden' } })
  expect(withoutEntry(copied.form, copied.id)).toEqual(form)
})

test('rows are narrowed and opened again', () => {
  const rows = { fact: 'record', path: '$.handler', operator: 'equal', value: { ref: '$.user.id' } } as never
  const narrowed = withRows(form, 'viewer_all', rows)
  expect(narrowed.access?.[1]).toEqual({ ...viewer, rows })
  expect(withRows(narrowed, 'viewer_all', undefined)).toEqual(form)
})
