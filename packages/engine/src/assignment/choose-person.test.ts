import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AssignmentDefinition, scoreMeasures } from '../definitions/assignment.ts'
import type { Condition } from '../definitions/condition.ts'
import { formModel } from '../forms/form-model.ts'
import { type Assignable, choosePerson } from './choose-person.ts'
import { explainWhyNot } from './explain-why-not.ts'

const now = new Date('2026-03-02T09:00+08:00').getTime()
const hour = 3_600_000

type Draft = Partial<Assignable['person']> & Partial<Assignable['workload']> & { onShift?: boolean }
function someone(id: string, draft: Draft = {}): Assignable {
  const {
    openTasks = 0,
    weightedLoad = 0,
    lastAssignedAt = null,
    sameCustomer = 0,
    refused = false,
    onShift = true,
    ...person
  } = draft
  return {
    onShift,
    workload: { openTasks, weightedLoad, lastAssignedAt, sameCustomer, refused },
    person: {
      id,
      username: id,
      name: id,
      department: null,
      superior: null,
      departments: [],
      roles: ['engineer'],
      locale: 'zh-CN',
      zone: 'Asia/Shanghai',
      email: null,
      phone: null,
      active: true,
      away: false,
      skills: [],
      skillLevels: {},
      certifications: [],
      languages: [],
      regions: [],
      capacity: 10,
      grants: [],
      admin: false,
      shift: null,
      ...person,
    },
  }
}
const strategy = (
  score: Omit<AssignmentDefinition['score'][number], 'label'>[],
  filter: Record<string, Condition> = {},
): AssignmentDefinition => ({
  kind: 'assignment',
  id: 's',
  schemaVersion: 1,
  label: 's',
  pool: [{ role: 'engineer' }],
  fallback: [{ role: 'lead' }],
  filter: Object.entries(filter).map(([id, must]) => ({ id, label: id, must })),
  score: score.map((part) => ({ ...part, label: part.id })),
})
const since = ({ workload }: Assignable) => workload.lastAssignedAt ?? Number.NEGATIVE_INFINITY
/** Whom a strategy would remember as the last one chosen. */
const latest = (people: readonly Assignable[]) =>
  people
    .filter(({ workload }) => workload.lastAssignedAt !== null)
    .toSorted((a, b) => since(b) - since(a) || (a.person.id < b.person.id ? -1 : 1))[0]?.person.id ?? null
const choose = (definition: AssignmentDefinition, candidates: Assignable[], record = {}) =>
  choosePerson(definition, { candidates, turn: latest(candidates), facts: { now, zone: 'Asia/Shanghai', record } })
const idle = { id: 'idle', weight: 1, measure: 'idle' as const }
const values = (definition: AssignmentDefinition, candidates: Assignable[]) =>
  Object.fromEntries(choose(definition, candidates).ranking.map(({ user, scores }) => [user, scores[0]?.value]))

const levelled = formModel(
  {
    id: 'job',
    kind: 'form',
    schemaVersion: 1,
    label: 'x',
    title: { formula: 'product' },
    fields: [
      { id: 'product', type: 'text', label: 'x' },
      { id: 'level', type: 'number', label: 'x' },
    ],
  },
  { id: 'app', currency: 'CNY' },
)

