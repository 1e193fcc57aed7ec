/**
 * Effects through the outbox: added in a transaction each by sixteen at once, then taken and finished by a hand that does
 * nothing, and how long one waits that comes alone. Beside it graphile-worker by itself on the same server.
 */
import pg from 'pg'
import { libraryOf, median, row } from './support/measure.mjs'
import { onEachDatabase, openPortsOf } from './support/server.mjs'

const many = Number(process.env.BENCH_JOBS ?? 3000)
const atOnce = 16
const alone = 50

/** Does `work` with each number below `count`, sixteen at once; gives how many a second. */
async function perSecond(count, work) {
  let next = 0
  const begun = performance.now()
  const client = async () => {
    for (let at = next++; at < count; at = next++) await work(at)
  }
  await Promise.all(Array.from({ length: atOnce }, client))
  return (count / (performance.now() - begun)) * 1000
}

/** The three figures of an outbox, after another run of the same that nobody looks at. */
async function measure(outbox) {
  await once(outbox, 'warm', many)
  return once(outbox, 'many', many)
}

/** Adds jobs, has them all done, then one after the other. */
async function once({ add, start, stop }, name, count) {
  const added = await perSecond(count, (at) => add(`${name}/${at}`))
  let done = 0
  let waiting
  const begun = performance.now()
  await new Promise((resolve, reject) => {
    start(async () => {
      done += 1
      waiting?.()
      if (done === count) resolve()
    }).catch(reject)
  })
  const finished = (count / (performance.now() - begun)) * 1000
  const waits = []
  for (let at = 0; at < alone; at += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    const asked = performance.now()
    const came = new Promise((resolve) => (waiting = resolve))
    await add(`${name}/alone/${at}`)
    await came
    waits.push(performance.now() - asked)
  }
  await stop()
  return { added, finished, waited: median(waits) }
}

async function ours(database) {
  const ports = await openPortsOf(database)
  const effect = { type: 'sms.send', to: '13900000000', body: 'bench', message: null, user: null }
  try {
    return await measure({
      add: (key) =>
        ports.store.transact(async (tx) => {
          await ports.outbox.add(tx, [{ key, effect }])
          return { ok: true, value: undefined }
        }),
      start: (hand) => ports.outbox.start({ 'sms.send': hand, 'mail.send': hand, 'webhook.call': hand }),
      stop: () => ports.outbox.stop(),
    })
  } finally {
    await ports.outbox.close()
    await ports.store.close()
  }
}

/** The peer with the settings its documents give, and as many hands as ours. */
async function graphileWorker({ url }) {
  const { run, runMigrations, Logger } = await libraryOf('runtime', 'graphile-worker')
  const pool = new pg.Pool({ connectionString: url, max: atOnce + 4 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const logger = new Logger(() => () => {})
  await runMigrations({ pgPool: pool, logger })
  try {
    let runner
    return await measure({
      add: (key) =>
        pool.query("select graphile_worker.add_job('bench', json_build_object('key', $1::text), job_key => $1)", [key]),
      start: async (hand) => {
        const taskList = { bench: hand }
        runner = await run({ pgPool: pool, logger, noHandleSignals: true, concurrency: 4, taskList })
      },
      stop: () => runner.stop(),
    })
  } finally {
    await pool.end()
  }
}

export default () =>
  onEachDatabase(async (database) => {
    const one = await ours(database)
    const peer = database.kind === 'postgres' ? await graphileWorker(database) : undefined
    const beside = (value) => (peer === undefined ? {} : { floor: value(peer), floorName: 'graphile-worker' })
    const parity = (value) => (peer === undefined ? {} : { target: Number(value(peer).toPrecision(3)) })
    const { name } = database
    return [
      row(`effects added, a transaction each, ${atOnce} at once (${name})`, one.added, '/s', {
        ...beside((of) => of.added),
        ...parity((of) => of.added),
      }),
      row(`effects taken and finished (${name})`, one.finished, '/s', {
        ...beside((of) => of.finished),
        ...parity((of) => of.finished),
      }),
      row(`an effect that comes alone waits, p50 (${name})`, one.waited, 'ms', {
        ...beside((of) => of.waited),
        lowerIsBetter: true,
      }),
    ]
  })
