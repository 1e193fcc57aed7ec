import fc from 'fast-check'
import { expect, test } from 'vitest'
import { covers } from '../../../../tests/support/covers.ts'
import { compileCondition } from '../conditions/compile.ts'
import type { Condition } from '../definitions/condition.ts'
import { type AccessEntry, type RecordRight, recordRights } from '../definitions/form.ts'
import type { Facts, UserFacts } from '../facts.ts'
import type { FormModel } from '../model.ts'
import type { Principal } from '../pipeline/commands.ts'
import { appRights, type FieldRight, fieldRights, mayDo, mayGrant, mayUseApp, rightsOn } from './access.ts'
import { type RowScope, readScope } from './read-scope.ts'

const seed = 27089
const fieldIds = ['a', 'b', 'owner', 'secret'] as const
const systemIds = ['id', 'created_by', 'title', 'version']

function formWith(access: readonly AccessEntry[], app = 'after_sales'): FormModel {
  const field = (id: string, system: boolean) =>
    [id, { id, definition: undefined, system, value: { kind: 'text' }, target: undefined, stored: true }] as const
  return {
    app,
    id: 'ticket',
    definition: {
      id: 'ticket',
      kind: 'form',
      schemaVersion: 1,
      label: 'Ticket',
      title: { formula: 'a' },
      fields: [],
      access: [...access],
    },
    fields: new Map([...fieldIds.map((id) => field(id, false)), ...systemIds.map((id) => field(id, true))]),
    stages: new Map(),
    stageField: undefined,
  }
}

const user: UserFacts = {
  id: 'u1',
  username: 'li',
  name: '李',
  department: 'd1',
  superior: null,
  departments: ['d1', 'd2'],
  roles: ['intruder'],
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
}
const person = (...roles: string[]): Principal => ({
  kind: 'user',
  user,
  admin: false,
  grants: roles.map((role) => ({ app: 'after_sales', role })),
})
const factsOf = (record: Record<string, string>): Facts => ({ now: 0, zone: 'UTC', record })
const leaf = (path: string, value: string | { ref: string }): Condition => ({
  fact: 'record',
  path: `$.${path}`,
  operator: 'equal',
  value,
})
const mine = leaf('owner', { ref: '$.user.id' })

const inScope = (scope: RowScope, form: FormModel, facts: Facts) =>
  scope === 'all' || (scope !== 'none' && compileCondition(scope, form)(facts))

// ---- the reference: the law in so many words, one row and one entry at a time

type Row = Record<string, string>
function reference(
  access: readonly AccessEntry[],
  roles: readonly string[],
  row: Row,
  holds: (rows: Condition, row: Row) => boolean,
) {
  const rights = new Set<RecordRight>()
  const visible = new Set<string>()
  const editable = new Set<string>()
  for (const entry of access) {
    if (roles.length === 0) continue
    if (entry.role !== '*' && !roles.includes(entry.role)) continue
    if (entry.rows && !holds(entry.rows, row)) continue
    for (const right of entry.can) rights.add(right)
    for (const id of fieldIds) {
      const word = entry.fields?.[id]
      if (entry.can.includes('read') && word !== 'hidden') visible.add(id)
      if (entry.can.includes('update') && word !== 'hidden' && word !== 'read') editable.add(id)
    }
  }
  return {
    may: (right: RecordRight) => rights.has(right) && (right === 'create' || right === 'import' || rights.has('read')),
    field: (id: string): FieldRight => (!visible.has(id) ? 'hidden' : editable.has(id) ? 'edit' : 'read'),
  }
}

/** Knows the few conditions that are generated here, without the compiler under test. */
function plainly(rows: Condition, row: Row): boolean {
  if ('all' in rows) return rows.all.every((part) => plainly(part, row))
  if ('not' in rows) return !plainly(rows.not, row)
  if (!('fact' in rows) || rows.path === undefined) throw new Error('not generated here')
  const actual = rows.fact === 'user' ? 'd1' : row[rows.path.slice(2)]
  const wanted = typeof rows.value === 'object' ? 'u1' : rows.value
  return actual !== undefined && actual === wanted
}

const conditions = fc.oneof(
  fc.tuple(fc.constantFrom('a', 'b', 'owner'), fc.constantFrom('x', 'y')).map(([path, value]) => leaf(path, value)),
  fc.constant(mine),
  fc.constant<Condition>({ not: mine }),
  fc.constantFrom('d1', 'd9').map(
    (value): Condition => ({
      all: [{ fact: 'user', path: '$.department', operator: 'equal', value }, leaf('a', 'x')],
    }),
  ),
)
const entries = fc.record(
  {
    id: fc.constant('e'),
    role: fc.constantFrom('*', 'agent', 'viewer', 'lead'),
    rows: conditions,
    can: fc.subarray([...recordRights]),
    fields: fc.dictionary(
      fc.constantFrom(...fieldIds),
      fc.constantFrom('hidden' as const, 'read' as const, 'edit' as const),
      { noNullPrototype: true },
    ),
  },
  { requiredKeys: ['id', 'role', 'can'] },
) as fc.Arbitrary<AccessEntry>
const policies = fc.array(entries, { maxLength: 5 })
const roleSets = fc.subarray(['agent', 'viewer', 'lead'])
const rows = fc.record(
  {
    a: fc.constantFrom('x', 'y'),
    b: fc.constantFrom('x', 'y'),
    owner: fc.constantFrom('u1', 'u2', 'x'),
    secret: fc.constant('s'),
  },
  { requiredKeys: ['secret'] },
) as fc.Arbitrary<Row>