describe('filter', () => {
  const skilled: Condition = {
    fact: 'candidate',
    path: '$.skills',
    operator: 'contains',
    value: { ref: '$.record.product' },
  }
  const free: Condition = { formula: 'candidate.open_tasks < candidate.capacity' }
  const definition = strategy([idle], {
    skill: skilled,
    capacity: free,
    shift: { fact: 'candidate', path: '$.on_shift', operator: 'equal', value: true },
  })

  test('only who passes everything is scored; the others keep the filters they failed', () => {
    const { chosen, ranking } = choose(
      definition,
      [
        someone('li', { skills: ['printer'], openTasks: 10 }),
        someone('wang', { skills: ['printer'], openTasks: 9 }),
        someone('zhao', { skills: [], onShift: false }),
      ],
      { product: 'printer' },
    )
    expect(chosen).toBe('wang')
    expect(ranking.map(({ user, failed, scores }) => [user, failed, scores.length])).toEqual([
      ['wang', [], 1],
      ['li', ['capacity'], 0],
      ['zhao', ['skill', 'shift'], 0],
    ])
  })
  test('inactive, away and refused people never get it, whatever the filters say', () => {
    const { chosen, ranking } = choose(strategy([idle]), [
      someone('a', { active: false }),
      someone('b', { away: true }),
      someone('c', { refused: true }),
    ])
    expect(chosen).toBeNull()
    expect(ranking.map(({ failed }) => failed)).toEqual([['inactive'], ['away'], ['refused']])
  })
  test('a skill at a level: one below does not do, one not rated is a beginner; a skill that was taken away is gone', () => {
    const rated = strategy([], {
      level: { formula: 'get value(candidate.skill_levels, product) >= level' },
    })
    const people = [
      someone('below', { skills: ['printer'], skillLevels: { printer: 2 } }),
      someone('at', { skills: ['printer'], skillLevels: { printer: 3 } }),
      someone('unrated', { skills: ['printer'] }),
      someone('former', { skills: [], skillLevels: { printer: 5 } }),
    ]
    const who = (level: number) =>
      choosePerson(rated, {
        candidates: people,
        turn: null,
        form: levelled,
        lookup: () => undefined,
        facts: { now, zone: 'Asia/Shanghai', record: { product: 'printer', level } },
      })
        .ranking.filter(({ failed }) => failed.length === 0)
        .map(({ user }) => user)
    expect([1, 2, 3, 4].map((level) => who(level).toSorted())).toEqual([
      ['at', 'below', 'unrated'],
      ['at', 'below'],
      ['at'],
      [],
    ])
  })
  test('a certificate is valid to the end of its last day, on the wall of the zone; a language is one of several', () => {
    const certified = strategy([], {
      certified: { fact: 'candidate', path: '$.certifications', operator: 'contains', value: 'lift' },
      language: { fact: 'candidate', path: '$.languages', operator: 'contains', value: 'yue' },
    })
    const people = [
      someone('today', { certifications: [{ name: 'lift', until: '2026-03-02' }], languages: ['zh', 'yue'] }),
      someone('always', { certifications: [{ name: 'lift', until: null }], languages: ['yue'] }),
      someone('over', { certifications: [{ name: 'lift', until: '2026-03-01' }], languages: ['yue'] }),
      someone('mute', { certifications: [{ name: 'lift', until: null }], languages: ['zh'] }),
    ]
    const failedAt = (at: string) =>
      Object.fromEntries(
        choosePerson(certified, {
          candidates: people,
          turn: null,
          facts: { now: Date.parse(at), zone: 'Asia/Shanghai' },
        }).ranking.map(({ user, failed }) => [user, failed.join()]),
      )
    const last = { today: '', always: '', over: 'certified', mute: 'language' }
    expect(failedAt('2026-03-02T23:59:59+08:00')).toEqual(last)
    expect(failedAt('2026-03-03T00:00:00+08:00')).toEqual({ ...last, today: 'certified' })
  })
  test('nobody fits: the fallback takes over, never silence', () => {
    expect(choose(definition, [someone('li')], { product: 'printer' })).toMatchObject({ chosen: null, fallback: true })
    expect(choose(definition, [])).toEqual({ chosen: null, fallback: true, ranking: [] })
  })
})

