import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppFile } from '../../src/server/store/app-files.ts'

/** What a script does, one command each; `answer` takes the first open task of the node. */
export type Step =
  | { readonly do: 'start' }
  | { readonly do: 'answer'; readonly node: string; readonly outcome?: string }
  | { readonly do: 'timer'; readonly node: string }
  | { readonly do: 'message' | 'signal'; readonly name: string }
  | { readonly do: 'set'; readonly values: { readonly [field: string]: string } }
  | { readonly do: 'add'; readonly node: string; readonly item: string }
  | { readonly do: 'press'; readonly button: string }
export type Play = {
  readonly name: string
  readonly record: { readonly [field: string]: string | string[] }
  readonly steps: readonly Step[]
}
type Node = { readonly id: string; readonly type: string; readonly [property: string]: unknown }
type Flow = { readonly id: string; readonly nodes: readonly Node[]; readonly edges: readonly object[] }

const patterns = join(import.meta.dirname, '../../../../examples/patterns')
const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(patterns, ...path), 'utf8')) as T

const agents = [{ role: 'agent' }]
const comment = (id: string, more: object = {}): Node => ({
  id,
  type: 'serviceTask',
  actions: [{ id: 'say', type: 'comment', body: id }],
  ...more,
})
const task = (id: string, more: object = {}): Node => ({ id, type: 'userTask', assign: agents, ...more })
const begin: Node = { id: 'begin', type: 'startEvent' }
const end: Node = { id: 'end', type: 'endEvent' }
const edge = (from: string, to: string, more: object = {}) => ({ id: `${from}_${to}`, from, to, ...more })
const line = (...nodes: readonly Node[]) => {
  const all = [begin, ...nodes, end]
  return { nodes: all, edges: all.slice(1).map((node, at) => edge(all[at]?.id ?? '', node.id)) }
}
const tell: Node = {
  id: 'tell',
  type: 'serviceTask',
  actions: [
    { id: 'say', type: 'comment', body: 'tell' },
    { id: 'mail', type: 'notify', to: agents, message: 'news', channels: ['inbox', 'email'] },
  ],
}

/** Flows that do something besides asking people, so that what is done twice or not at all shows. */
const own: readonly { readonly play: Play; readonly flows: readonly Flow[] }[] = [
  {
    play: { name: 'effects', record: {}, steps: [{ do: 'start' }, { do: 'answer', node: 'work' }] },
    flows: [{ id: 'effects', ...line(tell, task('work'), comment('after')) }],
  },
  {
    play: {
      name: 'approvers',
      record: {},
      steps: [{ do: 'start' }, { do: 'answer', node: 'approve' }, { do: 'answer', node: 'approve' }],
    },
    flows: [{ id: 'approvers', ...line(task('approve', { mode: 'all' }), tell) }],
  },
  {
    play: { name: 'rounds', record: {}, steps: [{ do: 'start' }] },
    flows: [
      {
        id: 'rounds',
        ...line(
          comment('round', { loop: { max: 3, while: { fact: 'record', path: '$.play', operator: 'isNotEmpty' } } }),
        ),
      },
    ],
  },
  {
    play: { name: 'late', record: {}, steps: [{ do: 'start' }, { do: 'timer', node: 'limit' }] },
    flows: [
      {
        id: 'late',
        nodes: [
          begin,
          task('work'),
          { id: 'limit', type: 'boundaryEvent', attachedTo: 'work', on: { timer: 'PT30M' } },
          comment('overdue'),
          end,
        ],
        edges: [edge('begin', 'work'), edge('work', 'end'), edge('limit', 'overdue'), edge('overdue', 'end')],
      },
    ],
  },
  {
    play: {
      name: 'waits',
      record: {},
      steps: [{ do: 'start' }, { do: 'timer', node: 'pause' }, { do: 'answer', node: 'work' }],
    },
    flows: [
      {
        id: 'waits',
        nodes: [
          begin,
          { id: 'split', type: 'parallelGateway' },
          { id: 'pause', type: 'intermediateCatchEvent', on: { timer: 'PT10M' } },
          task('work'),
          comment('beside'),
          { id: 'joined', type: 'parallelGateway' },
          comment('after'),
          end,
        ],
        edges: [
          edge('begin', 'split'),
          ...['pause', 'work', 'beside'].flatMap((id) => [edge('split', id), edge(id, 'joined')]),
          edge('joined', 'after'),
          edge('after', 'end'),
        ],
      },
    ],
  },
  {
    play: { name: 'stopped', record: {}, steps: [{ do: 'start' }, { do: 'press', button: 'stop' }] },
    flows: [
      {
        id: 'stopped',
        ...line(task('work', { limit: { within: 'PT1H' } }), {
          id: 'pause',
          type: 'intermediateCatchEvent',
          on: { timer: 'P400D' },
        }),
      },
    ],
  },
  {
    play: {
      name: 'again',
      record: {},
      steps: [
        { do: 'start' },
        { do: 'answer', node: 'write' },
        { do: 'answer', node: 'check', outcome: 'back' },
        { do: 'answer', node: 'write' },
        { do: 'answer', node: 'check', outcome: 'good' },
      ],
    },
    flows: [
      {
        id: 'again',
        nodes: [
          begin,
          task('write'),
          comment('written'),
          task('check', {
            outcomes: [
              { id: 'good', label: 'good' },
              { id: 'back', label: 'back' },
            ],
          }),
          end,
        ],
        edges: [
          edge('begin', 'write'),
          edge('write', 'written'),
          edge('written', 'check'),
          edge('check', 'end', { outcome: 'good' }),
          edge('check', 'write', { outcome: 'back' }),
        ],
      },
    ],
  },
  {
    play: { name: 'calls', record: {}, steps: [{ do: 'start' }, { do: 'answer', node: 'inside' }] },
    flows: [
      {
        id: 'calls',
        ...line({ id: 'call', type: 'callActivity', flow: 'called' }, comment('back')),
      },
      { id: 'called', ...line(comment('called'), task('inside')) },
    ],
  },
]

