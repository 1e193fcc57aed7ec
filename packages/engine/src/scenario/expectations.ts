import type { Static } from 'typebox'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { Condition } from '../definitions/condition.ts'
import type { Expectation } from '../definitions/scenario.ts'
import { formatInstant } from '../kernel/instant.ts'
import type { Rejection } from '../kernel/problem.ts'
import type { TextValue } from '../kernel/text.ts'
import { recordFacts } from '../pipeline/record-facts.ts'
import type { ClockRow, RecordRow, TaskRow } from '../pipeline/rows.ts'
import { personId, type StagePlay } from './stage-play.ts'
import { labelled, listed, shown, type Told, told } from './told.ts'
import { channelName, clockName, messageName, momentWords, stepName, valueWords } from './wording.ts'

type Expected = Static<typeof Expectation>
export type Scene = {
  readonly play: StagePlay
  readonly recordOf: (alias: string | undefined) => RecordRow | undefined
  readonly rejection: Rejection | undefined
}

/** What does not hold of an expectation: what was expected and what was there; empty: all holds. */
export function unmet(expected: Expected, scene: Scene): readonly Told[] {
  return [
    ...recordUnmet(expected.record, scene),
    ...taskUnmet(expected.task, scene),
    ...noTaskUnmet(expected.noTask, scene),
    ...clockUnmet(expected.clock, scene),
    ...(expected.sent ?? []).flatMap((sent) => sentUnmet(sent, scene)),
    ...(expected.called ?? []).flatMap((called) => calledUnmet(called, scene)),
    ...instanceUnmet(expected.instance, scene),
    ...alertUnmet(expected.alert, scene),
    ...rejectedUnmet(expected.rejected, scene),
    ...countUnmet(expected.count, scene),
  ]
}

function recordUnmet(expected: Expected['record'], scene: Scene): readonly Told[] {
  if (!expected) return []
  const record = scene.recordOf(expected.as)
  if (!record) return [told({ 'zh-CN': '没有这条记录', en: 'there is no such record' })]
  const facts = recordFacts(record) as { readonly [field: string]: unknown }
  const fields = scene.play.app.forms.get(record.form)?.fields
  const words = (form: string, field: string, value: unknown) =>
    valueWords(scene.play.app, form, field, value, (id) => String(named(id)))
  return Object.entries(expected.values).flatMap(([field, value]) =>
    same(facts[field], fromAuthor(scene, value))
      ? []
      : [
          differs(
            labelled(fields?.get(field)?.definition?.label, field),
            words(record.form, field, fromAuthor(scene, value)),
            words(record.form, field, facts[field]),
          ),
        ],
  )
}

const differs = (what: TextValue, expected: TextValue, found: TextValue): Told =>
  told(
    { 'zh-CN': '{what}：期望 {expected}，实际 {found}', en: '{what}: expected {expected}, was {found}' },
    { what, expected, found },
  )

const same = (actual: unknown, expected: unknown): boolean =>
  JSON.stringify(actual ?? null) === JSON.stringify(expected ?? null)

/** People by the names the scenario gives them. */
const named = (value: unknown): unknown =>
  typeof value === 'string' && value.startsWith(personId('')) ? value.slice(personId('').length) : value
const nameOf = (person: string | null): string | null => (person === null ? null : String(named(person)))

/** `{"user": "agent1"}` stands for a person's id, `{"record": "alias"}` for a record's. */
function fromAuthor(scene: Scene, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => fromAuthor(scene, one))
  if (typeof value !== 'object' || value === null) return value
  if ('user' in value && typeof value.user === 'string') return personId(value.user)
  if ('record' in value && typeof value.record === 'string') return scene.recordOf(value.record)?.id
  return value
}

const tasksOf = (scene: Scene, alias: string | undefined): readonly TaskRow[] => {
  const record = scene.recordOf(alias)
  return [...scene.play.world.state.tasks.values()].filter((task) => task.id === record?.id)
}

const stateWords: { readonly [state: string]: TextValue } = {
  open: { 'zh-CN': '待办', en: 'open' },
  completed: { 'zh-CN': '已完成', en: 'completed' },
  cancelled: { 'zh-CN': '已取消', en: 'cancelled' },
  running: { 'zh-CN': '进行中', en: 'running' },
  paused: { 'zh-CN': '已暂停', en: 'paused' },
  stopped: { 'zh-CN': '已停止', en: 'stopped' },
  dead: { 'zh-CN': '已中止', en: 'dead' },
  acknowledged: { 'zh-CN': '已认领', en: 'acknowledged' },
  closed: { 'zh-CN': '已关闭', en: 'closed' },
  ended: { 'zh-CN': '已解除', en: 'ended' },
}
const stateWord = (state: string): TextValue => stateWords[state] ?? state

