import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp, playScenario, type SourceFile, type StagePlay } from '@tenon/engine'
import { describe, expect, it } from 'vitest'

/** What must hold after anything at all: here after every scenario of every template. */
const templates = new URL('../../templates/', import.meta.url).pathname

for (const template of readdirSync(templates)) {
  const app = buildApp(filesOf(join(templates, template)), { version: 1 })
  if (!app.ok) continue
  describe(template, () => {
    it.each([...app.value.scenarios.keys()])('%s leaves a world that adds up', async (id) => {
      const scenario = app.value.scenarios.get(id)
      if (!scenario) return
      const { play } = await playScenario(app.value, scenario)
      expect(play.world.state.records.size).toBeGreaterThan(0)
      expect(rebuilt(play)).toEqual(stored(play))
      expect(gapsInTrail(play)).toEqual([])
      expect(strandedTokens(play)).toEqual([])
      expect(orphanTimers(play)).toEqual([])
      expect(clocksThatDoNotAddUp(play)).toEqual([])
    })
  })
}

type Data = Record<string, unknown>
const filled = (data: Data): Data => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))

const stored = (play: StagePlay): Data =>
  Object.fromEntries([...play.world.state.records.values()].map((row) => [row.id, filled(row.data as Data)]))

/** The row is the truth; its trail alone must give the same row. */
function rebuilt(play: StagePlay): Data {
  const rows: Record<string, Data> = {}
  for (const event of play.world.state.events) {
    if (event.type === 'record.created') rows[event.id] = filled(event.data.values as Data)
    if (event.type === 'record.updated') {
      for (const [field, change] of Object.entries(event.data.changes as Record<string, [unknown, unknown]>)) {
        rows[event.id] = filled({ ...rows[event.id], [field]: change[1] })
      }
    }
    if (event.type === 'record.deleted') delete rows[event.id]
  }
  return rows
}

function gapsInTrail(play: StagePlay): readonly string[] {
  const seqs = new Map<string, number[]>()
  for (const event of play.world.state.events) seqs.set(event.id, [...(seqs.get(event.id) ?? []), event.seq])
  return [...seqs]
    .filter(([, list]) => list.toSorted((a, b) => a - b).some((seq, i) => seq !== i + 1))
    .map(([id]) => id)
}

/** Every token of a running flow rests at a join, has an open task, or an armed timer. */
function strandedTokens(play: StagePlay): readonly string[] {
  const { instances, tasks, timers } = play.world.state
  return [...instances.values()]
    .filter((instance) => instance.status === 'running')
    .flatMap((instance) =>
      instance.snapshot.tokens.filter((token) => {
        const activity = instance.snapshot.activities.find((one) => one.token === token.id)
        const hasTask = activity?.tasks.some((one) => tasks.get(one.task)?.state === 'open') ?? false
        const isAtJoin = token.edge !== undefined && token.visit === 0
        return !hasTask && !isAtJoin && !timers.has(`flow/${instance.instance}/${token.node}/${token.visit}`)
      }),
    )
    .map((token) => token.node)
}

/** Timers belong to something that still waits for them. */
function orphanTimers(play: StagePlay): readonly string[] {
  const { instances, clocks, tasks, timers } = play.world.state
  return [...timers.values()]
    .filter(({ payload }) => {
      if (payload.kind === 'flow') return instances.get(payload.instance)?.status !== 'running'
      if (payload.kind === 'accept') return tasks.get(payload.task)?.state !== 'open'
      const clock = clocks.get(payload.clock)
      return clock === undefined || clock.state === 'cancelled' || (clock.state === 'stopped' && payload.step !== 'due')
    })
    .map((timer) => timer.key)
}

/** A clock that is over has counted what its finished segments counted. */
const clocksThatDoNotAddUp = (play: StagePlay): readonly string[] =>
  [...play.world.state.clocks.values()]
    .filter(
      (clock) =>
        clock.state === 'stopped' &&
        clock.elapsedMs !== clock.segments.reduce((sum, segment) => sum + segment.countedMs, 0),
    )
    .map((clock) => clock.clock)

function filesOf(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json') && !path.startsWith('sample'))
    .map((path) => ({ path, json: JSON.parse(readFileSync(join(folder, path), 'utf8')) }))
}
