import { type Static, Type } from 'typebox'
import { ActionList } from '../actions/schemas.ts'
import { Condition, conditionDefs } from './condition.ts'
import { about, Closed, kindHead, named, OneOf, refers, Slug, Text } from './schema.ts'

const recordEvents = [
  'created',
  'changed',
  'deleted',
  'commented',
  'stageChanged',
  'taskCreated',
  'taskCompleted',
  'clockWarned',
  'clockBreached',
] as const
export type RecordEventName = (typeof recordEvents)[number]

/** When … if … then …: reacts to record events, in explicit order. */
export const RuleDefinition = Closed(
  {
    ...kindHead('rule'),
    label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
    description: Type.Optional(named(Text, '说明', 'Description', 'Why the rule is there; absent: nothing.')),
    form: Slug({ ...about('表单', 'Form', 'The form whose records it watches.'), ...refers('form') }),
    enabled: Type.Optional(Type.Boolean(about('启用', 'Enabled', 'Absent: on.'))),
    on: Closed(
      {
        events: Type.Array(OneOf(recordEvents), {
          minItems: 1,
          ...about('事件', 'Events', 'What has happened to a record; any of these.'),
        }),
        fields: Type.Optional(
          Type.Array(
            Type.String(refers('field')),
            about('关注字段', 'Fields', 'For `changed`: only when one of these changed; absent: any.'),
          ),
        ),
      },
      about('何时', 'On', 'What makes the rule look.'),
    ),
    if: Type.Optional(named(Condition, '如果', 'If', 'Acts only when this is true; absent: always.')),
    then: named(ActionList, '那么', 'Then', 'What it does, in order.'),
    order: Type.Optional(
      Type.Integer(about('顺序', 'Order', 'Smaller runs first; absent: 100. Equal orders run by id.')),
    ),
    stop: Type.Optional(
      Type.Boolean(about('停止后续', 'Stop', 'When it fires, later rules of the same event do not run; absent: no.')),
    ),
  },
  { $defs: conditionDefs },
)
export type RuleDefinition = Static<typeof RuleDefinition>