test('RT-D2: rights, fields and scopes equal the reference, 10,000 policies × rows × field sets', () => {
  fc.assert(
    fc.property(policies, roleSets, rows, (access, roles, row) => {
      const form = formWith(access)
      const principal = person(...roles)
      const facts = factsOf(row)
      const expected = reference(access, roles, row, plainly)
      const rights = fieldRights(form, principal, facts)
      const scope = readScope(form, principal)
      const seen: Facts = { ...facts, user: scope.user }
      const isVisible = inScope(scope.rows, form, seen)
      const actual = {
        may: recordRights.map((right) => mayDo(form, principal, right, facts)),
        fields: fieldIds.map((id) => rights.get(id)),
        system: systemIds.map((id) => rights.get(id)),
        isVisible,
        // Through the scope a reader sees exactly the fields he sees when he opens the record.
        visible: fieldIds.map((id) => isVisible && inScope(scope.field(id), form, seen)),
      }
      const wanted = {
        may: recordRights.map(expected.may),
        fields: fieldIds.map(expected.field),
        system: systemIds.map(() => (expected.may('read') ? 'read' : 'hidden')),
        isVisible: expected.may('read'),
        visible: fieldIds.map((id) => expected.field(id) !== 'hidden'),
      }
      // One cheap comparison per case: ten thousand times twenty assertions would take most of the time.
      if (JSON.stringify(actual) !== JSON.stringify(wanted)) expect(actual).toEqual(wanted)
    }),
    { seed, numRuns: 10_000 },
  )
}, 60_000)

test('another role never takes a right away', () => {
  const order = { hidden: 0, read: 1, edit: 2 }
  fc.assert(
    fc.property(policies, roleSets, fc.constantFrom('agent', 'viewer', 'lead'), rows, (access, roles, more, row) => {
      const form = formWith(access)
      const facts = factsOf(row)
      const before = fieldRights(form, person(...roles), facts)
      const after = fieldRights(form, person(...roles, more), facts)
      expect([...before].filter(([id, right]) => order[after.get(id)!] < order[right])).toEqual([])
      for (const right of rightsOn(form, person(...roles)))
        expect(rightsOn(form, person(...roles, more)).has(right)).toBe(true)
    }),
    { seed, numRuns: 1000 },
  )
})

covers('form.access.role', 'form.access.rows', 'form.access.can', 'form.access.fields')

test('CVE-2025-27089: a field shown in my rows stays hidden in the others that another entry lets me see', () => {
  const form = formWith([
    { id: 'all', role: 'agent', can: ['read'], fields: { secret: 'hidden' } },
    { id: 'own', role: 'agent', rows: mine, can: ['read', 'update'] },
  ])
  const scope = readScope(form, person('agent'))
  expect(scope.rows).toBe('all')
  expect(scope.field('secret')).toEqual(mine)
  expect(scope.field('a')).toBe('all')
  expect(fieldRights(form, person('agent'), factsOf({ owner: 'u2' })).get('secret')).toBe('hidden')
  expect(fieldRights(form, person('agent'), factsOf({ owner: 'u1' })).get('secret')).toBe('edit')
  expect(mayDo(form, person('agent'), 'update', factsOf({ owner: 'u2' }))).toBe(false)
})

test('nothing named is nothing allowed, for everybody but the system', () => {
  const form = formWith([])
  const facts = factsOf({ a: 'x' })
  for (const principal of [
    person('agent'),
    { ...person('agent'), admin: true } as Principal,
    { kind: 'anonymous' } as const,
  ]) {
    expect(readScope(form, principal).rows).toBe('none')
    expect(readScope(form, principal).field('a')).toBe('none')
    expect(readScope(form, principal).field('id')).toBe('none')
    for (const right of recordRights) expect(mayDo(form, principal, right, facts)).toBe(false)
    expect(new Set(fieldRights(form, principal, facts).values())).toEqual(new Set(['hidden']))
    expect(rightsOn(form, principal).size).toBe(0)
  }
})

