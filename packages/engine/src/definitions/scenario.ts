import { type Static, Type } from 'typebox'
import { Closed, Duration, Slug, Text, about, keysRefer, kindHead, keyedUnion, refers } from './schema.ts'

const Values = Type.Record(Type.String(), Type.Unknown())
const ValuesOfForm = Type.Record(Type.String(), Type.Unknown(), keysRefer('field', { of: 'form' }))

/** What a step expects. Every given part must hold; absent parts are not looked at. */
export const Expectation = Closed({
  record: Type.Optional(Closed({ as: Type.Optional(Type.String()), values: Values })),
  task: Type.Optional(Closed({
    as: Type.Optional(Type.String({ description: 'Alias of the record; absent: the last created.' })),
    node: Type.String(),
    state: Type.Optional(Type.String()),
    assignee: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  })),
  noTask: Type.Optional(Closed({ as: Type.Optional(Type.String()), node: Type.Optional(Type.String()) })),
  clock: Type.Optional(Closed({ as: Type.Optional(Type.String()), id: Type.String(), state: Type.Optional(Type.String()), due: Type.Optional(Type.String()), met: Type.Optional(Type.Boolean()) })),
  sent: Type.Optional(Type.Array(Closed({ channel: Type.String(), to: Type.String(), message: Type.Optional(Type.String()), times: Type.Optional(Type.Integer()) }))),
  instance: Type.Optional(Closed({ as: Type.Optional(Type.String()), flow: Type.String(refers('flow')), status: Type.String() })),
  rejected: Type.Optional(Type.String({ description: 'The step just before was refused with this code.' })),
  count: Type.Optional(Closed({ form: Type.String(refers('form')), where: Type.Optional(Type.Unknown()), n: Type.Integer() })),
})

export const ScenarioStep = keyedUnion([
  Closed({ advance: Duration() }),
  Closed({ expect: Expectation }),
  Closed({
    do: Type.Unsafe<'record.create' | 'record.update' | 'record.comment' | 'record.action' | 'task.claim' | 'task.complete' | 'task.transfer'>({ type: 'string', enum: ['record.create', 'record.update', 'record.comment', 'record.action', 'task.claim', 'task.complete', 'task.transfer'] }),
    by: Type.String({ description: 'User name of who does it.' }),
    as: Type.Optional(Type.String({ description: 'Alias for the created record, used by later steps.' })),
    of: Type.Optional(Type.String({ description: 'Alias of the record it is about; absent: the last created.' })),
    form: Type.Optional(Type.String(refers('form'))),
    node: Type.Optional(Type.String({ description: 'Which open task of the record; absent: its only one.' })),
    outcome: Type.Optional(Type.String()),
    action: Type.Optional(Type.String()),
    values: Type.Optional(ValuesOfForm),
    comment: Type.Optional(Type.String()),
    visibility: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
  }),
])
export type ScenarioStep = Static<typeof ScenarioStep>

/** An executable example: given … when … then …; runs on the bare engine with a virtual clock. */
export const ScenarioDefinition = Closed({
  ...kindHead('scenario'),
  label: Type.Optional(Text),
  covers: Type.Optional(Type.Array(Type.String(), about('涵盖', 'Covers', 'Numbers of the capabilities it shows, e.g. S3-24.'))),
  future: Type.Optional(Type.Boolean(about('未来', 'Future', 'Known not to pass yet: reported, not failed.'))),
  given: Closed({
    now: Type.String(about('现在', 'Now', 'RFC 3339 moment the virtual clock starts at.')),
    people: Type.Optional(Type.Array(Closed({
      username: Type.String(), roles: Type.Array(Type.String(refers('role'))),
      superior: Type.Optional(Type.String()), department: Type.Optional(Type.String()),
      skills: Type.Optional(Type.Array(Type.String())), regions: Type.Optional(Type.Array(Type.String())),
      capacity: Type.Optional(Type.Integer()), away: Type.Optional(Type.Boolean()),
    }), about('人员', 'People', 'The organisation of the example; absent: none.'))),
    records: Type.Optional(Type.Record(Type.String(), Closed({ form: Slug(refers('form')), values: ValuesOfForm }))),
  }),
  steps: Type.Array(ScenarioStep),
})
export type ScenarioDefinition = Static<typeof ScenarioDefinition>
