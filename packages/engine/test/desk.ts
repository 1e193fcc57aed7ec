import { buildApp } from '../src/definitions/build.ts'
import type { SourceFile } from '../src/definitions/kinds.ts'
import type { Id } from '../src/kernel/ids.ts'
import { parseInstant } from '../src/kernel/instant.ts'
import type { AppModel } from '../src/model.ts'
import type { CommandBody, Values } from '../src/pipeline/commands.ts'
import type { EventRow, RecordRow, TaskRow } from '../src/pipeline/rows.ts'
import type { Person } from '../src/pipeline/world.ts'
import { personId, StagePlay } from '../src/scenario/stage-play.ts'
import { validateFiles } from '../src/validate.ts'

const head = (kind: string, id: string) => ({ id, kind, schemaVersion: 1, label: id })
const is = (path: string, value: unknown) => ({ fact: 'record', path: `$.${path}`, operator: 'equal', value })
const option = (id: string) => ({ id, label: id })
const set = (values: object) => [{ id: 'set', type: 'set', values }]

/** A service desk that has one of everything the write path must get right, and no more. */
const files: { readonly [path: string]: object } = {
  'app.json': {
    ...head('app', 'desk'),
    version: '1.0.0',
    locales: ['zh-CN'],
    navigation: [],
    roles: [option('agent'), option('worker'), { ...option('manager'), can: ['manage'] }],
  },
  'forms/customer.json': {
    ...head('form', 'customer'),
    title: { formula: 'name' },
    fields: [
      { id: 'name', type: 'text', label: 'name', required: true, unique: true },
      { id: 'secret', type: 'boolean', label: 'secret' },
    ],
    access: [
      { id: 'open', role: '*', can: ['read', 'create', 'update'], rows: { not: is('secret', true) } },
      { id: 'all', role: 'manager', can: ['read', 'create', 'update', 'delete'] },
    ],
  },
  'forms/ticket.json': {
    ...head('form', 'ticket'),
    title: { formula: 'subject + (if breached then " !" else "")' },
    fields: [
      { id: 'subject', type: 'text', label: 'subject', required: true },
      { id: 'code', type: 'text', label: 'code', unique: true },
      { id: 'customer', type: 'link', label: 'customer', form: 'customer' },
      { id: 'priority', type: 'select', label: 'priority', options: [option('urgent'), option('normal')] },
      { id: 'cost', type: 'money', label: 'cost' },
      { id: 'solution', type: 'longText', label: 'solution' },
      { id: 'count', type: 'number', label: 'count' },
      { id: 'note', type: 'text', label: 'note' },
      { id: 'handler', type: 'user', label: 'handler' },
      { id: 'due', type: 'dateTime', label: 'due' },
      { id: 'met', type: 'boolean', label: 'met' },
      { id: 'breached', type: 'formula', label: 'breached', formula: 'met = false', result: 'boolean' },
      { id: 'stage', type: 'stage', label: 'stage' },
    ],
    stages: [
      { ...option('new'), category: 'new' },
      { ...option('working'), category: 'open' },
      { ...option('done'), category: 'closed' },
    ],
    actions: [
      { ...option('hurry'), visibleWhen: is('stage', 'working'), actions: set({ priority: 'urgent' }) },
      { ...option('reset'), roles: ['manager'], actions: set({ count: 0 }) },
    ],
    access: [
      {
        id: 'agents',
        role: 'agent',
        can: ['read', 'create', 'update', 'comment'],
        fields: { cost: 'hidden', priority: 'read' },
      },
      { id: 'workers', role: 'worker', can: ['read'] },
      {
        id: 'managers',
        role: 'manager',
        can: ['read', 'create', 'update', 'delete', 'comment', 'import'],
      },
    ],
  },
  'flows/handling.json': {
    ...head('flow', 'handling'),
    form: 'ticket',
    start: [{ on: 'created', when: { fact: 'record', path: '$.subject', operator: 'startsWith', value: 'flow' } }],
    nodes: [
      { id: 'begin', type: 'startEvent', stage: 'new' },
      {
        id: 'triage',
        type: 'userTask',
        label: 'triage',
        assign: [{ role: 'agent' }],
        assigneeField: 'handler',
        limit: { within: 'PT1H' },
        fields: { priority: 'required', solution: 'hidden' },
        outcomes: [option('accept'), { ...option('refuse'), requiresComment: true }],
      },
      {
        id: 'work',
        type: 'userTask',
        label: 'work',
        stage: 'working',
        assign: [{ strategy: 'fewest' }],
        assigneeField: 'handler',
        fields: { solution: 'required' },
      },
      { id: 'end', type: 'endEvent', stage: 'done' },
    ],
    edges: [
      { id: 'e1', from: 'begin', to: 'triage' },
      { id: 'e2', from: 'triage', to: 'work' },
      { id: 'e3', from: 'work', to: 'end' },
    ],
  },
  'flows/pair.json': {
    ...head('flow', 'pair'),
    form: 'ticket',
    start: [{ on: 'created', when: { fact: 'record', path: '$.subject', operator: 'startsWith', value: 'pair' } }],
    nodes: [
      { id: 'begin', type: 'startEvent' },
      { id: 'split', type: 'parallelGateway' },
      { id: 'left', type: 'userTask', label: 'left', assign: [{ strategy: 'fewest' }] },
      { id: 'right', type: 'userTask', label: 'right', assign: [{ strategy: 'fewest' }] },
      { id: 'join', type: 'parallelGateway' },
      { id: 'end', type: 'endEvent' },
    ],
    edges: [
      { id: 'e1', from: 'begin', to: 'split' },
      { id: 'e2', from: 'split', to: 'left' },
      { id: 'e3', from: 'split', to: 'right' },
      { id: 'e4', from: 'left', to: 'join' },
      { id: 'e5', from: 'right', to: 'join' },
      { id: 'e6', from: 'join', to: 'end' },
    ],
  },
  'assignments/fewest.json': {
    ...head('assignment', 'fewest'),
    pool: [{ role: 'worker' }],
    filter: [],
    score: [{ ...option('idle'), weight: 1, measure: 'idle' }],
    fallback: [{ role: 'manager' }],
    acceptWithin: 'PT10M',
  },
  'policies/promise.json': {
    ...head('policy', 'promise'),
    form: 'ticket',
    when: is('code', 'sla'),
    clocks: [
      {
        ...option('solve'),
        stopWhen: { fact: 'record', path: '$.note', operator: 'isNotEmpty' },
        targets: [{ id: 'all', within: 'PT2H' }],
        writes: { due: 'due', met: 'met' },
      },
    ],
  },
  'rules/breach.json': {
    ...head('rule', 'breach'),
    form: 'ticket',
    on: { events: ['clockBreached'] },
    then: set({ solution: 'late' }),
  },
  'rules/count_up.json': {
    ...head('rule', 'count_up'),
    form: 'ticket',
    on: { events: ['changed'], fields: ['count'] },
    if: { fact: 'record', path: '$.count', operator: 'greaterThan', value: 0 },
    then: set({ count: { formula: 'count + 1' } }),
  },
}

