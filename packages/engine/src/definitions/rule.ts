import { type Static, Type } from 'typebox'
import { ActionList } from '../actions/schemas.ts'
import { Condition, conditionDefs } from './condition.ts'
import { Closed, OneOf, Slug, Text, about, kindHead, refers } from './schema.ts'

export const recordEvents = ['created', 'changed', 'deleted', 'commented', 'stageChanged', 'taskCreated', 'taskCompleted', 'clockWarned', 'clockBreached'] as const
export type RecordEventName = (typeof recordEvents)[number]

/** When … if … then …: reacts to record events, in explicit order. */
export const RuleDefinition = Closed({
  ...kindHead('rule'),
  label: Text,
  description: Type.Optional(Text),
  form: Slug({ ...about('表单', 'Form', 'The form whose records it watches.'), ...refers('form') }),
  enabled: Type.Optional(Type.Boolean(about('启用', 'Enabled', 'Absent: on.'))),
  on: Closed({
    events: Type.Array(OneOf(recordEvents), { minItems: 1 }),
    fields: Type.Optional(Type.Array(Type.String(refers('field')), about('关注字段', 'Fields', 'For `changed`: only when one of these changed; absent: any.'))),
  }),
  if: Type.Optional(Condition),
  // biome-ignore lint/suspicious/noThenProperty: the documented word of the format
  then: ActionList,
  order: Type.Optional(Type.Integer(about('顺序', 'Order', 'Smaller runs first; absent: 100. Equal orders run by id.'))),
  stop: Type.Optional(Type.Boolean(about('停止后续', 'Stop', 'When it fires, later rules of the same event do not run; absent: no.'))),
}, { $defs: conditionDefs })
export type RuleDefinition = Static<typeof RuleDefinition>
