import { expect, test } from 'vitest'
import { deskApp, deskPeople } from '../../test/desk.ts'
import { directoryOf } from '../pipeline/memory-directory.ts'
import type { Person } from '../pipeline/world.ts'
import { lintApp } from './lint-app.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test changes documents at will
type Files = Record<string, any>
const flow = (nodes: object[]) => ({
  id: 'go',
  kind: 'flow',
  schemaVersion: 1,
  label: 'go',
  form: 'ticket',
  start: [{ on: 'manual' }],
  nodes: [{ id: 'begin', type: 'startEvent' }, ...nodes, { id: 'end', type: 'endEvent' }],
  edges: [
    { id: 'e1', from: 'begin', to: 'work' },
    { id: 'e2', from: 'work', to: 'end' },
  ],
})
/** Paths at which the organisation is said to have nobody, for a task with these properties. */
function nobodyAt(task: object, people: readonly Person[] = deskPeople, more: Files = {}): readonly string[] {
  const app = deskApp((files) =>
    Object.assign(files, { 'flows/go.json': flow([{ id: 'work', type: 'userTask', label: 'work', ...task }]) }, more),
  )
  const directory = directoryOf(people, [])
  return lintApp(app, (form) => app.forms.get(form), { people: { directory, now: 0 } })
    .filter(({ code }) => code === 'flow.ownerNobody' || code === 'assignment.fallbackNobody')
    .map(({ path, severity }) => `${severity} ${path}`)
}
const here = 'warning /flows/go.json/nodes/1/assign'
const without = (username: string) => deskPeople.filter((person) => person.username !== username)
const off = (username: string) =>
  deskPeople.map((person) => (person.username === username ? { ...person, active: false } : person))

test('a task whose people, roles and departments are nobody says so at its place; one of them is enough', () => {
  expect(nobodyAt({ assign: [{ user: 'ann' }] })).toEqual([])
  expect(nobodyAt({ assign: [{ user: 'ann' }] }, without('ann'))).toEqual([here])
  expect(nobodyAt({ assign: [{ user: 'ann' }] }, off('ann'))).toEqual([here])
  expect(nobodyAt({ assign: [{ department: 'nowhere' }] })).toEqual([here])
  expect(nobodyAt({ assign: [{ user: 'gone' }, { role: 'manager' }] })).toEqual([])
})

test('whom the record decides is never said to be nobody, nor what passes or goes to others by itself', () => {
  expect(nobodyAt({ assign: [{ user: 'gone' }, { field: 'handler' }] })).toEqual([])
  expect(nobodyAt({ assign: [{ self: 'creator' }] })).toEqual([])
  expect(nobodyAt({ assign: [{ user: 'gone' }], empty: 'autoPass' })).toEqual([])
  expect(nobodyAt({ assign: [{ user: 'gone' }], empty: { who: [{ role: 'manager' }] } })).toEqual([])
  expect(nobodyAt({ assign: [{ user: 'gone' }], empty: { who: [{ user: 'gone' }] } })).toEqual([here])
})

test('a strategy is its pool, and what it falls back to must be somebody', () => {
  const strategy = (pool: object, fallback: object) => ({
    'assignments/s.json': {
      id: 's',
      kind: 'assignment',
      schemaVersion: 1,
      label: 's',
      pool: [pool],
      filter: [],
      score: [],
      fallback: [fallback],
    },
  })
  const byStrategy = { assign: [{ strategy: 's' }] }
  const all = deskPeople
  expect(nobodyAt(byStrategy, all, strategy({ role: 'agent' }, { role: 'manager' }))).toEqual([])
  expect(nobodyAt(byStrategy, all, strategy({ user: 'gone' }, { role: 'manager' }))).toEqual([here])
  expect(nobodyAt(byStrategy, all, strategy({ role: 'agent' }, { user: 'gone' }))).toEqual([
    'warning /assignments/s.json/fallback',
  ])
})

test('before anybody has a role in the app, nothing is said', () => {
  const strangers = deskPeople.map((person) => ({ ...person, grants: [] }))
  expect(nobodyAt({ assign: [{ role: 'agent' }] }, strangers)).toEqual([])
  expect(nobodyAt({ assign: [{ role: 'agent' }] }, [])).toEqual([])
})