/** The desk as a model; `change` may alter the parsed files first. */
export function deskApp(change: (files: Record<string, object>) => void = () => {}, version = 1): AppModel {
  const copy = structuredClone(files) as Record<string, object>
  change(copy)
  const sources = Object.entries(copy).map(([path, json]): SourceFile => ({ path, json }))
  const problems = validateFiles(sources)
  const app = buildApp(sources, { version })
  if (problems.length > 0 || !app.ok) throw new Error(JSON.stringify(app.ok ? problems : app.error))
  return app.value
}

const person = (username: string, role: string, more: Partial<Person> = {}): Person => ({
  id: personId(username),
  username,
  name: username,
  department: null,
  superior: personId('boss'),
  departments: [],
  roles: [role],
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  email: null,
  phone: null,
  active: true,
  away: false,
  skills: [],
  skillLevels: {},
  certifications: [],
  languages: [],
  regions: [],
  capacity: 10,
  grants: [{ app: 'desk', role }],
  admin: false,
  shift: null,
  ...more,
})

export const deskPeople: readonly Person[] = [
  person('ann', 'agent'),
  person('ben', 'agent'),
  person('wei', 'worker'),
  person('xia', 'worker'),
  person('boss', 'manager', { superior: null }),
  person('chief', 'manager', { superior: null }),
  person('guest', 'nobody', { superior: null }),
]

const system = { kind: 'system', reason: 'test' } as const

/** The desk with its people, a clock that stands still, and commands in few words. */
export class Desk {
  readonly play: StagePlay

  constructor(app: AppModel = deskApp(), now = '2026-03-02T01:00:00Z') {
    this.play = new StagePlay(app, new Map([[app.id, app]]), deskPeople, [], parseInstant(now) ?? 0)
  }

  do(by: string | null, body: CommandBody) {
    return this.play.act(by === null ? system : (this.play.principal(by) ?? { kind: 'anonymous' }), body)
  }

  /** Creates a record, by the system unless said otherwise. */
  async make(form: string, values: Values, by: string | null = null): Promise<RecordRow> {
    const made = await this.do(by, { type: 'record.create', app: 'desk', form, values })
    if (!made.ok || !made.value.record) throw new Error(JSON.stringify(made))
    return made.value.record
  }

  update(by: string | null, { form, id }: RecordRow, values: Values, version?: number) {
    const more = version === undefined ? {} : { version }
    return this.do(by, { type: 'record.update', app: 'desk', form, id, values, ...more })
  }

  row({ id }: { readonly id: Id }): RecordRow | undefined {
    return [...this.play.world.state.records.values()].find((row) => row.id === id)
  }

  trail({ id }: { readonly id: Id }): readonly EventRow[] {
    return this.play.world.state.events.filter((event) => event.id === id)
  }

  /** The open task of a record at a node. */
  task({ id }: { readonly id: Id }, node: string): TaskRow {
    const open = [...this.play.world.state.tasks.values()]
    const found = open.find((task) => task.id === id && task.node === node && task.state === 'open')
    if (!found) throw new Error(`no open task ${node}`)
    return found
  }
}
