import { type Command, type CommandBody, type Directory, type Id, ok, type Principal } from '@tenon/engine'
import { principalOf } from '../../src/server/auth/identity.ts'
import { createTestClock, type TestClock } from '../../src/server/clock.ts'
import { publishApp } from '../../src/server/commands/app/publish.ts'
import { createExecutor, type Executor } from '../../src/server/commands/execute.ts'
import { type OpenOutbox, openOutbox } from '../../src/server/outbox/open.ts'
import type { AppFile } from '../../src/server/store/app-files.ts'
import { connect } from '../../src/server/store/connect.ts'
import { LiveMemory } from '../../src/server/store/live-memory.ts'
import { newId } from '../../src/server/store/new-id.ts'
import { bumpRevision } from '../../src/server/store/revisions.ts'
import type { Store } from '../../src/server/store/store.ts'

const file = (path: string, json: object): AppFile => ({ path, text: JSON.stringify(json) })

// biome-ignore lint/suspicious/noExplicitAny: tests change documents at will, wrong ones too
export type Documents = Record<string, any>

/** An app small enough to read: customers, and tickets with a flow of one step that has a limit. */
export const deskFiles = (change: (files: Documents) => void = () => {}): AppFile[] => {
  const files: Documents = {
    'app.json': {
      id: 'desk',
      kind: 'app',
      schemaVersion: 1,
      version: '1.0.0',
      label: '服务台',
      locales: ['zh-CN'],
      roles: [
        { id: 'agent', label: '客服' },
        { id: 'manager', label: '主管', can: ['design', 'manage'] },
      ],
      navigation: [],
    },
    'forms/customer.json': {
      id: 'customer',
      kind: 'form',
      schemaVersion: 1,
      label: '客户',
      title: { formula: 'name' },
      fields: [
        { id: 'name', type: 'text', label: '名称', required: true, unique: true },
        {
          id: 'level',
          type: 'select',
          label: '级别',
          options: [
            { id: 'vip', label: 'VIP' },
            { id: 'normal', label: '普通' },
          ],
        },
      ],
      access: [{ id: 'all', role: '*', can: ['read', 'create', 'update', 'delete'] }],
    },
    'forms/ticket.json': {
      id: 'ticket',
      kind: 'form',
      schemaVersion: 1,
      label: '工单',
      title: { formula: 'number + " " + subject' },
      fields: [
        { id: 'number', type: 'serial', label: '编号', pattern: 'TK{yyyy}{MM}-{0000}' },
        { id: 'subject', type: 'text', label: '主题', required: true },
        { id: 'customer', type: 'link', label: '客户', form: 'customer' },
        {
          id: 'priority',
          type: 'select',
          label: '优先级',
          options: [
            { id: 'urgent', label: '紧急' },
            { id: 'normal', label: '一般' },
          ],
          default: 'normal',
        },
        { id: 'cost', type: 'money', label: '费用' },
        { id: 'hours', type: 'number', label: '工时', scale: 1 },
        { id: 'due', type: 'dateTime', label: '期限' },
        {
          id: 'tags',
          type: 'multiSelect',
          label: '标签',
          options: [
            { id: 'a', label: '甲' },
            { id: 'b', label: '乙' },
          ],
        },
        { id: 'paid', type: 'boolean', label: '已付' },
        { id: 'double', type: 'formula', label: '双倍', formula: 'cost * 2', result: 'money' },
        { id: 'handler', type: 'user', label: '处理人' },
        { id: 'stage', type: 'stage', label: '阶段' },
      ],
      stages: [
        { id: 'new', label: '新建', category: 'new' },
        { id: 'open', label: '处理中', category: 'open' },
        { id: 'done', label: '完成', category: 'closed' },
      ],
      views: [{ id: 'all', type: 'table', label: '全部', columns: ['number', 'subject'], sort: ['-created_at'] }],
      access: [
        {
          id: 'agents',
          role: 'agent',
          can: ['read', 'create', 'update', 'comment'],
          fields: { cost: 'hidden', double: 'hidden' },
        },
        { id: 'managers', role: 'manager', can: ['read', 'create', 'update', 'delete', 'comment', 'import', 'export'] },
      ],
    },
    'flows/handling.json': {
      id: 'handling',
      kind: 'flow',
      schemaVersion: 1,
      form: 'ticket',
      label: '处理',
      start: [{ on: 'created', when: { fact: 'record', path: '$.subject', operator: 'startsWith', value: 'flow' } }],
      nodes: [
        { id: 'begin', type: 'startEvent' },
        {
          id: 'work',
          type: 'userTask',
          label: '处理',
          stage: 'open',
          assign: [{ role: 'agent' }],
          limit: { within: 'PT15M', ladder: [{ id: 'up', at: 1, escalateTo: [{ role: 'manager' }] }] },
          fields: { hours: 'edit' },
          outcomes: [
            { id: 'solved', label: '已解决' },
            { id: 'back', label: '退回' },
          ],
        },
        { id: 'end', type: 'endEvent', stage: 'done' },
      ],
      edges: [
        { id: 'e1', from: 'begin', to: 'work' },
        { id: 'e2', from: 'work', to: 'end' },
      ],
    },
  }
  change(files)
  return Object.entries(files).map(([path, json]) => file(path, json))
}

