import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { examine } from '../../src/server/doctor/examine.ts'
import type { FaultPoint } from '../../src/server/store/faults.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { type Crash, Player } from './player.ts'
import { type Play, plays, referenceFiles } from './reference-flows.ts'

const points: readonly FaultPoint[] = [
  'command-begun',
  'after-decide',
  'after-records',
  'after-events',
  'after-work',
  'before-commit',
  'after-commit',
  'before-answer',
]
/** Every point at every step takes minutes; the gate takes two at each, so that every flow meets every point in turn. */
const pointsPerMoment = process.env.TENON_FAULTS === 'all' ? points.length : 2

eachDatabase((database) => {
  let player: Player
  let folder: string
  let moments = 0
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-faults-'))
    player = await Player.open(database.url, referenceFiles())
  })
  afterAll(async () => {
    await player.tenon.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const played = async (play: Play, crash?: Crash): Promise<{ outcome: Outcome; errands: readonly number[] }> => {
    const { id, errands } = await player.play(play, crash)
    const { store, outbox } = player.tenon
    return { outcome: await outcomeOf(store, id, await outbox.jobs(store.read, 10_000)), errands }
  }
  const crashesOf = ({ steps }: Play, errands: readonly number[]): readonly Crash[] =>
    steps.flatMap((_, step) =>
      (['command', 'timers'] as const)
        .filter((during) => during === 'command' || errands.includes(step))
        .flatMap((during) => {
          moments += 1
          return Array.from({ length: pointsPerMoment }, (_, at) => ({
            step,
            during,
            point: points[(moments * pointsPerMoment + at) % points.length] ?? 'before-commit',
          }))
        }),
    )

  test.each(plays.map((play) => [play.name, play] as const))(
    'flow %s ends as if nothing had happened, wherever the process dies',
    async (_, play) => {
      const { outcome, errands } = await played(play)
      expect(new Set(outcome.instances.map(({ status }) => status))).toEqual(
        new Set([play.name === 'stopped' ? 'cancelled' : 'completed']),
      )
      expect(outcome.timers).toEqual([])
      const crashes = crashesOf(play, errands)
      const before = player.crashes
      for (const crash of crashes) {
        const again = await played(play, crash)
        expect(again.outcome, JSON.stringify(crash)).toEqual(outcome)
      }
      // A point that is never passed proves nothing.
      expect(player.crashes - before).toBe(crashes.length)
    },
  )

  test('what flows do, they do once for each visit of the node', async () => {
    const said = ({ trail }: Outcome, body: string) =>
      trail.filter((entry) => entry.includes(`"body":"${body}"`)).length
    const outcomes = new Map<string, Outcome>()
    for (const play of plays.slice(0, 8)) outcomes.set(play.name, (await played(play)).outcome)
    const of = (name: string): Outcome => outcomes.get(name) as Outcome
    expect(said(of('rounds'), 'round')).toBe(3)
    expect(said(of('again'), 'written')).toBe(2)
    expect([said(of('effects'), 'tell'), said(of('effects'), 'after')]).toEqual([1, 1])
    expect(said(of('late'), 'overdue')).toBe(1)
    // One mail to each of the two agents.
    expect(of('effects').effects).toHaveLength(2)
    expect(of('approvers').effects).toHaveLength(2)
    expect(of('effects').notified).toBeGreaterThanOrEqual(2)
  })

  test('the doctor finds nothing after all these crashes', async () => {
    const { store, memory, clock } = player.tenon
    const found: unknown[] = []
    for await (const one of examine({
      db: store.read,
      memory: await memory.fresh(),
      filesFolder: folder,
      now: clock.now(),
    }))
      found.push(...one.findings)
    expect(found).toEqual([])
    console.log(`${database.kind}: ${player.crashes} crashes in ${plays.length} flows`)
  })
})
