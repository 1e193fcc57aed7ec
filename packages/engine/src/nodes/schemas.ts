import { type Static, Type } from 'typebox'
import { ActionList, decides } from '../actions/schemas.ts'
import { Limit } from '../definitions/ladder.ts'
import {
  about,
  absentMeans,
  buttonWords,
  Closed,
  keysRefer,
  named,
  OneOf,
  refers,
  Slug,
  Text,
} from '../definitions/schema.ts'
import { ValueExpression, WhoList } from '../definitions/value-expression.ts'
import { activityBase, Join } from './activity-schemas.ts'
import { Awaited, Thrown, ThrownAtEnd, Trigger } from './triggers.ts'
import { approvalPolicy } from './userTask/policy.ts'

const base = {
  id: Slug(about('标识', 'Id', 'Permanent id of the node.')),
  label: Type.Optional(named(Text, '名称', 'Label', 'Absent: the id.')),
  customerLabel: Type.Optional(
    named(
      Text,
      '客户可见名称',
      'Customer label',
      'What customers read as progress; absent: the step is not shown to them.',
    ),
  ),
  stage: Type.Optional(
    Type.String({
      ...about(
        '阶段',
        'Stage',
        'Stage the record gets when the node is entered; absent: unchanged.',
        absentMeans('不变', 'Unchanged'),
      ),
      ...refers('stage'),
    }),
  ),
  at: Type.Optional(
    Type.Array(Type.Number(), {
      minItems: 2,
      maxItems: 2,
      ...about(
        '位置',
        'Position',
        'Place of its upper left corner on the canvas [x, y]; absent: laid out automatically. No meaning at run time.',
        { hidden: true },
      ),
    }),
  ),
  size: Type.Optional(
    Type.Array(Type.Number({ minimum: 1 }), {
      minItems: 2,
      maxItems: 2,
      ...about(
        '大小',
        'Size',
        'Width and height on the canvas [w, h]; absent: the usual size of its type. No meaning at run time.',
        { hidden: true },
      ),
    }),
  ),
  parent: Type.Optional(
    Type.String({
      ...about('所在子流程', 'Parent', 'The sub-process it is in; absent: the flow itself.'),
      ...refers('node'),
    }),
  ),
}
const interrupting = Type.Optional(
  Type.Boolean(about('中断', 'Interrupting', 'Ends what it watches when it fires; absent: yes.', { absent: true })),
)
const join = Type.Optional(
  named(Join, '汇聚条件', 'Join', 'How many incoming edges are enough; absent: all that can still come.'),
)
const names = Type.Record(Type.String(), ValueExpression)

export type Outcome = Static<typeof Outcome>
export const Outcome = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the outcome.')),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  tone: Type.Optional(
    OneOf(
      ['primary', 'danger', 'default'] as const,
      buttonWords,
      about('样式', 'Tone', 'Look of the button; absent: default.', { absent: 'default' }),
    ),
  ),
  requiresComment: Type.Optional(
    Type.Boolean(about('必填意见', 'Comment required', 'A comment must be given; absent: no.')),
  ),
  veto: Type.Optional(
    Type.Boolean(
      about(
        '一票否决',
        'Veto',
        'In the modes all and sequential, one such answer decides the task at once; absent: no.',
      ),
    ),
  ),
})