describe('measures', () => {
  const only = (measure: (typeof scoreMeasures)[number]) => strategy([{ id: measure, weight: 1, measure }])
  test('idle: free share by number of tasks; load: by weight; without capacity nobody is free', () => {
    const people = [
      someone('a', { openTasks: 3, weightedLoad: 12 }),
      someone('b', { weightedLoad: 5 }),
      someone('c', { capacity: 0 }),
    ]
    expect(values(only('idle'), people)).toEqual({ a: 0.7, b: 1, c: 0 })
    expect(values(only('load'), people)).toEqual({ a: 0, b: 0.5, c: 0 })
  })
  test('sameCustomer: once served is enough', () => {
    expect(values(only('sameCustomer'), [someone('a', { sameCustomer: 7 }), someone('b')])).toEqual({ a: 1, b: 0 })
  })
  test('longestWithout: share of the others who had something later; never is longest', () => {
    const people = [
      someone('a', { lastAssignedAt: now - hour }),
      someone('b', { lastAssignedAt: now - 2 * hour }),
      someone('c'),
    ]
    expect(values(only('longestWithout'), people)).toEqual({ c: 1, b: 0.5, a: 0 })
    expect(values(only('longestWithout'), [someone('a', { lastAssignedAt: now })])).toEqual({ a: 1 })
  })
  test('roundRobin: goes around by id, past those who cannot', () => {
    const turns: (string | null)[] = []
    const last = new Map<string, number>()
    for (let turn = 0; turn < 7; turn++) {
      const people = ['d', 'b', 'a', 'c'].map((id) =>
        someone(id, { lastAssignedAt: last.get(id) ?? null, away: id === 'c' && turn < 4 }),
      )
      const { chosen } = choose(only('roundRobin'), people)
      turns.push(chosen)
      last.set(chosen!, now + turn)
    }
    expect(turns.join('')).toBe('abdabcd')
  })
  test('roundRobin: goes on behind one who has left the pool', () => {
    const people = ['a', 'b', 'd'].map((id) => someone(id))
    const facts = { now, zone: 'Asia/Shanghai', record: {} }
    expect(choosePerson(only('roundRobin'), { candidates: people, turn: 'c', facts }).chosen).toBe('d')
    expect(choosePerson(only('roundRobin'), { candidates: people, turn: 'z', facts }).chosen).toBe('a')
  })
  test('a formula between 0 and 1 over record and candidate; nonsense counts nothing', () => {
    const near = (value: string) => strategy([{ id: 'near', weight: 2, value }])
    const people = [someone('a', { openTasks: 3 }), someone('b', { openTasks: 20 })]
    expect(values(near('1 - candidate.open_tasks / 10'), people)).toEqual({ a: 0.7, b: 0 })
    expect(values(near('candidate.name'), people)).toEqual({ a: 0, b: 0 })
    expect(values(near('1 / 0'), people)).toEqual({ a: 0, b: 0 })
  })
})

describe('choice', () => {
  test('weights add up, to the last digit', () => {
    const definition = strategy([
      { ...idle, weight: 0.1 },
      { id: 'load', weight: 0.2, measure: 'load' },
      { id: 'same', weight: 0.3, measure: 'sameCustomer' },
    ])
    const { ranking } = choose(definition, [someone('a', { sameCustomer: 1 }), someone('b', { openTasks: 5 })])
    expect(ranking.map(({ user, total }) => [user, total])).toEqual([
      ['a', 0.6],
      ['b', 0.25],
    ])
  })
  test('ties: the longest without an assignment, then by id', () => {
    const people = [
      someone('b', { lastAssignedAt: now - hour }),
      someone('c', { lastAssignedAt: now - 2 * hour }),
      someone('a', { lastAssignedAt: now - hour }),
    ]
    expect(choose(strategy([idle]), people).ranking.map(({ user }) => user)).toEqual(['c', 'a', 'b'])
    expect(choose(strategy([]), people).chosen).toBe('c')
  })
})

describe('why not?', () => {
  const definition = strategy([
    { ...idle, weight: 1 },
    { id: 'same', weight: 2, measure: 'sameCustomer' },
  ])
  const decision = (people: Assignable[]) => {
    const { chosen, ranking } = choose(definition, people)
    return { chosen, candidates: ranking }
  }
  test('outscored: by whom, by how much, and in what', () => {
    const made = decision([someone('li', { openTasks: 5, sameCustomer: 1 }), someone('wang')])
    expect(explainWhyNot(made, 'wang')).toEqual({
      kind: 'outscored',
      by: 'li',
      difference: 1.5,
      parts: [
        { id: 'same', own: 0, chosen: 2 },
        { id: 'idle', own: 1, chosen: 0.5 },
      ],
    })
    expect(explainWhyNot(made, 'li')).toEqual({ kind: 'chosen' })
    expect(explainWhyNot(made, 'zhao')).toEqual({ kind: 'notInPool' })
  })
  test('filtered or tied', () => {
    const made = decision([someone('li', { away: true }), someone('wang'), someone('zhao')])
    expect(explainWhyNot(made, 'li')).toEqual({ kind: 'filtered', failed: ['away'] })
    expect(explainWhyNot(made, 'zhao')).toEqual({ kind: 'tie', with: 'wang' })
  })
})

