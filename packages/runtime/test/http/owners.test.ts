import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Validation } from '../../src/contract/index.ts'
import { type Desk, openDesk, wireFiles } from './desk.ts'

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
})
