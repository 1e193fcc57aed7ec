import type { Fresh } from './contract.ts'

/** What every new definition begins with. */
const head = (kind: string, { id, label }: Fresh) => ({ id, kind, schemaVersion: 1, label })

export const form = (given: Fresh): object => ({
  ...head('form', given),
  title: { formula: 'name' },
  fields: [{ id: 'name', type: 'text', label: { 'zh-CN': '名称', en: 'Name' }, required: true, maxLength: 120 }],
  layout: [{ section: 'basics', label: { 'zh-CN': '基本信息', en: 'Basics' }, columns: 2, items: ['name'] }],
  views: [{ id: 'all', type: 'table', label: { 'zh-CN': '全部', en: 'All' }, columns: ['name'] }],
  access: rolesOf(given.documents).map((role) => ({
    id: `${role}_all`,
    role,
    can: ['read', 'create', 'update', 'comment'],
  })),
})

export const flow = (given: Fresh): object => ({
  ...head('flow', given),
  form: given.form,
  start: [{ on: 'created' }],
  nodes: [
    { id: 'start', type: 'startEvent', label: { 'zh-CN': '开始', en: 'Start' } },
    { id: 'end', type: 'endEvent', label: { 'zh-CN': '结束', en: 'End' } },
  ],
  edges: [{ id: 'start_to_end', from: 'start', to: 'end' }],
})

export const rule = (given: Fresh): object => ({
  ...head('rule', given),
  form: given.form,
  enabled: false,
  on: { events: ['created'] },
  then: [],
})

export const decision = (given: Fresh): object => ({
  ...head('decision', given),
  form: given.form,
  hitPolicy: 'first',
  inputs: [],
  outputs: [{ id: 'result', label: { 'zh-CN': '结果', en: 'Result' }, type: 'text' }],
  rows: [],
})

export const board = (given: Fresh): object => ({ ...head('board', given), widgets: [] })

export const metric = (given: Fresh): object => ({
  ...head('metric', given),
  form: given.form,
  measure: { count: true },
  unit: 'count',
  doc: given.label,
})

export const policy = (given: Fresh): object => ({
  ...head('policy', given),
  form: given.form,
  clocks: [],
})

export const calendar = (given: Fresh): object => ({
  ...head('calendar', given),
  zone: 'Asia/Shanghai',
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['09:00', '12:00'],
        ['13:30', '18:00'],
      ],
    ]),
  ),
})

export const assignment = (given: Fresh): object => ({
  ...head('assignment', given),
  pool: rolesOf(given.documents)
    .slice(0, 1)
    .map((role) => ({ role })),
  filter: [],
  score: [],
  fallback: rolesOf(given.documents)
    .slice(0, 1)
    .map((role) => ({ role })),
})

export const message = (given: Fresh): object => ({
  ...head('message', given),
  form: given.form,
  inbox: { title: given.label, body: given.label },
})

export const scenario = (given: Fresh): object => ({
  ...head('scenario', given),
  // A Monday morning: the first of any working week.
  given: {
    now: '2026-03-02T09:00:00+08:00',
    people: rolesOf(given.documents).map((role) => ({ username: role, roles: [role] })),
  },
  steps: [],
})

function rolesOf(documents: Fresh['documents']): readonly string[] {
  const app = documents['app.json'] as { readonly roles?: readonly { readonly id: string }[] } | undefined
  return (app?.roles ?? []).map(({ id }) => id)
}
