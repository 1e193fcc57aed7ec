import { type ClockRow, calendarsOf, elapsedAt, replayClock } from '@tenon/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { forecastClocks } from '../../src/server/commands/app/adopt-clocks.ts'
import { checkFiles, publishApp } from '../../src/server/commands/app/publish.ts'
import { startTimers } from '../../src/server/outbox/timers.ts'
import { newId } from '../../src/server/store/new-id.ts'
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

const stageDone = '"path":"$.stage","operator":"equal","value":"done"'
const paid = '"path":"$.paid","operator":"equal","value":true'
/** The desk with another promise, kept once the ticket is paid. */
const promised = (within: string, to: string) =>
  filesWith(to).map((file) =>
    file.path === 'policies/promise.json' && 'text' in file
      ? { ...file, text: file.text.replace('PT48H', within).replace(stageDone, paid) }
      : file,
  )

eachDatabase((database) => {
  let tenon: Newborn
  const hour = 3_600_000
  beforeAll(async () => {
    tenon = await newborn(database.url, promised('PT48H', '24:00'))
  })
  afterAll(() => tenon.close())
  const publish = async (files: ReturnType<typeof filesWith>, recalculate?: readonly string[]) => {
    const published = await publishApp(tenon, system, {
      app: 'desk',
      files,
      confirm: 'all',
      note: '',
      ...(recalculate ? { recalculate } : {}),
    })
    expect(published).toMatchObject({ ok: true })
    await tenon.memory.fresh()
  }
  const forecast = (files: ReturnType<typeof filesWith>) => {
    const checked = checkFiles(system, 'desk', files, tenon.memory.now, tenon.clock.now())
    if (!checked.ok) throw new Error(JSON.stringify(checked.error))
    const ports = { store: tenon.store, memory: tenon.memory.now, now: tenon.clock.now(), newId }
    return forecastClocks(ports, checked.value.next, ['promise'], 100)
  }
  const policyClock = async () => (await clocksOf(tenon)).find(({ owner }) => owner.kind === 'policy') as ClockRow
  const trail = async () =>
    (
      await run<{ type: string; at: number; data: string; cause: string }>(
        tenon.store.read,
        "SELECT type, at, data, cause FROM events WHERE type LIKE 'clock.%' ORDER BY seq",
        [],
      )
    ).map((row) => ({ ...row, at: Number(row.at), data: JSON.parse(row.data) }))
  const dueTimer = async () => {
    const { clock, run: round } = await policyClock()
    const [row] = await run<{ due_at: number }>(
      tenon.store.read,
      `SELECT due_at FROM timers WHERE key = 'clock/${clock}/${round}/due'`,
      [],
    )
    return row && Number(row.due_at)
  }

  test('kept, a clock has counted what it has counted; recalculated, it counts again from its start: shown before, then done just so', async () => {
    const made = await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values: { subject: 'one' } })
    const ref = { app: 'desk', form: 'ticket', id: made.ok ? made.value.record!.id : '' }
    tenon.clock.advanceTo(tenon.clock.now() + 30 * hour)
    const running = await policyClock()
    const text = JSON.stringify(await clocksOf(tenon))
    // Twelve hours a day instead of twenty-four: about half of the thirty counts.
    const calendar = promised('PT48H', '12:00')
    const { clocks, more } = await forecast(calendar)
    expect([clocks.length, more]).toEqual([1, false])
    expect(JSON.stringify(await clocksOf(tenon))).toBe(text)
    expect((await trail()).map(({ type }) => type)).toEqual(['clock.started'])

    await publish(calendar, ['promise'])
    const counted = await policyClock()
    const { version: _, ...segment } = counted.segments[0]!
    expect(segment).toEqual({
      from: running.startedAt,
      to: null,
      state: 'running',
      why: 'started',
      calendar: 'hours',
      countedMs: 0,
    })
    expect(counted).toEqual(clocks[0]?.after)
    const calendars = calendarsOf(tenon.memory.now.apps.app('desk')!.model)
    expect(counted.dueAt).toBe(calendars('hours').add(running.startedAt, 48 * hour))
    expect(await dueTimer()).toBe(calendars('hours').add(running.startedAt, 48 * hour + 1))
    const events = await trail()
    const at = events.at(-1)?.at ?? 0
    expect(events.at(-1)).toMatchObject({
      type: 'clock.recalculated',
      cause: 'app:desk@2',
      data: {
        policy: 'promise',
        id: 'solve',
        elapsedBefore: at - running.startedAt,
        elapsedMs: calendars('hours').between(running.startedAt, at),
        dueBefore: new Date(running.dueAt!).toISOString(),
        due: new Date(counted.dueAt!).toISOString(),
        exceeded: false,
      },
    })
    // Row and trail agree, now and later.
    const later = tenon.clock.now() + 100 * hour
    const own = events.filter(({ data }) => data.clock === counted.clock)
    for (const moment of [tenon.clock.now(), later])
      expect(replayClock(own as never, moment, calendars)?.elapsedMs).toBe(elapsedAt(counted, moment, calendars))
    const read = await tenon.run({ type: 'record.comment', ...ref, body: 'x', visibility: 'internal' })
    expect(read.ok && read.value.record?.data.due).toBe(new Date(counted.dueAt!).toISOString())
    const audit = await run<{ data: string }>(
      tenon.store.read,
      "SELECT data FROM events WHERE type = 'app.published' ORDER BY seq DESC",
      [],
    )
    expect(audit.map(({ data }) => JSON.parse(data).recalculated ?? null)).toContainEqual(['promise'])
  })

  test('a shorter target that is over already is noticed at once, with the moment it was; a longer one takes the breach back', async () => {
    const before = await policyClock()
    await publish(promised('PT1H', '12:00'))
    expect((await policyClock()).targetMs).toBe(before.targetMs)
    await publish(promised('PT2H', '24:00'), ['promise'])
    const timers = startTimers({ store: tenon.store, clock: tenon.clock, executor: tenon.executor, report: () => {} })
    await timers.fireDue()
    const breached = await policyClock()
    expect(breached).toMatchObject({ targetMs: 2 * hour, breachedAt: before.startedAt + 2 * hour + 1, met: false })
    expect((await trail()).at(-1)).toMatchObject({
      type: 'clock.breached',
      data: { at: new Date(breached.breachedAt!).toISOString() },
    })

    await publish(promised('PT96H', '24:00'), ['promise'])
    await timers.stop()
    expect(await policyClock()).toMatchObject({
      targetMs: 96 * hour,
      breachedAt: null,
      met: null,
      dueAt: before.startedAt + 96 * hour,
    })
    expect(await dueTimer()).toBe(before.startedAt + 96 * hour + 1)
    expect((await forecast(promised('PT96H', '24:00'))).clocks).toEqual([])
  })

  test('what has a result keeps it', async () => {
    const { id } = await policyClock()
    await tenon.run({ type: 'record.update', app: 'desk', form: 'ticket', id, values: { paid: true } }, 'boss')
    const stopped = await policyClock()
    expect(stopped.state).toBe('stopped')
    await publish(promised('PT1H', '12:00'), ['promise'])
    expect(await policyClock()).toEqual(stopped)
  })
})
