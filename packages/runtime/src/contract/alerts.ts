import { type Static, Type } from 'typebox'
import { RecordPage } from './records.ts'
import { Closed, Id, Moment, Nullable, OneOf, Refs, Slug, Text } from './wire.ts'

export const alertStates = ['open', 'acknowledged', 'closed', 'ended'] as const

/** Something a rule wants a person to look at. */
export const AlertView = Closed({
  id: Id,
  app: Slug,
  rule: Closed({ id: Type.String(), label: Text }),
  kind: Type.String({ description: 'Kind of alert, as the rule names it.' }),
  severity: OneOf(['info', 'warning', 'critical'] as const),
  title: Text,
  record: Nullable(
    Closed(
      { form: Slug, id: Id, title: Type.String() },
      { description: 'The record whose change raised it; null: none, or one the caller may not see.' },
    ),
  ),
  owner: Nullable(Id),
  people: Type.Array(Id, { description: 'Everybody it was sent to, the owner first.' }),
  state: OneOf(alertStates, { description: '`closed` by a person, `ended` when what raised it no longer held.' }),
  raisedAt: Moment,
  acknowledgedAt: Nullable(Moment),
  acknowledgedBy: Nullable(Id),
  closedAt: Nullable(Moment),
  closedBy: Nullable(Id),
  comment: Nullable(Type.String()),
  clearedAt: Nullable(Moment),
  can: Type.Array(OneOf(['acknowledge', 'close'] as const)),
})
export type AlertView = Static<typeof AlertView>

export const AlertPage = Closed({ items: Type.Array(AlertView), total: Type.Integer(), refs: Refs })
export type AlertPage = Static<typeof AlertPage>

export const AlertParameters = Closed({
  app: Type.Optional(Slug),
  state: Type.Optional(
    OneOf(['waiting', 'over', ...alertStates] as const, {
      description: 'waiting: open or acknowledged; over: closed or ended.',
    }),
  ),
  mine: Type.Optional(Type.Boolean({ description: 'Only alerts addressed to me.' })),
  record: Type.Optional(Id),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
})
export type AlertParameters = Static<typeof AlertParameters>

/** One line of a condition with its value at that moment; the tree laid flat, `depth` says how far inside a line is. */
export const WhyLine = Closed({
  depth: Type.Integer(),
  kind: OneOf(['all', 'any', 'not', 'field', 'metric', 'formula'] as const),
  result: Type.Boolean(),
  label: Text,
  operator: Nullable(Type.String()),
  expected: Type.Unknown(),
  actual: Type.Unknown(),
  words: Closed(
    { expected: Nullable(Text), actual: Nullable(Text) },
    { description: 'Both values as people read them; null: blank, hidden, or a record.' },
  ),
  hidden: Type.Boolean({ description: 'The caller may not see the values.' }),
  window: Nullable(Type.String({ description: 'Of a metric: `P30D`, or `week`, `month` …' })),
  value: Nullable(OneOf(['value', 'change', 'ratio'] as const)),
})
export type WhyLine = Static<typeof WhyLine>

export const AlertDetail = Closed({
  alert: AlertView,
  description: Nullable(Text),
  why: Type.Array(WhyLine),
  evidence: Type.Array(
    Closed({ metric: Type.String(), label: Text, form: Slug, kept: Type.Integer(), total: Type.Integer() }),
    { description: 'Records that made it fire, by figure; `kept` of `total` can be opened.' },
  ),
  refs: Refs,
})
export type AlertDetail = Static<typeof AlertDetail>

export const AlertRowsParameters = Closed({ metric: Type.String({ maxLength: 60 }) })
/** Those of an alert's records that the caller may see. */
export const AlertRows = Closed({ form: Slug, kept: Type.Integer(), page: RecordPage })
export type AlertRows = Static<typeof AlertRows>

export const AnswerAlert = Closed({ comment: Type.Optional(Type.String({ maxLength: 2000 })) })
export type AnswerAlert = Static<typeof AnswerAlert>

/** One look of a rule at what happened. */
export const RuleRunView = Closed({
  id: Id,
  at: Moment,
  rule: Closed({ id: Type.String(), label: Text }),
  version: Type.Integer({ description: 'Version of the app whose rule it was.' }),
  event: Type.String(),
  record: Nullable(Closed({ form: Slug, id: Id, title: Type.String() })),
  outcome: OneOf(['fired', 'notMet', 'standing', 'coolDown'] as const),
  why: Type.Array(WhyLine),
})
export type RuleRunView = Static<typeof RuleRunView>
export const RuleRunList = Closed({
  items: Type.Array(RuleRunView),
  nextBefore: Nullable(Id),
  refs: Refs,
})
export type RuleRunList = Static<typeof RuleRunList>
export const RuleRunParameters = Closed({
  rule: Type.Optional(Type.String({ maxLength: 60 })),
  outcome: Type.Optional(OneOf(['fired', 'notMet', 'standing', 'coolDown'] as const)),
  before: Type.Optional(Id),
})
export type RuleRunParameters = Static<typeof RuleRunParameters>
/** A call of another system and what it answered, shortened. */
const WebhookCallView = Closed({
  id: Id,
  at: Moment,
  cause: Type.String({ description: '`rule:vip@3/tell_erp`, `flow:sop/intake/tell_erp`.' }),
  method: Type.String(),
  url: Type.String({ description: 'Without what comes after the host, where the record may not be seen.' }),
  record: Nullable(Closed({ form: Slug, id: Id, title: Type.String() })),
  state: OneOf(['delivered', 'failed'] as const),
  status: Nullable(Type.Integer({ description: 'HTTP status; null: there was no answer.' })),
  answer: Nullable(Type.String({ description: 'At most 500 characters, secrets taken out.' })),
  error: Nullable(Type.String()),
  attempts: Type.Integer(),
})
export const WebhookCallList = Closed({ items: Type.Array(WebhookCallView), nextBefore: Nullable(Id) })
export type WebhookCallList = Static<typeof WebhookCallList>
export const RuleList = Closed({
  items: Type.Array(
    Closed({ id: Slug, label: Text, description: Nullable(Text), form: Slug, enabled: Type.Boolean() }),
  ),
})
export type RuleList = Static<typeof RuleList>
