import { type Static, Type } from 'typebox'
import { ActionList } from '../actions/schemas.ts'
import { Condition, conditionDefs, RowCondition } from './condition.ts'
import { about, Closed, Duration, kindHead, named, OneOf, refers, Slug, Text, TimeOfDay } from './schema.ts'

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

/** A moment that a field names, or some time before or after it. */
const DateTrigger = Closed({
  field: Type.String({
    ...about('日期字段', 'Field', 'Day or moment of the record. It is looked at anew whenever it changes.'),
    ...refers('field', { kinds: ['date', 'instant'] }),
  }),
  before: Type.Optional(Duration(about('提前', 'Before', 'This long before it; absent: not before.'))),
  after: Type.Optional(Duration(about('推后', 'After', 'This long after it; absent: not after.'))),
  at: Type.Optional(
    TimeOfDay(about('时刻', 'At', "For a day: time of day in the app's zone the day counts from; absent: 00:00.")),
  ),
  calendar: Type.Optional(
    Type.String({
      ...about(
        '日历',
        'Calendar',
        '`before` and `after` are working time of this calendar; absent: every hour counts.',
      ),
      ...refers('calendar'),
    }),
  ),
})

const dayNames = [
  ['周一', 'Monday'],
  ['周二', 'Tuesday'],
  ['周三', 'Wednesday'],
  ['周四', 'Thursday'],
  ['周五', 'Friday'],
  ['周六', 'Saturday'],
  ['周日', 'Sunday'],
] as const
/** ISO day of the week, 1 is Monday. */
const Weekday = Type.Unsafe<number>({
  type: 'integer',
  enum: dayNames.map((_, at) => at + 1),
  'x-ui': { names: Object.fromEntries(dayNames.map(([zh, en], at) => [at + 1, { 'zh-CN': zh, en }])) },
})

/** Moments that come round again, in the app's zone. */
export const Schedule = Closed({
  every: OneOf(
    ['hour', 'day', 'week', 'month'] as const,
    { hour: ['小时', 'Hour'], day: ['天', 'Day'], week: ['周', 'Week'], month: ['月', 'Month'] },
    about('每', 'Every', 'How often it runs.'),
  ),
  at: Type.Optional(TimeOfDay(about('时刻', 'At', 'Time of day; of `hour` only the minutes count. Absent: 00:00.'))),
  weekdays: Type.Optional(
    Type.Array(Weekday, {
      minItems: 1,
      ...about(
        '星期',
        'Weekdays',
        'For `day`, `hour` and `week`: only on these, 1 is Monday. Absent: every day; for `week` Monday.',
      ),
    }),
  ),
  day: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 31,
      ...about('日', 'Day', 'For `month`: day of the month, the last one where there are fewer. Absent: the first.'),
    }),
  ),
  each: Type.Optional(
    named(
      RowCondition,
      '逐条',
      'Each',
      'Runs for each record of the form that satisfies this. Absent: once, without a record.',
    ),
  ),
})
export type Schedule = Static<typeof Schedule>

/** When … if … then …: reacts to record events, dates, schedules and metrics, in explicit order. */
export const RuleDefinition = Closed(
  {
    ...kindHead('rule'),
    label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
    description: Type.Optional(named(Text, '说明', 'Description', 'Why the rule is there; absent: nothing.')),
    form: Slug({ ...about('表单', 'Form', 'The form whose records it watches.'), ...refers('form') }),
    enabled: Type.Optional(Type.Boolean(about('启用', 'Enabled', 'Absent: on.', { absent: true }))),
    on: Closed(
      {
        events: Type.Optional(
          Type.Array(
            OneOf(recordEvents, {
              created: ['新建', 'Created'],
              changed: ['修改', 'Changed'],
              deleted: ['删除', 'Deleted'],
              commented: ['有新备注', 'Commented'],
              stageChanged: ['阶段变化', 'Stage changed'],
              taskCreated: ['产生任务', 'Task created'],
              taskCompleted: ['任务完成', 'Task completed'],
              clockWarned: ['时限预警', 'Limit is near'],
              clockBreached: ['时限超时', 'Limit is missed'],
            }),
            {
              minItems: 1,
              ...about('事件', 'Events', 'What has happened to a record; any of these. Absent: not by events.'),
            },
          ),
        ),
        fields: Type.Optional(
          Type.Array(
            Type.String(refers('field')),
            about('关注字段', 'Fields', 'For `changed`: only when one of these changed; absent: any.'),
          ),
        ),
        date: Type.Optional(
          named(DateTrigger, '日期到达', 'Date', 'A date of the record is reached. Absent: not by dates.'),
        ),
        schedule: Type.Optional(named(Schedule, '定时', 'Schedule', 'At set times. Absent: not by the clock.')),
        metrics: Type.Optional(
          Type.Boolean(
            about(
              '指标变化',
              'Metrics',
              'Records that the metrics of `if` count have changed: runs for the record they are counted for (`by` refers to `$.record.id`), else once, without a record. Absent: no.',
            ),
          ),
        ),
      },
      { minProperties: 1, ...about('何时', 'On', 'What makes the rule look; any of these.') },
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
