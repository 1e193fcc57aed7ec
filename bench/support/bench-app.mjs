/** A small app whose forms each show one thing: a plain form, one with a rule, one with a flow, one that waits. */
import { send } from './load.mjs'

const form = (id, more = {}) => ({
  id,
  kind: 'form',
  schemaVersion: 1,
  label: id,
  title: { formula: 'subject' },
  fields: [
    { id: 'subject', type: 'text', label: 'subject', required: true },
    { id: 'request_type', type: 'text', label: 'type' },
    { id: 'quantity', type: 'number', label: 'quantity', scale: 2 },
    { id: 'price', type: 'money', label: 'price' },
    { id: 'severe', type: 'boolean', label: 'severe' },
    { id: 'score', type: 'number', label: 'score' },
  ],
  access: [{ id: 'all', role: '*', can: ['read', 'create', 'update'] }],
  ...more,
})
const isSevere = { fact: 'record', path: '$.severe', operator: 'equal', value: true }

export const lineFlow = {
  kind: 'flow',
  schemaVersion: 1,
  id: 'line',
  label: 'line',
  form: 'line',
  start: [{ on: 'created' }],
  nodes: [
    { id: 'start', type: 'startEvent', label: 'start' },
    {
      id: 'task',
      type: 'userTask',
      label: 'task',
      assign: [{ role: 'clerk' }],
      outcomes: [{ id: 'done', label: 'done' }],
    },
    { id: 'gate', type: 'exclusiveGateway', label: 'gate' },
    { id: 'act', type: 'serviceTask', label: 'act', actions: [{ id: 'set', type: 'set', values: { score: 5 } }] },
    { id: 'end', type: 'endEvent', label: 'end' },
  ],
  edges: [
    { id: 'a', from: 'start', to: 'task' },
    { id: 'b', from: 'task', to: 'gate' },
    { id: 'c', from: 'gate', to: 'act', when: isSevere },
    { id: 'd', from: 'gate', to: 'end', default: true },
    { id: 'e', from: 'act', to: 'end' },
  ],
}

const files = {
  'app.json': {
    id: 'bench',
    kind: 'app',
    schemaVersion: 1,
    version: '1.0.0',
    label: 'bench',
    locales: ['en'],
    roles: [{ id: 'clerk', label: 'clerk' }],
    navigation: [],
  },
  'forms/plain.json': form('plain'),
  'forms/ruled.json': form('ruled'),
  'forms/made.json': form('made'),
  'forms/line.json': form('line'),
  'forms/wait.json': form('wait'),
  'rules/follow.json': {
    id: 'follow',
    kind: 'rule',
    schemaVersion: 1,
    label: 'follow',
    form: 'ruled',
    on: { events: ['created'] },
    if: isSevere,
    then: [
      { id: 'set', type: 'set', values: { score: 5 } },
      { id: 'make', type: 'create', form: 'made', values: { subject: { ref: '$.record.subject' } } },
    ],
  },
  'flows/line.json': lineFlow,
  'flows/wait.json': {
    ...lineFlow,
    id: 'wait',
    label: 'wait',
    form: 'wait',
    nodes: [
      { id: 'start', type: 'startEvent', label: 'start' },
      { id: 'pause', type: 'intermediateCatchEvent', label: 'pause', on: { timer: 'PT1H' } },
      { id: 'end', type: 'endEvent', label: 'end' },
    ],
    edges: [
      { id: 'a', from: 'start', to: 'pause' },
      { id: 'b', from: 'pause', to: 'end' },
    ],
  },
}

export const benchValues = {
  subject: 'A-100 卡纸，无法自检',
  request_type: 'technical',
  quantity: '12.50',
  price: '99.90',
  severe: true,
}

/** Publishes the app and makes the one who works with it, `clerk`. */
export async function installBenchApp(server, agent) {
  const say = async (method, path, body) => {
    const { status, text } = await send(agent, server.url, { method, path, body, headers: server.as() })
    if (status > 299) throw new Error(`${path}: ${status} ${text}`)
    return JSON.parse(text)
  }
  await say('POST', '/api/design/apps/bench/publish', {
    files: Object.entries(files).map(([path, json]) => ({ path, text: JSON.stringify(json) })),
  })
  await say('POST', '/api/admin/users', {
    username: 'clerk',
    name: 'clerk',
    password: 'correct horse battery',
    grants: [{ app: 'bench', role: 'clerk' }],
  })
}
