import type { ClockRow } from '@tenon/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { checkFiles, publishApp } from '../../src/server/commands/app/publish.ts'
import { run } from '../../src/server/store/statement.ts'
import { deskFiles, type Newborn, newborn, system } from './newborn.ts'

/** The desk with a policy of eight working hours, noted in the ticket's `due`. */
const filesWith = (to: string, validUntil?: string) =>
  deskFiles((files) => {
    files['app.json'].calendar = 'hours'
    files['calendars/hours.json'] = {
      id: 'hours',
      kind: 'calendar',
      schemaVersion: 1,
      label: '工作时间',
      zone: 'Asia/Shanghai',
      weekly: Object.fromEntries(
        ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', to]]]),
      ),
      ...(validUntil && { validUntil }),
    }
    files['policies/promise.json'] = {
      id: 'promise',
      kind: 'policy',
      schemaVersion: 1,
      label: '承诺',
      form: 'ticket',
      clocks: [
        {
          id: 'solve',
          label: '解决',
          startWhen: { fact: 'record', path: '$.subject', operator: 'isNotEmpty' },
          stopWhen: { fact: 'record', path: '$.stage', operator: 'equal', value: 'done' },
          targets: [{ id: 'all', within: 'PT48H' }],
          writes: { due: 'due' },
        },
      ],
    }
    files['flows/handling.json'].nodes[1].limit = { within: 'PT48H' }
  })

const clocksOf = async (tenon: Newborn) =>
  (await run<{ body: string }>(tenon.store.read, 'SELECT body FROM clocks ORDER BY owner_kind', [])).map(
    ({ body }) => JSON.parse(body) as ClockRow,
  )

eachDatabase((database) => {
  let tenon: Newborn
  beforeAll(async () => {
    tenon = await newborn(database.url, filesWith('24:00'))
  })
  afterAll(() => tenon.close())

  test('another calendar moves what is still to come: clocks, timers, due fields, tasks', async () => {
    const made = await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values: { subject: 'flow 1' } })
    const before = made.ok ? made.value.record : undefined
    const published = await publishApp(tenon, system, {
      app: 'desk',
      files: filesWith('12:00'),
      confirm: 'all',
      note: '',
    })
    expect(published).toMatchObject({ ok: true, value: { version: 2 } })
    const [limit, policy] = await clocksOf(tenon)
    const day = 86_400_000
    for (const clock of [limit, policy]) {
      expect(clock!.dueAt! - clock!.startedAt).toBeGreaterThan(3 * day)
      expect(clock!.segments.map(({ why }) => why)).toEqual(['started', 'calendar'])
    }
    const [task] = await run<{ due_at: number }>(tenon.store.read, 'SELECT due_at FROM tasks', [])
    expect(Number(task!.due_at)).toBe(limit!.dueAt)
    await tenon.memory.fresh()
    const after = await tenon.run({
      type: 'record.comment',
      app: 'desk',
      form: 'ticket',
      id: before!.id,
      body: 'x',
      visibility: 'internal',
    })
    expect(after.ok && after.value.record?.data.due).toBe(new Date(policy!.dueAt!).toISOString())
    expect(before?.data.due).not.toBe(new Date(policy!.dueAt!).toISOString())
    const timers = await run<{ due_at: number }>(
      tenon.store.read,
      "SELECT due_at FROM timers WHERE key LIKE 'clock/%' ORDER BY due_at",
      [],
    )
    for (const { due_at } of timers) expect(Number(due_at)).toBeGreaterThan(policy!.startedAt + 3 * day)
    expect(timers.length).toBeGreaterThanOrEqual(2)
  })

  test('a version with the same calendars leaves clocks alone', async () => {
    const before = await clocksOf(tenon)
    const files = filesWith('12:00').map((file) =>
      file.path === 'app.json' && 'text' in file ? { ...file, text: file.text.replace('服务台', '服务中心') } : file,
    )
    expect(await publishApp(tenon, system, { app: 'desk', files, confirm: 'all', note: '' })).toMatchObject({
      ok: true,
      value: { version: 3 },
    })
    expect(await clocksOf(tenon)).toEqual(before)
  })

  test('a calendar that ends is a warning, no obstacle', async () => {
    const checked = checkFiles(
      system,
      'desk',
      filesWith('12:00', '2027-01-31'),
      tenon.memory.now,
      Date.parse('2027-02-01T00:00:00Z'),
    )
    expect(checked).toMatchObject({ ok: true, value: { warnings: [{ code: 'calendar.expired' }] } })
    expect(
      checkFiles(
        system,
        'desk',
        filesWith('12:00', '2027-01-31'),
        tenon.memory.now,
        Date.parse('2026-02-01T00:00:00Z'),
      ),
    ).toMatchObject({ ok: true, value: { warnings: [] } })
  })
})
