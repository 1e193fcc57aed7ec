import { expect, test } from 'vitest'
import { deskApp, deskPeople } from '../../test/desk.ts'
import type { RecordFacts } from '../facts.ts'
import { directoryOf } from '../pipeline/memory-directory.ts'
import { formsThatDecide, ownersOnRecords } from './owners-on-records.ts'

const idOf = (username: string) => deskPeople.find((person) => person.username === username)?.id ?? ''

/** What is said of a task with these properties on these records. */
function said(
  task: object,
  records: readonly object[],
  customers: Readonly<Record<string, object>> = {},
  more: readonly object[] = [],
  hidden?: string,
) {
  const app = deskApp((files) => {
    const customer = files['forms/customer.json'] as { fields: object[] }
    customer.fields.push({ id: 'manager', type: 'user', label: 'manager' })
    files['flows/go.json'] = {
      id: 'go',
      kind: 'flow',
      schemaVersion: 1,
      label: 'go',
      form: 'ticket',
      start: [{ on: 'manual' }],
      nodes: [
        { id: 'begin', type: 'startEvent' },
        { id: 'work', type: 'userTask', label: 'work', ...task },
        ...more,
        { id: 'end', type: 'endEvent' },
      ],
      edges: [],
    }
  })
  const lookup = (form: string) => app.forms.get(form)
  const linked = (_form: string, id: string) => customers[id] as RecordFacts | undefined
  const facts = records.map((record) => ({
    facts: { now: 0, zone: 'UTC', record: record as RecordFacts, linked },
    creator: null,
  }))
  const people = { directory: directoryOf(deskPeople, []), now: 0 }
  return ownersOnRecords(app, lookup, people, {
    records: (form) => (form === 'ticket' ? facts : []),
    mayRead: (_form, field) => field !== hidden,
  })
    .filter(({ path }) => path.startsWith('/flows/go.json'))
    .map(({ code, path, details }) => `${code} ${path} ${details?.count}`)
}
const warned = (count: number) => [`flow.ownerNobodyTried /flows/go.json/nodes/1/assign ${count}`]

test('a field that is nobody on every record is warned of; one record with somebody is enough', () => {
  const task = { assign: [{ field: 'handler' }] }
  expect(said(task, [{ handler: null }, { handler: 'gone' }])).toEqual(warned(2))
  expect(said(task, [{ handler: null }, { handler: idOf('ann') }])).toEqual([])
  expect(said(task, [])).toEqual([])
})

test('a formula, a linked person and a superior are tried too', () => {
  expect(
    said({ assign: [{ formula: 'if priority = "urgent" then "ann" else null' }] }, [{ priority: 'urgent' }]),
  ).toEqual(warned(1))
  const linked = { assign: [{ field: 'customer.manager' }] }
  expect(said(linked, [{ customer: 'c1' }], { c1: { manager: null } })).toEqual(warned(1))
  expect(said(linked, [{ customer: 'c1' }], { c1: { manager: idOf('ann') } })).toEqual([])
  expect(said({ assign: [{ superiorOf: 'handler' }] }, [{ handler: null }])).toEqual(warned(1))
})

test('nothing is said of what the reader may not see, of what the flow fills in, and of whom others decide', () => {
  expect(said({ assign: [{ field: 'handler' }] }, [{ handler: null }], {}, [], 'handler')).toEqual([])
  expect(said({ assign: [{ field: 'customer.manager' }] }, [{ customer: 'c1' }])).toEqual([])
  const filled = { id: 'fill', type: 'userTask', label: 'fill', assign: [{ role: 'agent' }], assigneeField: 'handler' }
  expect(said({ assign: [{ field: 'handler' }] }, [{ handler: null }], {}, [filled])).toEqual([])
  expect(said({ assign: [{ field: 'handler' }, { role: 'agent' }] }, [{ handler: null }])).toEqual([])
  expect(said({ assign: [{ field: 'handler' }, { self: 'creator' }] }, [{ handler: null }])).toEqual([])
  expect(said({ assign: [{ field: 'handler' }], empty: 'autoPass' }, [{ handler: null }])).toEqual([])
  expect(said({ assign: [{ field: 'handler' }], empty: { who: [{ role: 'agent' }] } }, [{ handler: null }])).toEqual([])
})

test('only forms whose records decide are asked for', () => {
  expect([...formsThatDecide(deskApp())].every((form) => typeof form === 'string')).toBe(true)
  const app = deskApp((files) => {
    for (const path of Object.keys(files)) if (path.startsWith('flows/')) delete files[path]
  })
  expect([...formsThatDecide(app)]).toEqual([])
})
