import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { AssignmentView, RecordView, TaskPage, UserView } from '../../src/contract/index.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

const qualified = (files: Documents) => {
  files['flows/handling.json'].nodes[1].assign = [{ strategy: 'qualified' }]
  files['assignments/qualified.json'] = {
    id: 'qualified',
    kind: 'assignment',
    schemaVersion: 1,
    label: '按资质派单',
    pool: [{ role: 'agent' }],
    filter: [
      {
        id: 'level',
        label: { 'zh-CN': '技能达到 3 级', en: 'Level 3 or more' },
        must: { formula: 'candidate.skill_levels.print >= 3' },
      },
      {
        id: 'certified',
        label: { 'zh-CN': '持有效证书', en: 'Has a valid certificate' },
        must: { fact: 'candidate', path: '$.certifications', operator: 'contains', value: 'lift' },
      },
      {
        id: 'language',
        label: { 'zh-CN': '会说粤语', en: 'Speaks Cantonese' },
        must: { fact: 'candidate', path: '$.languages', operator: 'contains', value: 'cantonese' },
      },
    ],
    score: [],
    fallback: [{ role: 'manager' }],
  }
}
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, qualified)
  })
  afterAll(() => desk.close())

  const user = (name: string) => `/api/admin/users/${desk.ids[name]}`
  const rate = async (name: string, values: object) => {
    const answer = await desk.admin.send('PATCH', user(name), values)
    expect(answer.statusCode, answer.body).toBe(200)
  }
  const dispatched = async (subject: string) => {
    const { id } = (
      await desk.boss.send('POST', tickets, { values: { subject: `flow ${subject}` } })
    ).json<RecordView>()
    const [task] = (await desk.boss.send('GET', `/api/tasks?record=${id}`)).json<TaskPage>().items
    if (!task) throw new Error('there is no task')
    return task
  }
  const why = async (task: string, name: string, locale: string) =>
    (
      await desk.boss.send('GET', `/api/tasks/${task}/assignment?whyNot=${desk.ids[name]}`, undefined, {
        'accept-language': locale,
      })
    ).json<AssignmentView>().whyNot

  test('levels, certificates and languages are entered for a person, kept, and refused where they make no sense', async () => {
    const given = {
      skills: ['print', 'test'],
      skillLevels: { print: 4 },
      certifications: [
        { name: 'lift', until: day(30) },
        { name: 'crane', until: null },
      ],
      languages: ['mandarin', 'cantonese'],
    }
    await rate('li', given)
    const all = (await desk.admin.send('GET', '/api/admin/users')).json<{ items: UserView[] }>().items
    expect(all.find(({ id }) => id === desk.ids.li)).toMatchObject(given)
    expect(all.find(({ id }) => id === desk.ids.wang)).toMatchObject({
      skillLevels: {},
      certifications: [],
      languages: [],
    })
    for (const wrong of [
      { skillLevels: { print: 6 } },
      { skillLevels: { print: 0 } },
      { certifications: [{ name: 'lift', until: '2026-13-01' }] },
      { certifications: [{ name: '', until: null }] },
    ])
      expect((await desk.admin.send('PATCH', user('li'), wrong)).statusCode).toBe(400)
  })

  test('who is qualified gets the task; why another did not is said by the filters, in both languages', async () => {
    await rate('wang', { skills: ['print'], skillLevels: { print: 2 }, languages: ['mandarin'] })
    const task = await dispatched('qualified')
    expect(task.assignee).toBe(desk.ids.li)
    expect(await why(task.id, 'wang', 'zh-CN')).toMatchObject({
      kind: 'filtered',
      failed: [
        { id: 'level', label: { 'zh-CN': '技能达到 3 级', en: 'Level 3 or more' } },
        { id: 'certified', label: { 'zh-CN': '持有效证书' } },
        { id: 'language', label: { en: 'Speaks Cantonese' } },
      ],
    })
  })

  test('a certificate that has run out is none', async () => {
    await rate('li', { certifications: [{ name: 'lift', until: day(-2) }] })
    const task = await dispatched('expired')
    expect(task.assignee).toBeNull()
    expect(await why(task.id, 'li', 'zh-CN')).toMatchObject({ kind: 'filtered', failed: [{ id: 'certified' }] })
  })
})
