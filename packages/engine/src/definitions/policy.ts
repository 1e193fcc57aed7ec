import { type Static, Type } from 'typebox'
import { Condition, conditionDefs } from './condition.ts'
import { LadderStep } from './ladder.ts'
import { about, Closed, Duration, exactlyOne, kindHead, named, OneOf, refers, Slug, Text } from './schema.ts'

/** What a clock measures; with it comes what happens to its result when the record is reopened. */
const clockKinds = [
  'firstResponse',
  'nextResponse',
  'update',
  'resolution',
  'firstResolution',
  'nodeTime',
  'arrivalWindow',
] as const
export type ClockKind = (typeof clockKinds)[number]

/** To whom the promise is made: the customer (SLA), a team of our own (OLA), or by a supplier to us (UC). */
export const clockTypes = ['external', 'internal', 'supplier'] as const

/**
 * One clock of an SLA policy. All conditions are looked at after every change of the record: it starts when
 * `startWhen` is first true, pauses while `pauseWhen` is true, is met or breached when `stopWhen` becomes true and is
 * cancelled (leaves the attainment) when `cancelWhen` becomes true. Equal to the target is met.
 */
export const ClockDefinition = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the clock, e.g. first_response.')),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  kind: Type.Optional(
    OneOf(
      clockKinds,
      {
        firstResponse: ['首次响应', 'First response'],
        nextResponse: ['后续响应', 'Next response'],
        update: ['进展更新', 'Update'],
        resolution: ['解决', 'Resolution'],
        firstResolution: ['首次解决', 'First resolution'],
        nodeTime: ['步骤用时', 'Time of a step'],
        arrivalWindow: ['到场时间窗', 'Arrival window'],
      },
      about(
        '时钟种类',
        'Kind',
        'What it measures; decides what a reopening does where onReopen says nothing: the result of firstResponse and firstResolution never changes, nextResponse, update, nodeTime and arrivalWindow begin a new run, resolution goes on. Absent: resolution.',
      ),
    ),
  ),
  type: Type.Optional(
    OneOf(
      clockTypes,
      {
        external: ['对客户的承诺（SLA）', 'Promise to the customer (SLA)'],
        internal: ['内部团队约定（OLA）', 'Between our teams (OLA)'],
        supplier: ['供应商合同（UC）', 'Contract with a supplier (UC)'],
      },
      about(
        '协议类型',
        'Agreement',
        'external: SLA with the customer; internal: OLA between teams; supplier: contract with a supplier. Shown with the clock, and counted apart in the attainment. Absent: external.',
      ),
    ),
  ),
  startWhen: Type.Optional(named(Condition, '开始条件', 'Start when', 'Absent: when the record is created.')),
  stopWhen: named(Condition, '停止条件', 'Stop when', 'The promise is kept when this becomes true.'),
  pauseWhen: Type.Optional(
    named(Condition, '暂停条件', 'Pause when', 'No time counts while this is true; absent: never.'),
  ),
  pauseLimit: Type.Optional(
    Closed(
      {
        total: Type.Optional(
          Duration(
            about(
              '累计暂停上限',
              'Longest pause',
              'Business time of the clock it may stand still in all; then it goes on by itself. Absent: no limit.',
            ),
          ),
        ),
        times: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 100,
            ...about('暂停次数上限', 'Most pauses', 'How often it may pause in a run; absent: no limit.'),
          }),
        ),
        reason: Type.Optional(
          Type.String({
            ...about(
              '暂停原因字段',
              'Reason field',
              'It only pauses while this field is filled; the reason is kept in the trail. Absent: none is asked for.',
            ),
            ...refers('field'),
          }),
        ),
      },
      about(
        '暂停限制',
        'Limit of pauses',
        'Against pausing a clock to keep a promise; absent: pauses are not limited.',
      ),
    ),
  ),
  cancelWhen: Type.Optional(
    named(Condition, '取消条件', 'Cancel when', 'The clock leaves the attainment; absent: never.'),
  ),
  targets: Type.Array(
    Closed(
      {
        id: Slug(about('标识', 'Id', 'Permanent id of the target.')),
        when: Type.Optional(named(Condition, '条件', 'When', 'Absent: always.')),
        within: Type.Optional(Duration(about('时限', 'Within', 'Business time until due.'))),
        until: Type.Optional(
          Type.String({
            ...about(
              '到某一时刻',
              'Until',
              'dateTime field with the moment promised, e.g. the end of the arrival window; while it is blank there is no target. Counted round the clock.',
            ),
            ...refers('field', { kinds: ['instant'] }),
          }),
        ),
      },
      exactlyOne('within', 'until'),
    ),
    {
      minItems: 1,
      ...about('目标', 'Targets', 'First whose condition is true; one without a condition is always true.'),
    },
  ),
  calendar: Type.Optional(
    Type.String({
      ...about('日历', 'Calendar', "Absent: the app's calendar, else every minute counts."),
      ...refers('calendar'),
    }),
  ),
  onTargetChange: Type.Optional(
    OneOf(
      ['recompute', 'forward', 'reset'] as const,
      {
        recompute: ['按新时限从头算', 'Count the new target from the start'],
        forward: ['按剩余比例折算', 'Keep the share that is left'],
        reset: ['从现在重新计时', 'Count anew from now'],
      },
      about(
        '目标变化时',
        'When the target changes',
        'recompute: the new target counts from the start; forward: the remaining share of the new target counts from now; reset: counts anew from now. Absent: recompute.',
      ),
    ),
  ),
  onReopen: Type.Optional(
    OneOf(
      ['continue', 'continueWithGap', 'reset', 'never'] as const,
      {
        continue: ['继续计时，不含关闭期间', 'Go on, the closed time left out'],
        continueWithGap: ['继续计时，含关闭期间', 'Go on, the closed time counted'],
        reset: ['重新计时', 'Start anew'],
        never: ['结果不再改变', 'Keep the result'],
      },
      about(
        '重开时',
        'On reopen',
        'When stopWhen turns false again. continue: the closed time does not count; continueWithGap: it counts; reset: a new run; never: the result stays. Absent: as the kind says.',
      ),
    ),
  ),
  ladder: Type.Optional(
    Type.Array(LadderStep, {
      maxItems: 20,
      ...about('升级阶梯', 'Ladder', 'Reminders and escalations; absent: none.'),
    }),
  ),
  writes: Type.Optional(
    Closed(
      {
        due: Type.Optional(
          Type.String({
            ...about('截止时间写入', 'Due field', 'dateTime field that shows the due moment; absent: none.'),
            ...refers('field', { kinds: ['instant'], sets: true }),
          }),
        ),
        met: Type.Optional(
          Type.String({
            ...about('是否达标写入', 'Met field', 'boolean field set when the result is known; absent: none.'),
            ...refers('field', { kinds: ['boolean'], sets: true }),
          }),
        ),
        elapsed: Type.Optional(
          Type.String({
            ...about(
              '用时写入',
              'Elapsed field',
              'duration field: business time used, set when the clock stops; absent: none.',
            ),
            ...refers('field', { kinds: ['duration'], sets: true }),
          }),
        ),
      },
      about('写入字段', 'Writes', 'Fields of the record that show the clock; absent: none.'),
    ),
  ),
})
export type ClockDefinition = Static<typeof ClockDefinition>

/** Service level agreement: which records, which clocks. The first policy (by order) whose condition is true applies. */
export const PolicyDefinition = Closed(
  {
    ...kindHead('policy'),
    label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
    form: Slug({ ...about('表单', 'Form', 'The form whose records it speaks of.'), ...refers('form') }),
    order: Type.Optional(Type.Integer(about('顺序', 'Order', 'Smaller is tried first; absent: 100.'))),
    when: Type.Optional(named(Condition, '适用条件', 'When', 'Records it applies to; absent: all.')),
    clocks: Type.Array(ClockDefinition, { minItems: 1, ...about('时钟', 'Clocks', 'What is promised.') }),
  },
  { $defs: conditionDefs },
)
export type PolicyDefinition = Static<typeof PolicyDefinition>
