import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../packages/runtime/src/server/clock.ts'
import { examine } from '../../packages/runtime/src/server/doctor/examine.ts'
import { connect } from '../../packages/runtime/src/server/store/connect.ts'
import { LiveMemory } from '../../packages/runtime/src/server/store/live-memory.ts'
import { afterSales } from '../support/after-sales.ts'
import { eachDatabase } from '../support/database.ts'
import { Client } from './client.ts'
import { type History, newHistory, type Ticket } from './history.ts'
import { killAll, type ServerProcess, startServer } from './server-process.ts'

/** Kills per database; a soak sets TENON_KILLS. The time allowed is shared, so a slow machine does fewer, never none. */
const kills = Math.max(1, Number(process.env.TENON_KILLS ?? 60) / 2)
const budgetMs = (Number(process.env.TENON_KILLS ?? 60) / 60) * 110_000
const people = ['agent1', 'agent2', 'agent3', 'agent4'] as const
const clients = 8
const records = '/api/apps/after_sales/forms/ticket/records'

/** The same sequence of pauses on every run. */
function pauses(): () => number {
  let seed = 20_261_122
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return 120 + (seed / 2 ** 32) * 500
  }
}

eachDatabase((database) => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-crash-'))
  })
  afterAll(() => {
    killAll()
    rmSync(folder, { recursive: true, force: true })
  })

  test('kill -9 under load: nothing acknowledged is lost, nothing refused is there, nothing is there twice', {
    timeout: budgetMs + 120_000,
  }, async () => {
    const history = newHistory()
    const first = await startServer(database.url, folder)
    const customer = await newCustomer(first)
    await first.kill()
    const workers = Array.from(
      { length: clients },
      (_, i) => new Client(`c${i}`, people[i % people.length] ?? '', customer, history),
    )
    const pause = pauses()
    const begun = performance.now()
    let killed = 0
    while (killed < kills && performance.now() - begun < budgetMs) {
      const server = await startServer(database.url, folder)
      let isOver = false
      const load = Promise.all(workers.map((worker) => worker.work(server, () => isOver)))
      await begunWork(history)
      await new Promise((resolve) => setTimeout(resolve, pause()))
      await server.kill()
      isOver = true
      await load
      killed += 1
    }
    const server = await startServer(database.url, folder)
    for (const worker of workers) await worker.settle(server)
    await compare(history, server)
    await server.kill()
    expect(await findings(database.url, folder)).toEqual([])
    console.log(
      `${database.kind}: ${killed} kills, ${history.acknowledged} acknowledged, ${history.unknown} answers cut off, ${history.tickets.length} tickets`,
    )
    expect(killed).toBeGreaterThan(0)
    // A load that never happened proves nothing.
    expect(history.acknowledged).toBeGreaterThan(killed)
    expect(history.unknown).toBeGreaterThan(0)
  })
}, afterSales)

async function newCustomer({ url, key }: ServerProcess): Promise<string> {
  const response = await fetch(`${url}/api/apps/after_sales/forms/customer/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ values: { name: '上海仁和医疗' } }),
  })
  const { id } = (await response.json()) as { id: string }
  return id
}

/** The first answers of a new process take longest: the pause begins with them. */
async function begunWork(history: History): Promise<void> {
  const before = history.acknowledged
  for (let waited = 0; history.acknowledged < before + clients && waited < 5000; waited += 20)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Holds what is stored against what the clients were told. */
async function compare(history: History, server: ServerProcess): Promise<void> {
  const found = await everyTicket(server)
  const bySubject = new Map<string, Found[]>()
  for (const one of found) bySubject.set(one.values.subject, [...(bySubject.get(one.values.subject) ?? []), one])

  expect(history.protests).toEqual([])
  expect(
    history.tickets.filter(({ subject }) => bySubject.get(subject)?.length !== 1).map(({ subject }) => subject),
    'once each',
  ).toEqual([])
  expect(
    history.refused.filter((mark) => bySubject.has(mark)),
    'refused and there',
  ).toEqual([])
  const known = new Set(history.tickets.map(({ subject }) => subject))
  expect(
    [...bySubject.keys()].filter((subject) => !known.has(subject)),
    'nobody was told of',
  ).toEqual([])
  const differing = history.tickets.filter(({ subject, id, description }) => {
    const [one] = bySubject.get(subject) ?? []
    return one?.id !== id || one.values.description !== description
  })
  expect(differing, 'not as acknowledged').toEqual([])
  for (const ticket of history.tickets) await compareTimeline(ticket, server)
}

type Found = { readonly id: string; readonly values: { readonly subject: string; readonly description: string } }

async function everyTicket(server: ServerProcess): Promise<readonly Found[]> {
  const found: Found[] = []
  for (let cursor = ''; ; ) {
    const page = await read<{ items: Found[]; nextCursor?: string }>(
      server,
      `${records}?size=500&count=false&fields=subject,description&sort=created_at${cursor}`,
    )
    found.push(...page.items)
    if (page.nextCursor === undefined) return found
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
}

/** Comments and completed tasks stand in the trail exactly as often as they were acknowledged. */
async function compareTimeline({ id, subject, comments, task }: Ticket, server: ServerProcess): Promise<void> {
  const { items } = await read<{ items: { type: string; data: { body?: unknown; node?: unknown } }[] }>(
    server,
    `${records}/${id}/timeline`,
  )
  const count = (holds: (entry: (typeof items)[number]) => boolean) => items.filter(holds).length
  for (const body of comments)
    expect(
      count((entry) => entry.data.body === body),
      `comment ${body} of ${subject}`,
    ).toBe(1)
  expect(
    count((entry) => entry.type === 'record.created'),
    `creation of ${subject}`,
  ).toBe(1)
  expect(
    count((entry) => entry.type === 'task.completed'),
    `completions of ${subject}`,
  ).toBe(task === 'completed' ? 1 : 0)
}

async function read<T>(server: ServerProcess, path: string): Promise<T> {
  const response = await fetch(server.url + path, { headers: { authorization: `Bearer ${server.key}` } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

/** What `tenon doctor` says: every invariant of the database, read only. */
async function findings(url: string, folder: string): Promise<readonly string[]> {
  const store = await connect(url)
  try {
    const memory = await new LiveMemory(store).fresh()
    const all: string[] = []
    for await (const one of examine({
      db: store.read,
      memory,
      filesFolder: join(folder, 'files'),
      now: systemClock.now(),
    })) {
      all.push(...one.findings.map(({ about, what }) => `${one.check}: ${about} ${what}`))
    }
    return all
  } finally {
    await store.close()
  }
}
