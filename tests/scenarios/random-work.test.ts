import {
  type AppModel,
  type CommandBody,
  type FieldModel,
  type FormModel,
  fieldOptions,
  type Json,
  type Principal,
  peopleOf,
  type RecordRow,
  StagePlay,
  type TaskRow,
} from '@tenon/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { broken } from './invariants.ts'
import { templateApp } from './template-app.ts'

/** Whatever people do with the template, in whatever order, the world adds up afterwards. */

const found = templateApp('after-sales')
if (!found.ok) throw new Error(JSON.stringify(found.error))
const app: AppModel = found.value

type Step = { readonly deed: string; readonly who: number; readonly which: number; readonly dice: readonly number[] }
const deeds = [
  'create',
  'claim',
  'complete',
  'complete',
  'complete',
  'transfer',
  'update',
  'comment',
  'press',
  'delete',
  'wait',
  'wait',
]
const step: fc.Arbitrary<Step> = fc.record({
  deed: fc.constantFrom(...deeds),
  who: fc.nat(1000),
  which: fc.nat(1000),
  dice: fc.array(fc.nat(1000), { minLength: 24, maxLength: 24 }),
})

/** Two people for every role, under one head. */
const people = peopleOf(app, {
  id: 'random',
  kind: 'scenario',
  schemaVersion: 1,
  label: 'random',
  given: {
    now: '2026-03-02T09:00:00+08:00',
    people: app.definition.roles.flatMap(({ id }) =>
      [1, 2].map((number) => ({
        username: `${id}${number}`,
        roles: [id],
        superior: 'manager1',
        skills: ['print', 'order'],
        regions: ['east'],
      })),
    ),
  },
  steps: [],
})

const system: Principal = { kind: 'system', reason: 'test' }

class Chaos {
  readonly play = new StagePlay(app, new Map([[app.id, app]]), people, [], Date.parse('2026-03-02T01:00:00Z'))
  readonly told: { readonly deed: string; readonly code: string }[] = []
  /** People who have a task, or are offered one, of a record they may not see. */
  readonly blind: string[] = []
  #dice: readonly number[] = []
  #at = 0

