import { type Static, Type } from 'typebox'
import {
  about,
  absentMeans,
  Closed,
  Duration,
  exactlyOne,
  inPercent,
  keysRefer,
  named,
  refers,
  Slug,
} from './schema.ts'
import { ValueExpression, WhoList } from './value-expression.ts'

/**
 * One step of an escalation ladder. Exactly one of `at` (share of the target: 0.8 is 80 % used, 1 is due), `left`
 * (time before the due moment) and `after` (time past it, both counted on the same calendar) is given. Each step fires
 * once per clock run; those still to come do not fire once somebody has acknowledged the clock.
 */
export const LadderStep = Closed(
  {
    id: Slug(about('标识', 'Id', 'Permanent id of the step.')),
    at: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 10,
        ...about(
          '已用比例',
          'Share used',
          'Fires when this share of the target is used; 1 (100 %) is the due moment.',
          inPercent,
        ),
      }),
    ),
    left: Type.Optional(
      Duration(about('剩余时间', 'Time left', 'Fires when no more than this much business time is left.')),
    ),
    after: Type.Optional(Duration(about('超时后', 'After due', 'Fires this long after the due moment.'))),
    notify: Type.Optional(named(WhoList, '通知', 'Notify', 'Who is reminded; absent: nobody.')),
    escalateTo: Type.Optional(
      named(WhoList, '升级给', 'Escalate to', 'Who gets the task; absent: it stays where it is.'),
    ),
    outcome: Type.Optional(
      Slug(
        about(
          '自动办理结果',
          'Answer',
          'Outcome by which the task is answered without a person, e.g. to pass or refuse it; only in the limit of a task. Absent: it stays open.',
          { control: 'ownOutcome', ...absentMeans('不自动办理', 'It stays open') },
        ),
      ),
    ),
    message: Type.Optional(
      Type.String({
        ...about(
          '消息',
          'Message',
          'Message definition to send; absent: the built-in text of a reminder.',
          absentMeans('系统自带的提醒', 'The built-in reminder'),
        ),
        ...refers('message'),
      }),
    ),
    set: Type.Optional(
      Type.Record(Type.String(), ValueExpression, {
        ...about('改字段', 'Set fields', 'Fields of the record to set, as value expressions; absent: none.'),
        ...keysRefer('field', { sets: true, values: true }),
      }),
    ),
    startFlow: Type.Optional(
      Type.String({
        ...about('启动流程', 'Start flow', 'Flow to start on the record; absent: none.', absentMeans('不启动', 'None')),
        ...refers('flow'),
      }),
    ),
  },
  exactlyOne('at', 'left', 'after'),
)
export type LadderStep = Static<typeof LadderStep>

/** A time limit of a task: due `within` business time of the calendar after the task was created. */
export const Limit = Closed({
  within: Duration(about('时限', 'Within', 'Business time until the task is due.')),
  calendar: Type.Optional(
    Type.String({
      ...about(
        '日历',
        'Calendar',
        "Calendar that counts the time; absent: the app's calendar, else every minute counts.",
        absentMeans('应用的工作日历', "The app's calendar"),
      ),
      ...refers('calendar'),
    }),
  ),
  ladder: Type.Optional(
    Type.Array(LadderStep, {
      maxItems: 20,
      ...about('升级阶梯', 'Ladder', 'Reminders and escalations; absent: none.'),
    }),
  ),
})
export type Limit = Static<typeof Limit>