export type Newborn = {
  readonly url: string
  readonly store: Store
  readonly memory: LiveMemory
  readonly clock: TestClock
  readonly outbox: OpenOutbox
  readonly executor: Executor
  readonly directory: () => Directory
  person(username: string): Principal
  run(body: CommandBody, by?: string): ReturnType<Executor['execute']>
  close(): Promise<void>
}

export const system: Principal = { kind: 'system', reason: 'test' }

/** An installation with three people and, if asked, the desk app. */
export async function newborn(url: string, files: readonly AppFile[] | null = deskFiles()): Promise<Newborn> {
  const store = await connect(url)
  const clock = createTestClock()
  const memory = new LiveMemory(store)
  const outbox = await openOutbox(store, url, clock)
  const executor = createExecutor({ store, memory, clock, outbox })
  const { organisation } = await memory.fresh()
  if (organisation.everybody().length === 0) await people(store)
  await memory.fresh()
  const person = (username: string): Principal => {
    const found = memory.now.organisation.byUsername(username)
    const principal = found && principalOf(memory.now.organisation, found.id)
    if (!principal) throw new Error(`nobody is called ${username}`)
    return principal
  }
  const self: Newborn = {
    url,
    store,
    memory,
    clock,
    outbox,
    executor,
    person,
    directory: () => memory.now.organisation,
    run: (body, by) =>
      executor.execute({
        command: newId(),
        principal: by ? person(by) : system,
        source: by ? 'user' : 'system',
        ...body,
      } as Command),
    async close() {
      await outbox.close()
      await store.close()
    },
  }
  if (files) {
    const published = await publishApp({ store, memory, executor }, system, {
      app: 'desk',
      files,
      confirm: 'all',
      note: '',
    })
    if (!published.ok) throw new Error(`not published: ${JSON.stringify(published.error)}`)
    await memory.fresh()
  }
  return self
}

async function people(store: Store): Promise<void> {
  await store.transact(async (tx) => {
    const ids: Record<string, Id> = {}
    for (const [username, roles, superior] of [
      ['boss', ['manager'], null],
      ['li', ['agent'], 'boss'],
      ['wang', ['agent'], 'boss'],
      ['guest', [], null],
    ] as const) {
      const id = newId()
      ids[username] = id
      await tx
        .insertInto('users')
        .values({
          id,
          username,
          name: username,
          password_hash: null,
          email: `${username}@example.com`,
          phone: null,
          department_id: null,
          superior_id: superior ? (ids[superior] ?? null) : null,
          locale: 'zh-CN',
          zone: 'Asia/Shanghai',
          active: 1,
          away: 0,
          admin: username === 'boss' ? 1 : 0,
          skills: '[]',
          regions: '[]',
          capacity: 10,
          shift: null,
          created_at: 0,
          updated_at: 0,
          version: 1,
        })
        .execute()
      for (const role of roles) await tx.insertInto('role_grants').values({ user_id: id, app: 'desk', role }).execute()
    }
    await bumpRevision(tx, 'directory')
    return ok(undefined)
  })
}
