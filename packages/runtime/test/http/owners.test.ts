import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Validation } from '../../src/contract/index.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url)
  })
  afterAll(() => desk.close())

  const problems = async () => {
    const answer = await desk.boss.send('POST', '/api/design/apps/desk/validate', {
      files: wireFiles((files) => {
        files['flows/handling.json'].nodes[1].assign = [{ user: 'wang' }]
      }),
    })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<Validation>().problems.filter(({ code }) => code === 'flow.ownerNobody')
  }

  test('who leaves leaves a task without an owner: said before the next publish, at the task', async () => {
    expect(await problems()).toEqual([])
    await desk.admin.send('PATCH', `/api/admin/users/${desk.ids.wang}`, { active: false })
    expect(await problems()).toMatchObject([
      { severity: 'warning', file: 'flows/handling.json', path: '/nodes/1/assign' },
    ])
  })

  test('an owner that records decide is tried on those the caller sees, and said where it is nobody on all of them', async () => {
    const tried = async (by: Desk['boss'], change: Parameters<typeof wireFiles>[0]) => {
      const answer = await by.send('POST', '/api/design/apps/desk/validate', { files: wireFiles(change) })
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Validation>().problems.filter(({ code }) => code === 'flow.ownerNobodyTried')
    }
    const byField: Parameters<typeof wireFiles>[0] = (files) => {
      files['flows/handling.json'].nodes[1].assign = [{ field: 'handler' }]
    }
    const nobody = [{ severity: 'warning', file: 'flows/handling.json', path: '/nodes/1/assign' }]
    expect(await tried(desk.boss, byField)).toEqual([])
    const made = await desk.boss.send('POST', tickets, { values: { subject: 'one' } })
    expect(made.statusCode, made.body).toBe(201)
    expect(await tried(desk.boss, byField)).toMatchObject(nobody)
    const byWord: Parameters<typeof wireFiles>[0] = (files) => {
      files['flows/handling.json'].nodes[1].assign = [{ formula: 'if subject = "one" then "li" else handler' }]
    }
    expect(await tried(desk.boss, byWord)).toMatchObject(nobody)
    const { id, version } = made.json<{ id: string; version: number }>()
    await desk.boss.send('PATCH', `${tickets}/${id}`, { values: { handler: desk.ids.li }, version })
    expect(await tried(desk.boss, byField)).toEqual([])
    expect(await tried(desk.boss, byWord)).toMatchObject(nobody)
    await desk.admin.send('PATCH', `/api/admin/users/${desk.ids.li}`, { active: false })
    expect(await tried(desk.boss, byField)).toMatchObject(nobody)
    // Who may not read the field learns nothing of it.
    await desk.publish((files) => {
      for (const access of files['forms/ticket.json'].access) access.fields = { handler: 'hidden' }
    })
    expect(await tried(desk.boss, byField)).toEqual([])
  })
})
