import type { ScenarioDefinition } from '../definitions/scenario.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Rejection } from '../kernel/problem.ts'
import type { Result } from '../kernel/result.ts'
import type { AppModel } from '../model.ts'
import { appFacts } from '../pipeline/app-facts.ts'
import type { Answer, CommandBody, Principal } from '../pipeline/commands.ts'
import { decide } from '../pipeline/decide.ts'
import { type Department, directoryOf } from '../pipeline/memory-directory.ts'
import { type MemoryMetrics, type MemoryWorld, memoryWorld } from '../pipeline/memory-world.ts'
import type { TimerRow } from '../pipeline/rows.ts'
import { scheduleTimer } from '../pipeline/rule-upkeep.ts'
import type { Person } from '../pipeline/world.ts'
import { scheduledRules } from '../rules/rules-for.ts'

/** How many timers one `advance` may fire: a scenario that loops ends with a message instead of never. */
const mostTimers = 10_000

/**
 * A world in memory with a clock that only moves when told: commands go through the real pipeline, timers fire in
 * order of their moments. Scenarios and the designer's try-out play on it.
 */
export class StagePlay {
  readonly app: AppModel
  readonly world: MemoryWorld
  now: Instant
  #ids = 0

  constructor(
    app: AppModel,
    apps: ReadonlyMap<string, AppModel>,
    people: readonly Person[],
    departments: readonly Department[],
    now: Instant,
    metrics?: MemoryMetrics,
  ) {
    this.app = app
    this.world = memoryWorld(apps, directoryOf(people, departments), metrics)
    this.now = now
    for (const rule of scheduledRules(app)) {
      const timer = scheduleTimer(app, rule, now)
      if (timer) this.world.state.timers.set(timer.key, timer)
    }
  }

  readonly newId = (): Id => {
    this.#ids += 1
    return `00000000-0000-7000-8000-${String(this.#ids).padStart(12, '0')}`
  }

  /** One command, decided and stored. */
  async act(principal: Principal, body: CommandBody): Promise<Result<Answer, Rejection>> {
    const source = principal.kind === 'user' ? 'user' : body.type === 'timer.fire' ? 'timer' : 'system'
    const decided = await decide({ command: this.newId(), principal, source, ...body }, this.world, {
      now: this.now,
      newId: this.newId,
    })
    if (!decided.ok) return decided
    this.world.apply(decided.value.changes)
    if (body.type !== 'timer.fire') await this.#fireUntil(this.now, isErrand)
    return { ok: true, value: decided.value.answer }
  }

  /** Moves the clock on, firing what becomes due at its own moment. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms
    await this.#fireUntil(end)
    this.now = end
  }

  async #fireUntil(end: Instant, which: (timer: TimerRow) => boolean = () => true): Promise<void> {
    for (let fired = 0; fired < mostTimers; fired += 1) {
      const timer = this.#nextTimer(end, which)
      if (!timer) break
      this.now = Math.max(this.now, timer.dueAt)
      await this.#fire(timer)
    }
  }

  principal(username: string): Principal | undefined {
    const person = this.world.directory.byUsername(username)
    if (!person) return undefined
    return { kind: 'user', user: person, admin: person.admin, grants: person.grants }
  }

  facts(): Pick<Facts, 'now' | 'zone' | 'calendars' | 'env'> {
    return { now: this.now, ...appFacts(this.app) }
  }

  #nextTimer(end: Instant, which: (timer: TimerRow) => boolean): TimerRow | undefined {
    const due = [...this.world.state.timers.values()].filter((timer) => timer.dueAt <= end && which(timer))
    return due.toSorted((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1))[0]
  }

  async #fire(timer: TimerRow): Promise<void> {
    const result = await this.act(
      { kind: 'system', reason: 'timer' },
      { type: 'timer.fire', key: timer.key, payload: timer.payload, dueAt: timer.dueAt },
    )
    if (!result.ok) this.world.state.timers.delete(timer.key)
  }
}

/** What follows a command at once, in a transaction of its own. */
const isErrand = ({ payload }: TimerRow): boolean =>
  payload.kind === 'errand' || payload.kind === 'message' || payload.kind === 'call'

/** The people a scenario names, with ids made from their user names. */
export function peopleOf(app: AppModel, scenario: ScenarioDefinition): readonly Person[] {
  return (scenario.given.people ?? []).map((given) => ({
    id: personId(given.username),
    username: given.username,
    name: given.username,
    department: given.department ?? null,
    superior: given.superior === undefined ? null : personId(given.superior),
    departments: given.department === undefined ? [] : [given.department],
    roles: given.roles,
    locale: 'zh-CN',
    zone: app.definition.zone ?? 'Asia/Shanghai',
    email: `${given.username}@example.invalid`,
    phone: '+8613000000000',
    active: true,
    away: given.away ?? false,
    deputy: given.deputy === undefined ? null : personId(given.deputy),
    skills: given.skills ?? [],
    skillLevels: given.levels ?? {},
    certifications: (given.certifications ?? []).map(({ name, until = null }) => ({ name, until })),
    languages: given.languages ?? [],
    regions: given.regions ?? [],
    capacity: given.capacity ?? 10,
    grants: given.roles.map((role) => ({ app: app.id, role })),
    admin: false,
    shift: null,
  }))
}

/** The departments those people are in: their codes are all a scenario says of them. */
export const departmentsOf = (people: readonly Person[]): readonly Department[] =>
  [...new Set(people.flatMap(({ department }) => department ?? []))].map((code) => ({
    id: code,
    code,
    name: code,
    manager: null,
    parent: null,
  }))

export const personId = (username: string): Id => `user:${username}`
