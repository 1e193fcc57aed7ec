import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets } from '../http/desk.ts'

type Job = {
  id: string
  state: string
  phase: string
  done: number
  total: number | null
  result: { created: number; rows: number } | null
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url)
  })
  afterAll(() => desk.close())

  const settled = async (id: string): Promise<Job> => {
    for (;;) {
      const job = (await desk.boss.send('GET', `/api/jobs/${id}`)).json<Job>()
      if (job.state !== 'waiting' && job.state !== 'running') return job
      await new Promise((done) => setTimeout(done, 30))
    }
  }
  const importing = async (subjects: readonly string[], dryRun = false): Promise<Job> => {
    const body = [
      '--b',
      'content-disposition: form-data; name="mapping"',
      '',
      JSON.stringify({ fields: [{ field: 'subject', column: 'subject' }] }),
      '--b',
      'content-disposition: form-data; name="dryRun"',
      '',
      String(dryRun),
      '--b',
      'content-disposition: form-data; name="file"; filename="a.csv"',
      '',
      ['subject', ...subjects, ''].join('\n'),
      '--b--',
      '',
    ].join('\r\n')
    const started = await desk.boss.send('POST', '/api/apps/desk/forms/ticket/import', body, {
      'content-type': 'multipart/form-data; boundary=b',
    })
    return settled(started.json<Job>().id)
  }
  const undo = (id: string, by = desk.boss) => by.send('POST', `/api/jobs/${id}/undo`, {})
  const subjects = async () =>
    (await desk.boss.send('GET', `${tickets}?size=100`))
      .json<{ items: { id: string; version: number; values: { subject: string } }[] }>()
      .items.map((item) => item.values.subject)
      .sort()
  const idOf = async (subject: string) =>
    (await desk.boss.send('GET', `${tickets}?size=100`))
      .json<{ items: { id: string; version: number; values: { subject: string } }[] }>()
      .items.find((item) => item.values.subject === subject)

  test('an import is taken back; what somebody has worked on since stays', async () => {
    await desk.boss.send('POST', tickets, { values: { subject: 'by hand' } })
    const job = await importing(['one', 'two', 'three'])
    expect(job).toMatchObject({ state: 'done', result: { created: 3, rows: 3 } })
    const two = await idOf('two')
    await desk.boss.send('PATCH', `${tickets}/${two?.id}`, {
      values: { subject: 'two, changed' },
      version: two?.version,
    })
    expect((await undo(job.id)).statusCode).toBe(202)
    expect(await settled(job.id)).toMatchObject({
      state: 'done',
      phase: 'undone',
      done: 2,
      total: 3,
      result: { created: 3, rows: 3 },
    })
    expect(await subjects()).toEqual(['by hand', 'two, changed'])
    // Once more is the same once.
    expect((await undo(job.id)).json()).toMatchObject({ phase: 'undone', done: 2 })
  })

  test('only what has made something, and only by whoever made it', async () => {
    const dry = await importing(['nothing'], true)
    expect((await undo(dry.id)).json()).toMatchObject({ status: 409, code: 'import.nothingToUndo' })
    const job = await importing(['mine'])
    expect((await undo(job.id, desk.li)).statusCode).toBe(404)
    expect(await subjects()).toContain('mine')
  })
})
