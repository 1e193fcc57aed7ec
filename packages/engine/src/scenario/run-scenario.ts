import type { ScenarioDefinition, ScenarioStep } from '../definitions/scenario.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import { parseInstant } from '../kernel/instant.ts'
import { isObject, type Json } from '../kernel/json.ts'
import type { Locale } from '../kernel/locale.ts'
import type { Rejection } from '../kernel/problem.ts'
import type { Result } from '../kernel/result.ts'
import type { AppModel } from '../model.ts'
import type { CommandBody, Values } from '../pipeline/commands.ts'
import type { MemoryMetrics } from '../pipeline/memory-world.ts'
import type { RecordRow, TaskRow } from '../pipeline/rows.ts'
import { keyOf } from '../pipeline/work.ts'
import { renderProblem } from '../render-problem.ts'
import { unmet } from './expectations.ts'
import { departmentsOf, peopleOf, personId, StagePlay } from './stage-play.ts'
import { type Told, told } from './told.ts'

/** What did not hold at a step (from 0; −1: the beginning), in words. */
type ScenarioFailure = { readonly step: number; readonly message: Told }
export type ScenarioReport = {
  readonly id: string
  readonly passed: boolean
  readonly future: boolean
  readonly failures: readonly ScenarioFailure[]
}

type DoStep = Extract<ScenarioStep, { do: string }>

/**
 * Plays a scenario on the bare engine with a virtual clock; milliseconds, no database. `metrics` answers the figures that
 * rules ask for (`memoryMetrics` of the reports package); absent: every figure is blank.
 */
export async function runScenario(
  app: AppModel,
  scenario: ScenarioDefinition,
  apps: ReadonlyMap<string, AppModel> = new Map([[app.id, app]]),
  metrics?: MemoryMetrics,
): Promise<ScenarioReport> {
  return (await playScenario(app, scenario, apps, metrics)).report
}

/** The same, with the stage as the scenario leaves it: for showing it, and for auditing what must always hold. */
export async function playScenario(
  app: AppModel,
  scenario: ScenarioDefinition,
  apps: ReadonlyMap<string, AppModel> = new Map([[app.id, app]]),
  metrics?: MemoryMetrics,
): Promise<{
  readonly report: ScenarioReport
  readonly play: StagePlay
  /** A record by the name the scenario gives it. */
  readonly recordOf: (alias: string) => RecordRow | undefined
}> {
  const player = new Player(app, apps, scenario, metrics)
  await player.run()
  const { failures, play } = player
  return {
    report: { id: scenario.id, passed: failures.length === 0, future: scenario.future === true, failures },
    play,
    recordOf: (alias) => player.record(alias),
  }
}

class Player {
  readonly failures: ScenarioFailure[] = []
  readonly play: StagePlay
  readonly #scenario: ScenarioDefinition
  readonly #aliases = new Map<string, string>()
  #last: string | undefined
  #rejection: Rejection | undefined
  #rejectionStep = -1

  constructor(
    app: AppModel,
    apps: ReadonlyMap<string, AppModel>,
    scenario: ScenarioDefinition,
    metrics: MemoryMetrics | undefined,
  ) {
    this.#scenario = scenario
    const people = peopleOf(app, scenario)
    this.play = new StagePlay(app, apps, people, departmentsOf(people), parseInstant(scenario.given.now) ?? 0, metrics)
  }