  async take({ deed, who, which, dice }: Step): Promise<void> {
    this.#dice = dice
    this.#at = 0
    if (deed === 'wait') return this.play.advance((which % 40) * 15 * 60_000)
    const task = pick(this.#open(), which)
    const body = deed === 'create' ? this.#create() : this.#body(deed, which, task)
    if (!body) return
    const person = this.#actor(body, task, who)
    const principal = this.play.principal(person)
    if (!principal) throw new Error(`nobody is called ${person}`)
    const isTheirs = task !== undefined && this.#ableTo(task).includes(person)
    const code = await this.#act(principal, body, 3)
    this.told.push({ deed, code })
    if (isTheirs && code === 'task.notFound') this.blind.push(`${person} ${task.node}`)
  }

  /** Something there to link to: one record of every form but tickets, which people open themselves. */
  async open(): Promise<void> {
    this.#dice = [3, 1, 4, 1, 5, 9, 2, 6]
    for (const form of ['product', 'customer', 'contact', 'asset']) {
      const values = this.#values(formOf(form), 0)
      await this.#act(system, { type: 'record.create', app: app.id, form, values }, 3)
    }
  }

  /** As people do: what is refused for its values is mended where the problems point, and sent again. */
  async #act(by: Principal, body: CommandBody, tries: number): Promise<string> {
    const done = await this.play.act(by, body)
    if (done.ok) return 'ok'
    const problems = done.error.problems ?? []
    if (!('values' in body) || problems.length === 0 || tries === 0) return done.error.code
    const values = Object.entries(body.values ?? {}).filter(([id]) => !problems.some(({ path }) => path === `/${id}`))
    const formId = 'form' in body ? body.form : 'ticket'
    const missing = problems.flatMap(({ code, path }) => {
      const field = code === 'field.required' ? formOf(formId).fields.get(path.slice(1)) : undefined
      return field ? [[field.id, this.#value(formOf(formId), field)] as const] : []
    })
    return this.#act(by, { ...body, values: Object.fromEntries([...values, ...missing]) }, tries - 1)
  }

  /** Mostly those who may, so that something happens. */
  #actor(body: CommandBody, task: TaskRow | undefined, who: number): string {
    if (this.#roll(10) === 0) return pick(people, who)?.username ?? ''
    if (!body.type.startsWith('task.') || !task) return pick(['agent1', 'supervisor1', 'manager1'], who) ?? ''
    return pick(this.#ableTo(task), who) ?? ''
  }

  /** User names of those whose task it is, or may become. */
  #ableTo({ assignee, candidates }: TaskRow): readonly string[] {
    const { directory } = this.play.world
    const offered = candidates.flatMap(({ kind, ref }) => (kind === 'role' ? directory.withRole(app.id, ref) : [ref]))
    return (assignee === null ? offered : [assignee]).flatMap((id) => directory.person(id)?.username ?? [])
  }

  #create(): CommandBody {
    const form = this.#roll(4) === 0 ? pick([...app.forms.keys()], this.#roll(1000)) : 'ticket'
    return { type: 'record.create', app: app.id, form: form ?? '', values: this.#values(formOf(form ?? ''), 0.8) }
  }

  #body(deed: string, which: number, task: TaskRow | undefined): CommandBody | undefined {
    const row = pick([...this.play.world.state.records.values()], which)
    if (deed === 'claim') return task && { type: 'task.claim', task: task.task }
    if (deed === 'transfer')
      return task && { type: 'task.transfer', task: task.task, to: pick(people, this.#roll(1000))?.id ?? '' }
    if (deed === 'complete') return task && this.#completion(task)
    return row && this.#deedOn(deed, row)
  }

  #deedOn(deed: string, { form, id }: RecordRow): CommandBody {
    const ref = { app: app.id, form, id }
    const actions = formOf(form).definition.actions ?? []
    if (deed === 'update') return { type: 'record.update', ...ref, values: this.#values(formOf(form), 0.15) }
    if (deed === 'press')
      return { type: 'record.action', ...ref, action: pick(actions, this.#roll(1000))?.id ?? 'none' }
    if (deed === 'delete' && this.#roll(4) === 0) return { type: 'record.delete', ...ref }
    return { type: 'record.comment', ...ref, body: '好的', visibility: this.#roll(2) === 0 ? 'public' : 'internal' }
  }

  #completion(task: TaskRow): CommandBody {
    const node = app.flows.get(task.flow)?.nodes.find(({ id }) => id === task.node)
    const outcomes = node && 'outcomes' in node ? (node.outcomes ?? []) : []
    const outcome = pick(outcomes, this.#roll(1000))
    const mask = node && 'fields' in node ? (node.fields ?? {}) : {}
    const row = this.play.world.state.records.get(`${task.app}/${task.form}/${task.id}`)
    const asked = Object.keys(mask).filter((id) => mask[id] === 'required' || this.#roll(6) === 0)
    const values = asked.flatMap((id) => {
      const field = formOf(task.form).fields.get(id)
      return field && (row?.data[id] ?? null) === null ? [[id, this.#value(formOf(task.form), field)]] : []
    })
    return {
      type: 'task.complete',
      task: task.task,
      ...(outcome ? { outcome: outcome.id } : {}),
      values: Object.fromEntries(values),
      comment: '同意',
    }
  }

  #values(form: FormModel, share: number): { readonly [field: string]: Json } {
    const wanted = [...form.fields.values()].filter(({ definition, id }) => {
      if (!definition || 'formula' in definition || id === form.stageField || definition.visibleWhen) return false
      return ('required' in definition && definition.required === true) || this.#roll(100) < share * 60
    })
    return Object.fromEntries(wanted.map((field) => [field.id, this.#value(form, field)]))
  }

  #value(form: FormModel, field: FieldModel): Json {
    const options = fieldOptions(field, form).filter(({ retired }) => !retired)
    const option = pick(options, this.#roll(1000))?.id
    const target = field.target
    const there = [...this.play.world.state.records.values()]
    const linked = target?.kind === 'record' ? there.filter((row) => row.form === target.form) : []
    const reference = target?.kind === 'user' ? people[0]?.id : pick(linked, this.#roll(1000))?.id
    const samples: { readonly [kind: string]: Json } = {
      text: option ?? (field.definition && 'pattern' in field.definition ? null : `v${this.#roll(50)}`),
      boolean: this.#roll(2) === 0,
      integer: 1 + this.#roll(5),
      decimal: String(1 + this.#roll(5)),
      money: String(this.#roll(500)),
      date: '2026-03-05',
      time: '09:30:00',
      instant: '2026-03-05T01:00:00Z',
      duration: 'PT1H',
      reference: reference ?? null,
      list: option === undefined ? [] : [option],
    }
    return samples[field.value.kind] ?? null
  }

  #open(): readonly TaskRow[] {
    return [...this.play.world.state.tasks.values()].filter(({ state }) => state === 'open')
  }

  #roll(sides: number): number {
    const value = this.#dice[this.#at % this.#dice.length] ?? 0
    this.#at += 1
    return (value + this.#at * 7) % sides
  }
}

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(list.length, 1)]

function formOf(id: string): FormModel {
  const form = app.forms.get(id)
  if (!form) throw new Error(`there is no form ${id}`)
  return form
}

test('after any sequence of commands and waiting', async () => {
  const codes = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
      const chaos = new Chaos()
      await chaos.open()
      for (const one of steps) {
        await chaos.take(one)
        expect(broken(chaos.play)).toEqual({})
      }
      expect(chaos.blind).toEqual([])
      for (const { deed, code } of chaos.told) codes.set(`${deed} ${code}`, (codes.get(`${deed} ${code}`) ?? 0) + 1)
    }),
    { seed: 20260302, numRuns: 40, endOnFailure: true },
  )
  for (const deed of ['create', 'claim', 'complete', 'transfer', 'update', 'comment', 'press', 'delete'])
    expect(codes.get(`${deed} ok`) ?? 0, `${deed} never succeeds`).toBeGreaterThan(0)
})