/** Schemas of the flow nodes, by BPMN's local name: the pure half's data. Behaviour is in `nodes/<type>/`. */
export const nodeSchemas = {
  startEvent: Closed({
    type: Type.Literal('startEvent'),
    ...base,
    on: Type.Optional(
      named(
        Trigger,
        '触发',
        'On',
        'In a sub-process triggered by an event: what makes it begin. Absent: it is entered.',
      ),
    ),
    interrupting,
  }),
  endEvent: Closed({
    type: Type.Literal('endEvent'),
    ...base,
    terminate: Type.Optional(
      Type.Boolean(
        about('终止', 'Terminate', 'Ends every other branch of its level too; absent: only this token ends.'),
      ),
    ),
    throws: Type.Optional(named(ThrownAtEnd, '抛出', 'Throws', 'What is thrown at the end; absent: nothing.')),
  }),
  userTask: Closed({
    type: Type.Literal('userTask'),
    ...base,
    ...activityBase,
    assign: Type.Optional(
      named(WhoList, '办理人', 'Assign', 'Who does it; absent: nobody, which most apps do not allow.'),
    ),
    ...approvalPolicy,
    assigneeField: Type.Optional(
      Type.String({
        ...about(
          '负责人字段',
          'Assignee field',
          'User field of the record that is set to whoever gets the task; absent: none.',
          absentMeans('不记录', 'None'),
        ),
        ...refers('field', { kinds: ['reference'], sets: true }),
      }),
    ),
    instruction: Type.Optional(named(Text, '办理说明', 'Instruction', 'What is to be done; absent: nothing is said.')),
    limit: Type.Optional(named(Limit, '时限', 'Limit', 'By when; absent: no limit.')),
    fields: Type.Optional(
      Type.Record(
        Type.String(),
        OneOf(['hidden', 'read', 'edit', 'required'] as const, {
          hidden: ['不可见', 'Hidden'],
          read: ['只读', 'Read only'],
          edit: ['可编辑', 'Editable'],
          required: ['必填', 'Required'],
        }),
        {
          ...about(
            '字段',
            'Fields',
            "What the person sees and must fill at this step. A field not named follows the form and the person's rights, and is read-only unless the form says otherwise at this step. Absent: no field is named.",
          ),
          ...keysRefer('field'),
        },
      ),
    ),
    outcomes: Type.Optional(
      Type.Array(Outcome, {
        maxItems: 20,
        ...about('办理结果', 'Outcomes', 'Answers to choose from; absent: done is done.'),
      }),
    ),
  }),
  exclusiveGateway: Closed({ type: Type.Literal('exclusiveGateway'), ...base }),
  parallelGateway: Closed({ type: Type.Literal('parallelGateway'), ...base, join }),
  inclusiveGateway: Closed({ type: Type.Literal('inclusiveGateway'), ...base, join }),
  eventBasedGateway: Closed({ type: Type.Literal('eventBasedGateway'), ...base }),
  intermediateCatchEvent: Closed({
    type: Type.Literal('intermediateCatchEvent'),
    ...base,
    on: named(Awaited, '等待', 'On', 'What is waited for.'),
  }),
  intermediateThrowEvent: Closed({
    type: Type.Literal('intermediateThrowEvent'),
    ...base,
    throws: named(Thrown, '抛出', 'Throws', 'What is thrown.'),
  }),
  boundaryEvent: Closed({
    type: Type.Literal('boundaryEvent'),
    ...base,
    attachedTo: Type.String({ ...about('依附节点', 'Attached to', 'The activity it watches.'), ...refers('node') }),
    on: named(Trigger, '触发', 'On', 'What makes it fire.'),
    interrupting,
  }),
  serviceTask: Closed({
    type: Type.Literal('serviceTask'),
    ...base,
    ...activityBase,
    actions: named(ActionList, '动作', 'Actions', 'What is done, in order.'),
  }),
  businessRuleTask: Closed({
    type: Type.Literal('businessRuleTask'),
    ...base,
    ...activityBase,
    ...decides,
    set: Type.Optional(decides.set),
  }),
  subProcess: Closed({
    type: Type.Literal('subProcess'),
    ...base,
    ...activityBase,
    triggeredByEvent: Type.Optional(
      Type.Boolean(
        about(
          '事件子流程',
          'Triggered by event',
          'Begins by the event of its start event, beside its level; absent: no.',
        ),
      ),
    ),
  }),
  callActivity: Closed({
    type: Type.Literal('callActivity'),
    ...base,
    ...activityBase,
    flow: Type.String({
      ...about('流程', 'Flow', 'Flow that is called, in the version that is live when this is entered.'),
      ...refers('flow'),
    }),
    with: Type.Optional(
      named(names, '传入', 'With', 'Values the called flow reads in the fact flow, by name; absent: none.'),
    ),
    back: Type.Optional(
      named(
        Type.Record(Type.String(), ValueExpression, keysRefer('field', { sets: true, values: true })),
        '带回',
        'Back',
        'Fields of this record that are set when the called flow has ended, from its record and values; absent: none.',
      ),
    ),
    record: Type.Optional(
      named(
        ValueExpression,
        '记录',
        'Record',
        "Id of the record of the called flow's form, as a link holds it; absent: this record.",
      ),
    ),
    detached: Type.Optional(
      Type.Boolean(about('不等待', 'Detached', 'Only started, not waited for; absent: waited for.')),
    ),
  }),
} as const