  async run(): Promise<void> {
    for (const [alias, given] of Object.entries(this.#scenario.given.records ?? {})) {
      const body: CommandBody = {
        type: 'record.create',
        app: this.play.app.id,
        form: given.form,
        values: this.#values(given.values),
      }
      this.#note(-1, alias, await this.play.act({ kind: 'system', reason: 'scenario' }, body))
      if (this.#rejection) this.#fail(-1, describe(this.#rejection))
    }
    for (const [index, step] of this.#scenario.steps.entries()) await this.#step(index, step)
    if (this.#rejection) this.#fail(this.#rejectionStep, describe(this.#rejection))
  }

  async #step(index: number, step: ScenarioStep): Promise<void> {
    if ('expect' in step) {
      for (const message of unmet(step.expect, {
        play: this.play,
        recordOf: (alias) => this.record(alias),
        rejection: this.#rejection,
      }))
        this.#fail(index, message)
      if (step.expect.rejected !== undefined) this.#rejection = undefined
      return
    }
    if (this.#rejection) this.#fail(this.#rejectionStep, describe(this.#rejection))
    this.#rejection = undefined
    if ('advance' in step) return this.play.advance(parseDurationMs(step.advance) ?? 0)
    const principal = this.play.principal(step.by)
    const body = this.#body(step)
    if (!principal) return this.#fail(index, told(unknownPerson, { by: step.by }))
    if (!body) return this.#fail(index, told(nothingThere, { do: step.do }))
    this.#note(index, step.as, await this.play.act(principal, body))
  }

  #body(step: DoStep): CommandBody | undefined {
    const app = this.play.app.id
    const values = this.#values(step.values ?? {})
    if (step.do === 'record.create') return { type: step.do, app, form: step.form ?? '', values }
    if (step.do === 'alert.acknowledge' || step.do === 'alert.close') return this.#alertBody(step.do, step)
    const record = this.record(step.of)
    if (!record) return undefined
    if (step.do.startsWith('task.')) return this.#taskBody(step, record, values)
    const ref = { app, form: record.form, id: record.id }
    if (step.do === 'record.update') return { type: step.do, ...ref, values }
    if (step.do === 'record.action') return { type: step.do, ...ref, action: step.action ?? '' }
    return {
      type: 'record.comment',
      ...ref,
      body: step.comment ?? '',
      visibility: step.visibility === 'public' ? 'public' : 'internal',
    }
  }

  #taskBody(step: DoStep, record: RecordRow, values: Values): CommandBody | undefined {
    const task = this.#task(step, record)
    if (!task) return undefined
    const comment = step.comment === undefined ? {} : { comment: step.comment }
    const about = { task: task.task, ...comment }
    const to = personId(step.to ?? '')
    switch (step.do) {
      case 'task.claim':
        return { type: step.do, task: task.task }
      case 'task.transfer':
      case 'task.delegate':
        return { type: step.do, ...about, to }
      case 'task.addAssignee':
        return { type: step.do, ...about, to, position: step.position ?? 'after' }
      case 'task.removeAssignee':
        return { type: step.do, ...about, person: to }
      case 'task.return':
        return { type: step.do, ...about, to: step.to ?? '', mode: step.mode ?? 'again' }
      case 'task.withdraw':
        return { type: step.do, ...about, task: (this.#done(step, record) ?? task).task }
      case 'task.saveDraft':
        return { type: step.do, ...about, values }
    }
    return {
      type: 'task.complete',
      task: task.task,
      values,
      ...comment,
      ...(step.outcome === undefined ? {} : { outcome: step.outcome }),
    }
  }

  #alertBody(type: 'alert.acknowledge' | 'alert.close', step: DoStep): CommandBody | undefined {
    const found = [...this.play.world.state.alerts.values()].findLast(({ kind }) => kind === step.alert)
    return found && { type, alert: found.alert, ...(step.comment === undefined ? {} : { comment: step.comment }) }
  }

  /** The open task meant: of the node named, and rather one that is with the person who acts. */
  #task(step: DoStep, record: RecordRow): TaskRow | undefined {
    const open = [...this.play.world.state.tasks.values()].filter(
      (task) =>
        keyOf(task) === keyOf(record) && task.state === 'open' && (step.node === undefined || task.node === step.node),
    )
    return open.find((task) => task.assignee === personId(step.by)) ?? open[0] ?? this.#done(step, record)
  }

  /** A task that is done already: so that scenarios can show the refusal of a second answer. */
  #done(step: DoStep, record: RecordRow): TaskRow | undefined {
    if (step.node === undefined) return undefined
    const there = [...this.play.world.state.tasks.values()].filter(
      (task) => keyOf(task) === keyOf(record) && task.node === step.node,
    )
    return there.findLast((task) => task.completedBy === personId(step.by)) ?? there.at(-1)
  }

  record(alias: string | undefined): RecordRow | undefined {
    const key = alias === undefined ? this.#last : this.#aliases.get(alias)
    return key === undefined ? undefined : this.play.world.state.records.get(key)
  }

  #note(index: number, alias: string | undefined, result: Result<{ record?: RecordRow }, Rejection>): void {
    this.#rejection = result.ok ? undefined : result.error
    this.#rejectionStep = index
    if (!result.ok || !result.value.record) return
    this.#last = keyOf(result.value.record)
    if (alias !== undefined) this.#aliases.set(alias, this.#last)
  }

  #values(values: { readonly [field: string]: unknown }): Values {
    return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, this.#value(value)]))
  }

  #value(value: unknown): Json {
    // A sub-table is a list of rows, whose cells are values like any other.
    if (Array.isArray(value))
      return value.map((one) => (isObject(one) ? (personIn(one) ?? this.#row(one)) : (one as Json)))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const person = personIn(value)
      if (person !== undefined) return person
      if ('record' in value && typeof value.record === 'string') return this.record(value.record)?.id ?? null
    }
    return value as Json
  }

  #row(row: { readonly [column: string]: unknown }): Json {
    return Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, this.#value(cell)]))
  }

  #fail(step: number, message: Told): void {
    this.failures.push({ step, message })
  }
}

/** `{"user": "li"}` and nothing else. */
const personIn = (value: object): string | undefined =>
  'user' in value && typeof value.user === 'string' && Object.keys(value).length === 1
    ? personId(value.user)
    : undefined

const unknownPerson: Told = { 'zh-CN': '没有 {by} 这个人', en: 'there is no person {by}' }
const nothingThere: Told = {
  'zh-CN': '{do}：没有这条记录或待办任务',
  en: '{do}: there is no such record or open task',
}

/** A refusal in words, with each problem at its place. */
function describe(rejection: Rejection): Told {
  const words = (locale: Locale) =>
    [
      `${renderProblem(rejection, locale)} [${rejection.code}]`,
      ...(rejection.problems ?? []).map((one) => `${one.path} ${renderProblem(one, locale)} [${one.code}]`),
    ].join('; ')
  return told({ 'zh-CN': '被拒绝：{why}', en: 'refused: {why}' }, { why: { 'zh-CN': words('zh-CN'), en: words('en') } })
}