test('the system does everything, and still knows no field that does not exist', () => {
  const form = formWith([])
  const system: Principal = { kind: 'system', reason: 'timer' }
  expect(readScope(form, system).rows).toBe('all')
  expect(readScope(form, system).field('secret')).toBe('all')
  expect(readScope(form, system).field('nope')).toBe('none')
  expect(mayDo(form, system, 'delete', factsOf({}))).toBe(true)
  expect(fieldRights(form, system, factsOf({})).get('secret')).toBe('edit')
  expect(fieldRights(form, system, factsOf({})).get('id')).toBe('read')
})

test('an unknown field answers like a hidden one, names of Object.prototype too', () => {
  const form = formWith([{ id: 'e', role: '*', can: ['read'], fields: { secret: 'hidden' } }])
  const scope = readScope(form, person('agent'))
  for (const id of ['secret', 'nope', '__proto__', 'constructor', 'a ', 'A', 't.a'])
    expect(scope.field(id), id).toBe('none')
})

test('`*` is whoever has any role in this app, and roles of another app count for nothing', () => {
  const form = formWith([
    { id: 'e', role: '*', can: ['read'] },
    { id: 'f', role: 'agent', can: ['delete'] },
  ])
  const stranger: Principal = { kind: 'user', user, admin: true, grants: [{ app: 'crm', role: 'agent' }] }
  expect(mayDo(form, person('anything'), 'read', factsOf({}))).toBe(true)
  expect(mayDo(form, stranger, 'read', factsOf({}))).toBe(false)
  expect(rightsOn(form, stranger).size).toBe(0)
  expect(mayUseApp('after_sales', stranger)).toBe(false)
  expect(mayUseApp('crm', stranger)).toBe(true)
})

test("row conditions see the person with the roles of the form's own app", () => {
  const rows: Condition = { fact: 'user', path: '$.roles', operator: 'contains', value: 'agent' }
  const form = formWith([{ id: 'e', role: '*', rows, can: ['read'] }])
  expect(readScope(form, person('agent')).user?.roles).toEqual(['agent'])
  expect(mayDo(form, person('agent'), 'read', { ...factsOf({}), user: { ...user, roles: [] } })).toBe(true)
  expect(mayDo(form, person('viewer'), 'read', { ...factsOf({}), user: { ...user, roles: ['agent'] } })).toBe(false)
})

test('the scope of another right is where both hold', () => {
  const form = formWith([
    { id: 'all', role: 'agent', can: ['read'] },
    { id: 'own', role: 'agent', rows: mine, can: ['export'] },
    { id: 'blind', role: 'writer', can: ['export'] },
  ])
  expect(readScope(form, person('agent'), 'export').rows).toEqual(mine)
  expect(readScope(form, person('writer'), 'export').rows).toBe('none')
  expect(readScope(form, person('agent'), 'delete').rows).toBe('none')
})

test('creating: an empty form shows what may be filled in, the submitted record is held against the rows', () => {
  const form = formWith([
    { id: 'e', role: 'customer', rows: leaf('a', 'x'), can: ['create'], fields: { b: 'read', secret: 'hidden' } },
  ])
  const customer = person('customer')
  const empty = fieldRights(form, customer, { now: 0, zone: 'UTC' }, undefined, 'create')
  expect([empty.get('a'), empty.get('b'), empty.get('secret')]).toEqual(['edit', 'read', 'hidden'])
  expect(fieldRights(form, customer, factsOf({ a: 'y' }), undefined, 'create').get('a')).toBe('hidden')
  expect(mayDo(form, customer, 'create', factsOf({ a: 'x' }))).toBe(true)
  expect(mayDo(form, customer, 'create', factsOf({ a: 'y' }))).toBe(false)
  // An update never falls back to the empty form.
  expect(fieldRights(form, customer, { now: 0, zone: 'UTC' }).get('a')).toBe('hidden')
})

test('RT-K3: nobody gives a role with an app right he does not have', () => {
  const app = {
    id: 'after_sales',
    kind: 'app' as const,
    schemaVersion: 1 as const,
    version: '1.0.0',
    label: 'x',
    locales: ['en'],
    navigation: [],
    roles: [
      { id: 'agent', label: 'x' },
      { id: 'designer', label: 'x', can: ['design' as const] },
      { id: 'manager', label: 'x', can: ['manage' as const] },
    ],
  }
  const role = (id: string) => app.roles.find((one) => one.id === id)!
  expect([...appRights(app, person('manager'))]).toEqual(['manage'])
  expect(mayGrant(app, person('manager'), role('agent'))).toBe(true)
  expect(mayGrant(app, person('manager'), role('designer'))).toBe(false)
  expect(mayGrant(app, person('designer'), role('agent'))).toBe(false)
  const admin: Principal = { kind: 'user', user, admin: true, grants: [] }
  expect([...appRights(app, admin)].sort()).toEqual(['design', 'manage'])
  expect(mayUseApp('after_sales', admin)).toBe(false)
})
