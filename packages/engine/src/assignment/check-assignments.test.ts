import { describe, expect, test } from 'vitest'
import { deskApp, deskPeople } from '../../test/desk.ts'
import { directoryOf } from '../pipeline/memory-directory.ts'
import type { Person } from '../pipeline/world.ts'
import { personId } from '../scenario/stage-play.ts'
import { checkAssignments } from './check-assignments.ts'

const option = (id: string) => ({ id, label: id })
const contains = (list: string, path: string) => ({
  id: list,
  label: list,
  must: { fact: 'candidate', path: `$.${list}`, operator: 'contains', value: { ref: `$.record.${path}` } },
})
const blankOr = (path: string, filter: { must: object }) => ({
  ...filter,
  must: { any: [{ fact: 'record', path: `$.${path}`, operator: 'isEmpty' }, filter.must] },
})
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri']
const calendar = (id: string, ...periods: string[][]) => ({
  ...option(id),
  kind: 'calendar',
  schemaVersion: 1,
  zone: 'Asia/Shanghai',
  weekly: Object.fromEntries(weekdays.map((name) => [name, periods])),
})
/** Skill and region of the ticket, the tier of its customer. */
const app = deskApp((files) => {
  const field = (id: string, ...ids: string[]) => ({ ...option(id), type: 'select', options: ids.map(option) })
  const ticket = files['forms/ticket.json'] as { fields: object[] }
  ticket.fields.push(field('skill', 'print', 'test'), field('region', 'east', 'west'))
  const customer = files['forms/customer.json'] as { fields: object[] }
  customer.fields.push({ ...field('tier', 'vip', 'usual'), required: true })
  const fewest = files['assignments/fewest.json'] as { filter: object[] }
  fewest.filter = [
    blankOr('skill', contains('skills', 'skill')),
    blankOr('region', contains('regions', 'region')),
    {
      ...option('tier'),
      must: {
        any: [
          { not: { fact: 'record', path: '$.customer.tier', operator: 'equal', value: 'vip' } },
          { fact: 'candidate', path: '$.skills', operator: 'contains', value: 'test' },
        ],
      },
    },
  ]
  files['calendars/open.json'] = calendar('open', ['09:00', '18:00'])
  files['calendars/early.json'] = calendar('early', ['06:00', '14:00'])
  files['calendars/late.json'] = calendar('late', ['15:00', '22:00'])
  ;(files['app.json'] as { calendar?: string }).calendar = 'open'
})
/** Monday. */
const now = new Date('2026-03-02T07:00:00+08:00').getTime()
const asked = (change: { readonly [username: string]: Partial<Person> }) => {
  const people = deskPeople.map((one) => ({ ...one, ...change[one.username] }))
  const [answer, ...others] = checkAssignments({
    app,
    lookup: (name) => app.forms.get(name),
    directory: directoryOf(people, []),
    now,
    zone: 'Asia/Shanghai',
  })
  expect(others).toEqual([])
  return answer!
}
const all = { skills: ['print', 'test'], regions: ['east', 'west'] }
const words = (uncovered: ReturnType<typeof asked>['uncovered']) =>
  uncovered.map((made) => made.map(({ path, value }) => `${path}=${value}`).join(' '))

describe('S2-34: what the rules of assignment leave open', () => {
  test('with two people who can do everything, always there, nothing', () => {
    expect(asked({ wei: all, xia: all })).toEqual({
      strategy: 'fewest',
      form: 'ticket',
      pool: 2,
      fallback: 2,
      choices: [
        { path: 'skill', label: 'skill', options: [option('print'), option('test')] },
        { path: 'region', label: 'region', options: [option('east'), option('west')] },
        { path: 'customer.tier', label: 'tier', options: [option('vip'), option('usual')] },
      ],
      combinations: 18,
      more: false,
      uncovered: [],
      unstaffed: [],
      irreplaceable: [],
    })
  })
  test('a combination nobody fits is named by what matters in it, through links too', () => {
    const answer = asked({
      wei: { skills: ['test'], regions: ['east'] },
      xia: { skills: ['print'], regions: ['east', 'west'] },
    })
    expect(words(answer.uncovered)).toEqual([
      'skill=test region=west',
      'skill=print customer.tier=vip',
      'region=west customer.tier=vip',
    ])
    expect(answer.irreplaceable).toEqual([
      { skill: 'print', person: personId('xia') },
      { skill: 'test', person: personId('wei') },
    ])
  })
  test('a region nobody has is one line; who is away or gone does not count', () => {
    const east = { ...all, regions: ['east'] }
    expect(words(asked({ wei: east, xia: { ...all, away: true } }).uncovered)).toEqual(['region=west'])
    expect(words(asked({ wei: { away: true }, xia: { active: false } }).uncovered)).toEqual([''])
    expect(asked({ wei: { active: false }, xia: { active: false } })).toMatchObject({ pool: 0, uncovered: [[]] })
    expect(asked({ boss: { active: false }, chief: { active: false } })).toMatchObject({ fallback: 0 })
  })
  test('it finds what trying every combination finds', () => {
    const people = { wei: { skills: ['test'], regions: ['east'] }, xia: { skills: ['print'], regions: ['west'] } }
    const said = asked(people).uncovered
    const isSaid = (made: { readonly [path: string]: string | null }) =>
      said.some((one) => one.every(({ path, value }) => made[path] === value))
    const can = ({ skills, regions }: { skills: string[]; regions: string[] }, made: Parameters<typeof isSaid>[0]) =>
      (made.skill == null || skills.includes(made.skill)) &&
      (made.region == null || regions.includes(made.region)) &&
      (made['customer.tier'] !== 'vip' || skills.includes('test'))
    for (const skill of ['print', 'test', null])
      for (const region of ['east', 'west', null])
        for (const tier of ['vip', 'usual']) {
          const made = { skill, region, 'customer.tier': tier }
          expect([made, isSaid(made)]).toEqual([made, !can(people.wei, made) && !can(people.xia, made)])
        }
  })
  test('hours of the desk with nobody on shift, in the seven days to come', () => {
    const { unstaffed } = asked({ wei: { ...all, shift: 'early' }, xia: { ...all, shift: 'late' } })
    expect(unstaffed).toHaveLength(5)
    expect(unstaffed[0]).toEqual({
      from: new Date('2026-03-02T14:00:00+08:00').getTime(),
      until: new Date('2026-03-02T15:00:00+08:00').getTime(),
    })
    expect(asked({ wei: { ...all, shift: 'early' }, xia: all }).unstaffed).toEqual([])
    const back = { ...all, away: true, awayUntil: new Date('2026-03-03T00:00:00+08:00').getTime() }
    expect(asked({ wei: { ...all, shift: 'early' }, xia: back }).unstaffed).toHaveLength(1)
    expect(asked({ wei: { ...all, shift: 'early' }, xia: { ...all, away: true } }).unstaffed[0]).toEqual({
      from: new Date('2026-03-02T14:00:00+08:00').getTime(),
      until: new Date('2026-03-02T18:00:00+08:00').getTime(),
    })
  })
})
