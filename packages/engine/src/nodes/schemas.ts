import { type Static, Type } from 'typebox'
import { Limit } from '../definitions/ladder.ts'
import { Closed, Duration, OneOf, Slug, Text, about, keysRefer, refers } from '../definitions/schema.ts'
import { WhoList } from '../definitions/value-expression.ts'
import { ActionList } from '../actions/schemas.ts'

const base = {
  id: Slug(about('标识', 'Id', 'Permanent id of the node.')),
  label: Type.Optional(Text),
  customerLabel: Type.Optional(Text),
  stage: Type.Optional(Type.String({ ...about('阶段', 'Stage', 'Stage the record gets when the node is entered; absent: unchanged.'), ...refers('stage') })),
  at: Type.Optional(Type.Array(Type.Number(), { minItems: 2, maxItems: 2, ...about('位置', 'Position', 'Place on the canvas [x, y]; absent: laid out automatically. No meaning at run time.') })),
}

const Timer = Closed({
  timer: Type.Union([
    Duration(),
    Closed({ until: Type.String({ description: 'Path of a date or dateTime field of the record, e.g. due_at.', ...refers('field', { path: true, kinds: ['instant', 'date'] }) }) }),
  ], about('定时', 'Timer', 'How long after entering, or until which field\'s moment.')),
  calendar: Type.Optional(Type.String({ ...about('日历', 'Calendar', 'Calendar that counts the duration; absent: every minute counts.'), ...refers('calendar') })),
})

export type Outcome = Static<typeof Outcome>
export const Outcome = Closed({
  id: Slug(),
  label: Text,
  tone: Type.Optional(OneOf(['primary', 'danger', 'default'] as const)),
  requiresComment: Type.Optional(Type.Boolean(about('必填意见', 'Comment required', 'A comment must be given; absent: no.'))),
  veto: Type.Optional(Type.Boolean(about('一票否决', 'Veto', 'In mode all, one such answer ends the task at once; absent: no.'))),
})

/** Schemas of the flow nodes, by BPMN's local name: the pure half's data. Behaviour is in `nodes/<type>/`. */
export const nodeSchemas = {
  startEvent: Closed({ type: Type.Literal('startEvent'), ...base }),
  endEvent: Closed({
    type: Type.Literal('endEvent'), ...base,
    terminate: Type.Optional(Type.Boolean(about('终止', 'Terminate', 'Ends every other branch too; absent: only this token ends.'))),
  }),
  userTask: Closed({
    type: Type.Literal('userTask'), ...base,
    assign: Type.Optional(WhoList),
    mode: Type.Optional(OneOf(['single', 'any', 'all'] as const, about('办理方式', 'Mode', 'single: one of them takes it; any (或签): each has it, the first answer counts; all (会签): each must answer. Absent: single.'))),
    assigneeField: Type.Optional(Type.String(about('负责人字段', 'Assignee field', 'User field of the record that is set to whoever gets the task; absent: none.'))),
    instruction: Type.Optional(Text),
    limit: Type.Optional(Limit),
    fields: Type.Optional(Type.Record(Type.String(), OneOf(['hidden', 'read', 'edit', 'required'] as const), { ...about('字段', 'Fields', 'What the person sees and must fill at this step. A field not named follows the form and the person\'s rights, and is read-only unless the form says otherwise at this step.'), ...keysRefer('field') })),
    outcomes: Type.Optional(Type.Array(Outcome, { maxItems: 20 })),
  }),
  exclusiveGateway: Closed({ type: Type.Literal('exclusiveGateway'), ...base }),
  parallelGateway: Closed({ type: Type.Literal('parallelGateway'), ...base }),
  intermediateCatchEvent: Closed({ type: Type.Literal('intermediateCatchEvent'), ...base, on: Timer }),
  boundaryEvent: Closed({
    type: Type.Literal('boundaryEvent'), ...base,
    attachedTo: Type.String({ ...about('依附节点', 'Attached to', 'The activity it watches.'), ...refers('node') }),
    on: Timer,
    interrupting: Type.Optional(Type.Boolean(about('中断', 'Interrupting', 'Cancels the activity when it fires; absent: yes.'))),
  }),
  serviceTask: Closed({ type: Type.Literal('serviceTask'), ...base, actions: ActionList }),
} as const

