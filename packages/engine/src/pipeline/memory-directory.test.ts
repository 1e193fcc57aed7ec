import { describe, expect, test } from 'vitest'
import { deskPeople } from '../../test/desk.ts'
import { type Department, directoryOf } from './memory-directory.ts'
import type { Person } from './world.ts'

const [model] = deskPeople as readonly [Person]
const someone = (id: string, superior: string | null, more: Partial<Person> = {}): Person => ({
  ...model,
  id,
  username: id,
  superior,
  ...more,
})
const department = (id: string, manager: string | null, parent: string | null): Department => ({
  id,
  code: id,
  name: id,
  manager,
  parent,
})
const now = new Date('2026-03-02T09:00+08:00').getTime()
const gone = { active: false }
const away = { away: true }

/** li works in a team below a division; zhang is her superior, and zhou his. */
const superiorOfLi = (change: { readonly [id: string]: Partial<Person> } = {}) => {
  const people = [
    someone('li', 'zhang', { department: 'team' }),
    someone('zhang', 'zhou'),
    someone('lead', null),
    someone('director', null),
    someone('zhou', 'zhang'),
  ].map((one) => ({ ...one, ...change[one.id] }))
  const departments = [department('team', 'lead', 'division'), department('division', 'director', null)]
  return directoryOf(people, departments).superiorOf('li', now)
}
describe('C07: the superior who can be reached', () => {
  test('her own, else the lead of her team, else the director above', () => {
    expect(superiorOfLi()).toBe('zhang')
    expect(superiorOfLi({ zhang: away })).toBe('lead')
    expect(superiorOfLi({ zhang: gone, lead: away })).toBe('director')
  })
  test('who stands in for the superior comes before them; after the period he is back', () => {
    const leave = { away: true, deputy: 'zhou', awayUntil: now + 1 }
    expect(superiorOfLi({ zhang: leave })).toBe('zhou')
    expect(superiorOfLi({ zhang: leave, zhou: away })).toBe('lead')
    expect(superiorOfLi({ zhang: { ...leave, awayUntil: now } })).toBe('zhang')
    expect(superiorOfLi({ zhang: { ...leave, deputy: 'li' } })).toBe('lead')
  })
  test("with no lead to be reached the superior's superior", () => {
    expect(superiorOfLi({ zhang: away, lead: away, director: gone })).toBe('zhou')
    expect(superiorOfLi({ zhang: away, li: { department: null } })).toBe('zhou')
  })
  test('better the superior who is away than nobody, but nobody who has left, and never she herself', () => {
    expect(superiorOfLi({ zhang: away, lead: away, director: away, zhou: away })).toBe('zhang')
    expect(superiorOfLi({ zhang: gone, lead: gone, director: gone, zhou: gone })).toBeNull()
    expect(superiorOfLi({ li: { superior: 'li', department: null } })).toBeNull()
  })
})
