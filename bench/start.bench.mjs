/** From nothing to the first answer, and how much memory that takes. */
import { memoryMbOf } from './support/load.mjs'
import { median, row } from './support/measure.mjs'
import { newFolder, startFloor, startProduct } from './support/server.mjs'

async function several(start) {
  const times = []
  const memory = []
  for (let i = 0; i < 5; i += 1) {
    const server = await start()
    times.push(server.startMs)
    await fetch(`${server.url}/healthz`)
    memory.push(memoryMbOf(server.pid))
    await server.stop()
  }
  return { ms: median(times), mb: memory.includes(undefined) ? undefined : median(memory) }
}

export default async () => {
  const folder = newFolder()
  const place = { url: `sqlite:${folder.path}/tenon.db`, folder: folder.path }
  // The first start installs the template and its demo data; what is measured is every later one.
  await (await startProduct(place)).stop()
  const ours = await several(() => startProduct(place))
  const bare = await several(() => startFloor(place))
  const floorName = 'fastify + better-sqlite3'
  return [
    row('cold start with the demo installed', ours.ms, 'ms', {
      floor: bare.ms,
      floorName,
      lowerIsBetter: true,
      target: 1500,
      moonshot: 800,
    }),
    ...(ours.mb === undefined
      ? []
      : [
          row('memory after the start', ours.mb, 'MB', {
            floor: bare.mb,
            floorName,
            lowerIsBetter: true,
            target: 150,
            moonshot: 120,
          }),
        ]),
  ]
}