function taskUnmet(expected: Expected['task'], scene: Scene): readonly Told[] {
  if (!expected) return []
  const state = expected.state ?? 'open'
  const step = (node: string) => stepName(scene.play.app, node)
  const tasks = tasksOf(scene, expected.as).filter((task) => task.node === expected.node && task.state === state)
  const open = tasksOf(scene, expected.as)
    .filter((task) => task.state === 'open')
    .map((task) => task.node)
  if (tasks.length === 0)
    return [
      told(
        {
          'zh-CN': '期望 {node} 有{state}的任务，实际没有（待办：{open}）',
          en: 'expected a task at {node} that is {state}, there was none (open: {open})',
        },
        { node: step(expected.node), state: stateWord(state), open: listed(open.map(step)) },
      ),
    ]
  if (expected.assignee === undefined) return []
  const wanted = expected.assignee === null ? null : personId(expected.assignee)
  if (tasks.some((task) => task.assignee === wanted)) return []
  return [
    told(
      {
        'zh-CN': '{node} 的任务：期望由 {expected} 办理，实际是 {found}',
        en: 'task at {node}: expected to be with {expected}, was with {found}',
      },
      {
        node: step(expected.node),
        expected: listed([expected.assignee]),
        found: listed(tasks.map((task) => nameOf(task.assignee))),
      },
    ),
  ]
}

function noTaskUnmet(expected: Expected['noTask'], scene: Scene): readonly Told[] {
  if (!expected) return []
  const open = tasksOf(scene, expected.as).filter(
    (task) => task.state === 'open' && (expected.node === undefined || task.node === expected.node),
  )
  return open.map(({ node }) =>
    told(
      { 'zh-CN': '期望没有待办，实际 {node} 有一个', en: 'expected no open task, there was one at {node}' },
      { node: stepName(scene.play.app, node) },
    ),
  )
}

function clockUnmet(expected: Expected['clock'], scene: Scene): readonly Told[] {
  if (!expected) return []
  const record = scene.recordOf(expected.as)
  const clock = [...scene.play.world.state.clocks.values()].find(
    (one: ClockRow) => one.id === record?.id && one.owner.kind === 'policy' && one.owner.id === expected.id,
  )
  const about = (what: Told) => told(what, { name: clockName(scene.play.app, expected.id) })
  if (!clock) return [about({ 'zh-CN': '没有时钟“{name}”', en: 'there is no clock “{name}”' })]
  const due = clock.dueAt === null ? null : formatInstant(clock.dueAt)
  const moment = (text: string | null) => momentWords(scene.play.app, text)
  return [
    ...(expected.state !== undefined && clock.state !== expected.state
      ? [
          differs(
            about({ 'zh-CN': '时钟“{name}”的状态', en: 'state of the clock “{name}”' }),
            stateWord(expected.state),
            stateWord(clock.state),
          ),
        ]
      : []),
    ...(expected.due !== undefined && new Set([due, due?.replace('.000Z', 'Z')]).has(expected.due) === false
      ? [
          differs(
            about({ 'zh-CN': '时钟“{name}”的截止时间', en: 'clock “{name}”, due' }),
            moment(expected.due),
            moment(due),
          ),
        ]
      : []),
    ...(expected.met !== undefined && clock.met !== expected.met
      ? [
          differs(
            about({ 'zh-CN': '时钟“{name}”是否达标', en: 'clock “{name}”, met' }),
            yes(expected.met),
            yes(clock.met),
          ),
        ]
      : []),
  ]
}

const yes = (value: boolean | null): TextValue =>
  value === null ? shown(null) : value ? { 'zh-CN': '是', en: 'yes' } : { 'zh-CN': '否', en: 'no' }

type Sent = NonNullable<Expected['sent']>[number]

function sentUnmet(sent: Sent, scene: Scene): readonly Told[] {
  const { notifications, effects } = scene.play.world.state
  const to = personId(sent.to)
  const about = (message: string | null) => sent.message === undefined || message === sent.message
  const inbox = notifications.filter((row) => row.user === to && about(row.message)).length
  const outside = effects.filter(
    ({ effect }) =>
      'to' in effect &&
      (effect.user === to || (effect.user === null && effect.to === sent.to)) &&
      about(effect.message) &&
      effect.type === `${sent.channel === 'email' ? 'mail' : sent.channel}.send`,
  ).length
  const found = sent.channel === 'inbox' ? inbox : outside
  const enough = sent.times === undefined ? found > 0 : found === sent.times
  if (enough) return []
  const channel = channelName(sent.channel)
  const what =
    sent.message === undefined
      ? told({ 'zh-CN': '发给 {to} 的{channel}', en: '{channel} to {to}' }, { to: sent.to, channel })
      : told(
          { 'zh-CN': '发给 {to} 的{channel}“{message}”', en: '{channel} “{message}” to {to}' },
          { to: sent.to, channel, message: messageName(scene.play.app, sent.message) },
        )
  return [differs(what, times(sent.times), shown(found))]
}

