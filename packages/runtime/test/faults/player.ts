import type { CommandBody, Id } from '@tenon/engine'
import { type FaultPoint, faults } from '../../src/server/store/faults.ts'
import { newId } from '../../src/server/store/new-id.ts'
import { dueTimers } from '../../src/server/store/rows/timers.ts'
import { run } from '../../src/server/store/statement.ts'
import { type Newborn, newborn, system } from '../store/newborn.ts'
import type { Play, Step } from './reference-flows.ts'

/** Where a run is made to crash: in the command of a step, or in what the timers do after it. */
export type Crash = { readonly step: number; readonly during: 'command' | 'timers'; readonly point: FaultPoint }

type Said = CommandBody & { readonly by?: string }
class Crashed extends Error {}

/**
 * Plays scripts against a server that can die: a crash leaves the process as it is (its memory is never asked again), and
 * a new one is opened on the same database. Whoever had no answer sends the same request with the same key again.
 */
export class Player {
  readonly #url: string
  tenon: Newborn
  crashes = 0

  private constructor(url: string, tenon: Newborn) {
    this.#url = url
    this.tenon = tenon
  }

  static open = async (url: string, files: Parameters<typeof newborn>[1]): Promise<Player> =>
    new Player(url, await newborn(url, files))

  /** Gives the record's id and after which steps timers had something to do. */
  async play({ name, record, steps }: Play, crash?: Crash): Promise<{ id: Id; errands: readonly number[] }> {
    const id = newId()
    const errands: number[] = []
    for (const [at, step] of steps.entries()) {
      const here = crash?.step === at ? crash : undefined
      for (const body of await this.#commands(step, { name, record, id }))
        await this.#surely(here?.during === 'command' ? here.point : undefined, this.#request(body))
      if ((await this.#quiet(here?.during === 'timers' ? here.point : undefined)) > 0) errands.push(at)
    }
    return { id, errands }
  }

  /** Runs `work` until it has come to its end, through at most one crash at `point`. */
  async #surely(point: FaultPoint | undefined, work: () => Promise<unknown>): Promise<void> {
    faults.set((at) => {
      if (at !== point) return
      faults.set(undefined)
      this.crashes += 1
      throw new Crashed(`crash at ${point}`)
    })
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Crashed)) throw error
      const dead = this.tenon
      this.tenon = await newborn(this.#url, null)
      await dead.close()
      await work()
    } finally {
      faults.set(undefined)
    }
  }

  #request({ by, ...body }: Said): () => Promise<void> {
    const intention = { key: newId(), route: 'play', bodyHash: body.type }
    return async () => {
      const principal = by === undefined ? system : this.tenon.person(by)
      const done = await this.tenon.executor.execute({ command: newId(), principal, source: 'api', ...body }, intention)
      if (!done.ok) throw new Error(`${body.type} was refused: ${JSON.stringify(done.error)}`)
    }
  }

  async #commands(step: Step, { name, record, id }: Pick<Play, 'name' | 'record'> & { id: Id }): Promise<Said[]> {
    const place = { app: 'desk', form: 'case' } as const
    switch (step.do) {
      case 'start':
        return [{ type: 'record.create', ...place, id, values: { ...record, play: name } }]
      case 'set':
        return [{ type: 'record.update', ...place, id, values: step.values }]
      case 'press':
        return [{ type: 'record.action', ...place, id, action: step.button }]
      case 'message':
        return [{ type: 'message.receive', app: 'desk', name: step.name, key: id, message: newId() }]
      case 'signal':
        return [{ type: 'record.create', ...place, values: { play: `ring_${step.name}` } }]
      case 'answer': {
        const [task] = await this.#rows<{ id: Id; assignee: string | null }>(
          `SELECT tasks.id AS id, users.username AS assignee FROM tasks LEFT JOIN users ON users.id = tasks.assignee
           WHERE record = '${id}' AND node = '${step.node}' AND state = 'open' ORDER BY tasks.id LIMIT 1`,
        )
        if (!task) throw new Error(`${name}: there is no open task at ${step.node}`)
        const outcome = step.outcome === undefined ? {} : { outcome: step.outcome }
        return [{ type: 'task.complete', task: task.id, ...outcome, by: task.assignee ?? 'li' }]
      }
      case 'add': {
        const [open] = await this.#rows<{ id: Id }>(
          `SELECT id FROM instances WHERE record = '${id}' AND status = 'running' ORDER BY id LIMIT 1`,
        )
        return [{ type: 'flow.addItem', instance: open?.id ?? '', node: step.node, item: step.item }]
      }
      case 'timer': {
        const rows = await this.#rows<{ key: string; due_at: number; payload: string }>(
          `SELECT key, due_at, payload FROM timers JOIN instances ON key LIKE 'flow/' || id || '/${step.node}/%' WHERE record = '${id}'`,
        )
        return rows.map(({ key, due_at, payload }) => ({
          type: 'timer.fire',
          key,
          dueAt: Number(due_at),
          payload: JSON.parse(payload),
        }))
      }
    }
  }

  #rows<T>(query: string): Promise<readonly T[]> {
    return run<T>(this.tenon.store.read, query, [])
  }

  /** Lets everything happen that is due now, one after the other, and counts it. */
  async #quiet(point: FaultPoint | undefined): Promise<number> {
    let fired = 0
    for (;;) {
      const [timer] = await dueTimers(this.tenon.store.read, this.tenon.clock.now(), 1)
      if (!timer) return fired
      await this.#surely(fired === 0 ? point : undefined, async () => {
        const done = await this.tenon.run({ type: 'timer.fire', ...timer })
        // After the commit of a run that crashed, nothing is left to fire.
        if (!done.ok && done.error.code !== 'timer.notArmed') throw new Error(JSON.stringify(done.error))
      })
      fired += 1
    }
  }
}
