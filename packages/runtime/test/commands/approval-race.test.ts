import type { CommandBody } from '@tenon/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { bumpRevision } from '../../src/server/store/revisions.ts'
import { run } from '../../src/server/store/statement.ts'
import { deskFiles, type Newborn, newborn } from '../store/newborn.ts'

/** One step for one person, whose limit answers it; behind it another one. */
const files = deskFiles((documents) => {
  documents['flows/handling.json'].nodes = [
    { id: 'begin', type: 'startEvent' },
    {
      id: 'work',
      type: 'userTask',
      assign: [{ user: 'li' }],
      limit: { within: 'PT15M', ladder: [{ id: 'lapse', at: 1, outcome: 'back' }] },
      outcomes: [
        { id: 'solved', label: '已解决' },
        { id: 'back', label: '退回' },
      ],
    },
    { id: 'next', type: 'userTask', assign: [{ user: 'boss' }] },
    { id: 'end', type: 'endEvent' },
  ]
  documents['flows/handling.json'].edges = [
    { id: 'e1', from: 'begin', to: 'work' },
    { id: 'e2', from: 'work', to: 'next' },
    { id: 'e3', from: 'next', to: 'end' },
  ]
})

eachDatabase((database) => {
  let tenon: Newborn
  beforeAll(async () => {
    tenon = await newborn(database.url, files)
  })
  afterAll(() => tenon.close())

  const started = async (subject: string) => {
    const values = { subject: `flow ${subject}` }
    const made = await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values }, 'boss')
    if (!made.ok) throw new Error(JSON.stringify(made.error))
    const record = made.value.record!.id
    const [task] = await run<{ id: string }>(tenon.store.read, `SELECT id FROM tasks WHERE record = '${record}'`, [])
    return { record, task: task!.id }
  }
  const person = (username: string) => tenon.directory().byUsername(username)!.id

  test('P7: 100 rounds of 8 at once {complete, refuse, delegate, withdraw, timer} have one effect each', async () => {
    for (let round = 0; round < 100; round += 1) {
      const { record, task } = await started(`${round}`)
      const timers = await run<{ key: string; due_at: number; payload: string }>(
        tenon.store.read,
        `SELECT key, due_at, payload FROM timers WHERE key LIKE 'clock/%' ORDER BY key`,
        [],
      )
      const mine = timers.find(({ key }) => key.endsWith('/lapse')) ?? timers[0]!
      tenon.clock.advanceTo(Math.max(tenon.clock.now(), Number(mine.due_at)))
      const complete = (outcome: string): CommandBody => ({ type: 'task.complete', task, outcome })
      const fire: CommandBody = {
        type: 'timer.fire',
        key: mine.key,
        dueAt: Number(mine.due_at),
        payload: JSON.parse(mine.payload),
      }
      const delegate: CommandBody = { type: 'task.delegate', task, to: person('wang') }
      const results = await Promise.all([
        tenon.run(complete('solved'), 'li'),
        tenon.run(complete('back'), 'li'),
        tenon.run(delegate, 'li'),
        tenon.run({ type: 'task.withdraw', task }, 'li'),
        tenon.run(fire),
        tenon.run(complete('back'), 'wang'),
        tenon.run(complete('solved'), 'li'),
        tenon.run(fire),
      ])
      const done = await run<{ n: number }>(
        tenon.store.read,
        `SELECT count(*) AS n FROM events WHERE record = '${record}' AND type = 'task.completed'`,
        [],
      )
      const withdrawn = await run<{ n: number }>(
        tenon.store.read,
        `SELECT count(*) AS n FROM events WHERE record = '${record}' AND type = 'task.withdrawn'`,
        [],
      )
      const tasks = await run<{ node: string; state: string; owner: string | null }>(
        tenon.store.read,
        `SELECT node, state, owner FROM tasks WHERE record = '${record}'`,
        [],
      )
      const open = tasks.filter(({ state }) => state === 'open')
      // Wherever it came to rest there is exactly one open task, and each answer that was not taken back has one effect.
      expect(open, JSON.stringify(results)).toHaveLength(1)
      const standing = Number(done[0]?.n) - tasks.filter(({ node }) => node === 'work').length + 1
      expect(standing).toBeLessThanOrEqual(1)
      expect(open[0]?.node).toBe(standing === 1 && open[0]?.node === 'next' ? 'next' : 'work')
      for (const result of results)
        if (!result.ok && result.error.code === 'task.done')
          expect(result.error.details).toMatchObject({ by: expect.stringMatching(/li|wang/), at: expect.any(Number) })
      expect(Number(withdrawn[0]?.n)).toBeLessThanOrEqual(2)
    }
  }, 300_000)

  test('P7: switched off, or the role taken, between opening and the click: nothing is decided', async () => {
    const { task, record } = await started('switched off')
    const li = tenon.person('li')
    const set = async (sql: string) => {
      await tenon.store.transact(async (tx) => {
        await run(tx, sql, [])
        await bumpRevision(tx, 'directory')
        return { ok: true as const, value: undefined }
      })
    }
    const click = () =>
      tenon.executor.execute({
        command: `${task}${Math.random()}`.slice(0, 60),
        principal: li,
        source: 'user',
        type: 'task.complete',
        task,
        outcome: 'solved',
      })
    await set("UPDATE users SET active = 0 WHERE username = 'li'")
    expect(await click()).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    await set("UPDATE users SET active = 1 WHERE username = 'li'")
    await set(`DELETE FROM role_grants WHERE user_id = '${person('li')}'`)
    expect(await click()).toMatchObject({ ok: false, error: { code: 'task.notFound' } })
    expect(
      await run(
        tenon.store.read,
        `SELECT id FROM events WHERE record = '${record}' AND type = 'task.completed'`.replace('id', 'event_id'),
        [],
      ),
    ).toEqual([])
  })
})