const rarely = (value: boolean) => fc.constantFrom(value, !value, !value, !value, !value)
const draft = fc.record({
  openTasks: fc.nat({ max: 12 }),
  weightedLoad: fc.nat({ max: 12 }),
  lastAssignedAt: fc.option(fc.integer({ min: now - 5, max: now })),
  sameCustomer: fc.nat({ max: 1 }),
  refused: rarely(true),
  away: rarely(true),
  active: rarely(false),
  onShift: rarely(false),
  capacity: fc.nat({ max: 12 }),
  skills: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
})
const drawn = fc.record({
  people: fc.array(draft, { maxLength: 6 }).map((all) => all.map((one, index) => someone(`p${(index * 7) % 10}`, one))),
  weights: fc.array(
    fc.record({ weight: fc.integer({ min: 0, max: 100 }), measure: fc.constantFrom(...scoreMeasures) }),
    { maxLength: 4 },
  ),
  skill: fc.constantFrom('a', 'b', 'c'),
})

test('the chosen one passes every filter and nobody who does scores higher: compared with trying everybody (1,000 pools)', () => {
  let chosenCount = 0
  fc.assert(
    fc.property(drawn, ({ people, weights, skill }) => {
      const definition = strategy(
        weights.map((part, index) => ({ id: `s${index}`, ...part })),
        {
          skill: { fact: 'candidate', path: '$.skills', operator: 'contains', value: skill },
          shift: { fact: 'candidate', path: '$.on_shift', operator: 'equal', value: true },
        },
      )
      const { chosen, ranking } = choose(definition, people)
      const passing = people.filter(
        ({ person, workload, onShift }) =>
          person.active && !person.away && !workload.refused && onShift && person.skills.includes(skill),
      )
      expect(ranking).toHaveLength(people.length)
      expect(
        ranking
          .filter(({ failed }) => failed.length === 0)
          .map(({ user }) => user)
          .sort(),
      ).toEqual(passing.map(({ person }) => person.id).sort())
      expect(chosen === null).toBe(passing.length === 0)
      if (chosen === null) return
      chosenCount++
      const total = (id: string) => Math.round(bruteTotal(passing, people, weights, id) * 1e6)
      for (const { person } of passing) expect(total(person.id)).toBeLessThanOrEqual(total(chosen))
      for (const { user, scores } of ranking)
        for (const { value } of scores) expect([user, value >= 0 && value <= 1]).toEqual([user, true])
      expect(choose(definition, people.toReversed()).ranking).toEqual(ranking)
    }),
    { numRuns: 1000, seed: 8 },
  )
  expect(chosenCount).toBeGreaterThan(500)
})

/** The score of one person, written down a second time and without haste. */
function bruteTotal(
  passing: Assignable[],
  pool: Assignable[],
  weights: { weight: number; measure: string }[],
  id: string,
): number {
  const me = pool.find(({ person }) => person.id === id)!
  const free = (used: number) => (me.person.capacity === 0 ? 0 : Math.max(0, 1 - used / me.person.capacity))
  const since = (one: Assignable) => one.workload.lastAssignedAt ?? -1
  const ids = pool.map(({ person }) => person.id).sort()
  const latest = pool
    .filter(({ workload }) => workload.lastAssignedAt !== null)
    .sort((a, b) => since(b) - since(a) || (a.person.id < b.person.id ? -1 : 1))[0]
  const order = latest
    ? [...ids.slice(ids.indexOf(latest.person.id) + 1), ...ids.slice(0, ids.indexOf(latest.person.id) + 1)]
    : ids
  const value: Record<string, number> = {
    idle: free(me.workload.openTasks),
    load: free(me.workload.weightedLoad),
    sameCustomer: me.workload.sameCustomer > 0 ? 1 : 0,
    longestWithout:
      passing.length > 1 ? passing.filter((one) => since(one) > since(me)).length / (passing.length - 1) : 1,
    roundRobin: ids.length > 1 ? 1 - order.indexOf(id) / (ids.length - 1) : 1,
  }
  return weights.reduce((sum, { weight, measure }) => sum + weight * value[measure]!, 0)
}
