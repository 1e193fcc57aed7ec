import { type Static, Type } from 'typebox'
import { Condition } from '../definitions/condition.ts'
import { about, Closed, Duration, keyedUnion, literally, named, refers, Slug } from '../definitions/schema.ts'
import { ValueExpression } from '../definitions/value-expression.ts'

const name = (zh: string, en: string, what: string) =>
  Slug(about(zh, en, `Name of the ${what}: whoever throws and whoever catches it use the same.`))
const anyOr = (zh: string, en: string, what: string) =>
  Type.Union(
    [
      literally(true, '任意', 'Any'),
      Slug({ title: 'This one', 'x-ui': { titles: { 'zh-CN': '指定', en: 'This one' } } }),
    ],
    about(zh, en, `Name of the ${what} that is caught; true: any, unless another event names it.`),
  )

const Timer = Closed({
  timer: Type.Union(
    [
      Duration({ title: 'For', 'x-ui': { titles: { 'zh-CN': '经过时长', en: 'For' } } }),
      Closed({
        until: Type.String({
          ...about('到期字段', 'Until', 'Path of a date or dateTime field of the record, e.g. due_at.'),
          ...refers('field', { path: true, kinds: ['instant', 'date'] }),
        }),
      }),
    ],
    about('定时', 'Timer', "How long after entering, or until which field's moment."),
  ),
  calendar: Type.Optional(
    Type.String({
      ...about('日历', 'Calendar', 'Calendar that counts the duration; absent: every minute counts.'),
      ...refers('calendar'),
    }),
  ),
  repeat: Type.Optional(
    Closed(
      {
        every: Duration(about('间隔', 'Every', 'Time from one firing to the next, on the same calendar.')),
        times: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1000,
            ...about('次数', 'Times', 'Firings after the first; absent: until what it watches is over.'),
          }),
        ),
      },
      about('重复', 'Repeat', 'Fires again, where it does not interrupt; absent: once.'),
    ),
  ),
})

const Message = Closed({
  message: name('消息名', 'Message', 'message'),
  key: Type.Optional(
    named(ValueExpression, '关联键', 'Key', 'Only a message with this key is caught; absent: the id of the record.'),
  ),
  ttl: Type.Optional(
    Duration(
      about(
        '时效',
        'Time to live',
        'A message that came earlier than this before the wait began is not caught; absent: any that is still kept.',
      ),
    ),
  ),
})
const Signal = Closed({ signal: name('信号名', 'Signal', 'signal') })
const Changed = Closed({
  condition: named(
    Condition,
    '条件',
    'Condition',
    'Looked at when the wait begins and whenever the record has changed; fires when it becomes true.',
  ),
})
const Failure = Closed({ error: anyOr('错误名', 'Error', 'error') })
const Escalation = Closed({ escalation: anyOr('升级名', 'Escalation', 'escalation') })

/** What an intermediate event can wait for. */
export const Awaited = keyedUnion([Timer, Message, Signal, Changed])
/** What sets off an event on the boundary of an activity or an event sub-process. */
export const Trigger = keyedUnion([Timer, Message, Signal, Changed, Failure, Escalation])
export type Awaited = Static<typeof Awaited>
export type Trigger = Static<typeof Trigger>
export type TimerTrigger = Static<typeof Timer>

const ThrownMessage = Closed({
  message: name('消息名', 'Message', 'message'),
  key: Type.Optional(named(ValueExpression, '关联键', 'Key', 'Key of whoever is meant; absent: the id of the record.')),
  ttl: Type.Optional(
    Duration(about('时效', 'Time to live', 'How long it is kept for whoever will wait for it; absent: seven days.')),
  ),
})
const ThrownEscalation = Closed({ escalation: name('升级名', 'Escalation', 'escalation') })
const ThrownError = Closed({ error: name('错误名', 'Error', 'error') })
const Compensation = Closed({
  compensation: Type.Union(
    [
      literally(true, '全部', 'All'),
      Type.String({
        title: 'This step',
        'x-ui': { titles: { 'zh-CN': '指定步骤', en: 'This step' } },
        ...refers('node'),
      }),
    ],
    about(
      '补偿',
      'Compensation',
      'true: every completed activity of this level that can be undone, the last first; else only this activity.',
    ),
  ),
})

/** What an intermediate event can throw. */
export const Thrown = keyedUnion([ThrownMessage, Signal, ThrownEscalation, Compensation])
/** What an end event can throw. */
export const ThrownAtEnd = keyedUnion([ThrownMessage, Signal, ThrownEscalation, Compensation, ThrownError])
export type ThrownAtEnd = Static<typeof ThrownAtEnd>