function calledUnmet(
  { url, method, body, times: wanted }: NonNullable<Expected['called']>[number],
  scene: Scene,
): readonly Told[] {
  const found = scene.play.world.state.effects.filter(
    ({ effect }) =>
      effect.type === 'webhook.call' &&
      effect.url === url &&
      (method === undefined || effect.method === method) &&
      (body === undefined || same(sorted(JSON.parse(effect.body ?? '{}')), sorted(valuesFromAuthor(scene, body)))),
  ).length
  if (wanted === undefined ? found > 0 : found === wanted) return []
  return [differs(told({ 'zh-CN': '对 {url} 的调用', en: 'calls of {url}' }, { url }), times(wanted), shown(found))]
}

const valuesFromAuthor = (scene: Scene, values: { readonly [name: string]: unknown }) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fromAuthor(scene, value)]))
const sorted = (values: object) => Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))

const times = (n: number | undefined): TextValue =>
  n === undefined ? { 'zh-CN': '至少 1', en: '1 or more' } : shown(n)

function instanceUnmet(expected: Expected['instance'], scene: Scene): readonly Told[] {
  if (!expected) return []
  const record = scene.recordOf(expected.as)
  const found = [...scene.play.world.state.instances.values()].filter(
    (row) => row.id === record?.id && row.flow === expected.flow,
  )
  if (found.some((row) => row.status === expected.status)) return []
  const flow = labelled(scene.play.app.flows.get(expected.flow)?.label, expected.flow)
  const now = found.at(-1)
  const none = { 'zh-CN': '没有启动', en: 'not started' }
  return [
    differs(
      told({ 'zh-CN': '流程 {flow}', en: 'flow {flow}' }, { flow }),
      stateWord(expected.status),
      now ? stateWord(now.status) : none,
    ),
  ]
}

function alertUnmet(expected: Expected['alert'], scene: Scene): readonly Told[] {
  if (!expected) return []
  const alerts = [...scene.play.world.state.alerts.values()].filter(({ kind }) => kind === expected.kind)
  const newest = alerts.at(-1)
  const about = (what: Told) => told(what, { kind: expected.kind })
  const enough = expected.n === undefined ? alerts.length > 0 : alerts.length === expected.n
  if (!enough)
    return [
      differs(about({ 'zh-CN': '预警 {kind} 的数量', en: 'alerts {kind}' }), times(expected.n), shown(alerts.length)),
    ]
  if (!newest) return []
  const owner = expected.owner === undefined ? newest.owner : personId(expected.owner)
  const rows = newest.evidence.reduce((sum, { total }) => sum + total, 0)
  return [
    ...(expected.state !== undefined && newest.state !== expected.state
      ? [
          differs(
            about({ 'zh-CN': '预警 {kind} 的状态', en: 'state of the alert {kind}' }),
            stateWord(expected.state),
            stateWord(newest.state),
          ),
        ]
      : []),
    ...(newest.owner === owner
      ? []
      : [
          differs(
            about({ 'zh-CN': '预警 {kind} 的负责人', en: 'owner of the alert {kind}' }),
            shown(expected.owner),
            listed([nameOf(newest.owner)]),
          ),
        ]),
    ...(expected.rows !== undefined && rows !== expected.rows
      ? [
          differs(
            about({ 'zh-CN': '触发预警 {kind} 的记录数', en: 'records that made the alert {kind} fire' }),
            shown(expected.rows),
            shown(rows),
          ),
        ]
      : []),
  ]
}

function rejectedUnmet(expected: Expected['rejected'], scene: Scene): readonly Told[] {
  if (expected === undefined) return []
  const codes = [...new Set([scene.rejection?.code, ...(scene.rejection?.problems ?? []).map(({ code }) => code)])]
  return codes.includes(expected)
    ? []
    : [
        differs(
          { 'zh-CN': '被拒绝', en: 'refusal' },
          expected,
          listed(codes.flatMap((code) => (code === undefined ? [] : [code]))),
        ),
      ]
}

function countUnmet(expected: Expected['count'], scene: Scene): readonly Told[] {
  if (!expected) return []
  const form = scene.play.app.forms.get(expected.form)
  const where = expected.where as Condition | undefined
  const rows = [...scene.play.world.state.records.values()].filter((row) => row.form === expected.form)
  const holds = where && form ? predicateOf(where, form, (name) => scene.play.app.forms.get(name)) : () => true
  const n = rows.filter((row) => holds({ ...scene.play.facts(), record: recordFacts(row) })).length
  if (n === expected.n) return []
  const what = told(
    { 'zh-CN': '{form} 的记录数', en: 'records of {form}' },
    { form: labelled(form?.definition.label, expected.form) },
  )
  return [differs(what, shown(expected.n), shown(n))]
}