const document = (id: string, flow: object, start: object) => ({
  ...flow,
  id,
  kind: 'flow',
  schemaVersion: 1,
  form: 'case',
  label: id,
  start: [start],
})
const started = (play: string) => ({
  on: 'created',
  when: { fact: 'record', path: '$.play', operator: 'equal', value: play },
})
const manual = { on: 'manual' }

/** Its inclusive gateway has no default, which a publish refuses. */
const unpublished = '37-'

/** The control-flow patterns of the examples, each a play of its own. */
function patternPlays(): readonly { readonly play: Play; readonly flows: readonly object[] }[] {
  const folders = readdirSync(patterns).filter(
    (name) => existsSync(join(patterns, name, 'trace.json')) && !name.startsWith(unpublished),
  )
  return folders.map((folder) => {
    const name = `p${folder.slice(0, 2)}`
    const files = readdirSync(join(patterns, folder)).filter((file) => file.endsWith('.json') && file !== 'trace.json')
    const flows = files.map((file) => {
      const flow = read<Flow>(folder, file)
      const nodes = flow.nodes.map((node) =>
        'flow' in node ? { ...node, flow: `${name}_${String(node.flow)}` } : node,
      )
      return document(`${name}_${flow.id}`, { ...flow, nodes }, flow.id === 'main' ? started(name) : manual)
    })
    const { record, steps } = read<{ record: Play['record']; steps: readonly (Step & { rejected?: string })[] }>(
      folder,
      'trace.json',
    )
    return { play: { name, record, steps: steps.filter(({ rejected }) => rejected === undefined) }, flows }
  })
}

const ownPlays = own.map(({ play, flows }) => ({
  play,
  flows: flows.map((flow) => document(flow.id, flow, flow.id === play.name ? started(play.name) : manual)),
}))
const all = [...ownPlays, ...patternPlays()]
export const plays: readonly Play[] = all.map(({ play }) => play)

const text = (id: string) => ({ id, type: 'text', label: id })
const option = (id: string) => ({ id, label: id })

/** One app whose only form starts the flow that the field `play` names. */
export function referenceFiles(): AppFile[] {
  const documents: { readonly [path: string]: object } = {
    'app.json': {
      id: 'desk',
      kind: 'app',
      schemaVersion: 1,
      version: '1.0.0',
      label: 'Reference flows',
      locales: ['zh-CN'],
      roles: [
        { id: 'agent', label: 'agent' },
        { id: 'manager', label: 'manager', can: ['design', 'manage'] },
      ],
      navigation: [],
    },
    'forms/case.json': {
      id: 'case',
      kind: 'form',
      schemaVersion: 1,
      label: 'case',
      title: { formula: 'play' },
      fields: [
        ...['play', 'size', 'a', 'b', 'c', 'next', 'paid', 'ok', 'deeper', 'again', 'engineer'].map(text),
        { id: 'parts', type: 'multiSelect', label: 'parts', options: ['fan', 'pump', 'valve'].map(option) },
      ],
      actions: [{ id: 'stop', label: 'stop', actions: [{ id: 'end', type: 'endFlow' }] }],
      access: [{ id: 'all', role: '*', can: ['read', 'create', 'update', 'comment'] }],
    },
    'messages/news.json': {
      id: 'news',
      kind: 'message',
      schemaVersion: 1,
      label: 'news',
      form: 'case',
      inbox: { title: 'news', body: '{{record.play}}' },
      email: { subject: 'news', body: '{{record.play}}' },
    },
    'flows/ring_bell.json': document(
      'ring_bell',
      line({ id: 'ring', type: 'intermediateThrowEvent', throws: { signal: 'bell' } }),
      started('ring_bell'),
    ),
  }
  const flows = all.flatMap((one) => one.flows) as readonly { readonly id: string }[]
  return [...Object.entries(documents), ...flows.map((flow): [string, object] => [`flows/${flow.id}.json`, flow])].map(
    ([path, json]) => ({ path, text: JSON.stringify(json) }),
  )
}
