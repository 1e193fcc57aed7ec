import { type Static, type TSchema, Type } from 'typebox'
import { WhyLine } from './alerts.ts'
import { AppFiles } from './design.ts'
import { Closed, Document, Id, Moment, Nullable, OneOf, Refs, Slug, Text, Values } from './wire.ts'

/** Which definitions are meant. */
const { files, revision } = AppFiles.properties
const definitions = {
  files,
  draft: Type.Optional(
    Type.String({
      maxLength: 60,
      description: 'Draft whose files are meant; absent, without files: the live version.',
    }),
  ),
  revision,
}

/** Asks what a rule would have done with what really happened. */
export const Backtest = Closed({
  ...definitions,
  rule: Type.Unsafe<string | Record<string, unknown>>({
    anyOf: [
      { type: 'string', maxLength: 60 },
      { type: 'object', additionalProperties: true },
    ],
    description: 'Id of a rule of these definitions, or a rule document that takes the place of the one with its id.',
  }),
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 366, description: 'What happened in the last so many days. Absent: 90.' }),
  ),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, description: 'Records looked at, the newest. Absent: 200.' }),
  ),
})
export type Backtest = Static<typeof Backtest>

/** Only records the caller may see are looked at and counted, without the fields he may not read. Nothing is written. */
export const BacktestAnswer = Closed({
  since: Moment,
  records: Type.Integer({ description: 'Records looked at.' }),
  more: Type.Boolean({
    description:
      'There were more records, moments or occurrences of a schedule than are looked at, or counted by figures, in one answer.',
  }),
  looks: Type.Integer({
    description: 'Moments at which one of its triggers would have come; the newest 500 are listed.',
  }),
  fired: Type.Integer({ description: 'How often its condition held.' }),
  firedRecords: Type.Integer({ description: 'In how many records.' }),
  hidden: Type.Array(Type.String(), {
    description: 'Fields of the condition that the caller may not read in every row: they were blank.',
  }),
  runs: Type.Array(
    Closed({
      form: Slug,
      record: { ...Nullable(Id), description: 'null: the rule runs without one, by its schedule or its figures.' },
      title: Type.String({ description: 'Of the record; empty without one.' }),
      at: Moment,
      event: Type.String(),
      holds: Type.Boolean(),
      why: Type.Array(WhyLine),
      actions: Type.Array(Closed({ id: Type.String(), type: Type.String(), what: Text })),
    }),
    { description: 'Oldest first.' },
  ),
})
export type BacktestAnswer = Static<typeof BacktestAnswer>

/** Asks what definitions would have made of what people did with the newest records. */
export const Replay = Closed({
  ...definitions,
  form: Slug,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: 'Records, the newest. Absent: 100.' })),
})
export type Replay = Static<typeof Replay>

const ReplayStep = Closed({ flow: Type.String(), node: Type.String() })
const ReplayClock = Nullable(
  Closed({ state: Type.String(), met: Nullable(Type.Boolean()), breached: Type.Boolean(), dueAt: Nullable(Moment) }),
)
const sides = <S extends TSchema>(of: S) => ({ before: of, after: of })

/**
 * `before`: the record's history played under the live definitions, `after`: under those that were asked about. Only
 * records the caller may see, without the fields he may not read. Nothing is written.
 */
export const ReplayAnswer = Closed({
  records: Type.Integer({ description: 'Records played.' }),
  more: Type.Boolean({ description: 'There are older ones.' }),
  differing: Type.Integer(),
  notReplayed: Type.Array(Closed({ type: Type.String(), count: Type.Integer() }), {
    description: 'Entries of persons that were not done again, by type.',
  }),
  differences: Type.Array(
    Closed({
      record: Id,
      title: Type.String(),
      faithful: Type.Boolean({ description: 'Played under the live definitions it took the way it has really gone.' }),
      path: Nullable(Closed(sides(Type.Array(ReplayStep)))),
      owners: Type.Array(Closed({ ...ReplayStep.properties, ...sides(Nullable(Type.String())) }), {
        description: 'Of the same task, by user name; null: nobody.',
      }),
      clocks: Type.Array(Closed({ clock: Type.String(), ...sides(ReplayClock) }), {
        description: 'By id in the policy; of a time limit, the node. null: there was none.',
      }),
      rules: Type.Array(Closed({ rule: Type.String(), ...sides(Type.Integer()) }), {
        description: 'How often a rule acted.',
      }),
      values: Type.Array(Closed({ field: Type.String(), ...sides(Type.Unknown()) }), {
        description: 'Values at the end; links and files are not compared.',
      }),
      refused: Type.Array(
        Closed({
          at: Moment,
          do: Type.String(),
          by: Type.String(),
          node: Nullable(Type.String()),
          message: Type.String(),
        }),
        { description: 'What people did then and could not have done.' },
      ),
    }),
    { description: 'Newest record first.' },
  ),
})
export type ReplayAnswer = Static<typeof ReplayAnswer>

/** Tries definitions out in memory, with the people there are and a copy of a record. */
export const Simulation = Closed({
  ...definitions,
  form: Slug,
  record: Type.Optional({
    ...Id,
    description: 'A record the caller may see: a copy of it, and of what it links to, is made at the start.',
  }),
  values: Type.Optional({
    ...Values,
    description:
      'Values of the record, where none is named, as a form gives them: of people and records the ids. Absent: none.',
  }),
  now: Type.Optional({ ...Moment, description: 'Moment the virtual clock starts at; absent: this one.' }),
  steps: Type.Array(Document, {
    maxItems: 200,
    description: 'Steps of a scenario: `do … by`, `advance`, `expect`. The record is called `it`.',
  }),
})
export type Simulation = Static<typeof Simulation>

/** How everything stands after the last step. People by their user names. */
export const Simulated = Closed({
  now: Moment,
  failures: Type.Array(Closed({ step: Type.Integer(), message: Type.String() }), {
    description: 'Steps that were refused or expected something else; −1: the record could not be made.',
  }),
  record: Nullable(Closed({ form: Slug, title: Type.String(), values: Values })),
  names: Type.Unsafe<{ readonly [id: string]: string }>({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What the ids of records and people in the values stand for.',
  }),
  instances: Type.Array(
    Closed({
      form: Slug,
      flow: Slug,
      status: OneOf(['running', 'completed', 'cancelled', 'dead'] as const),
      nodes: Type.Array(Type.String(), { description: 'Where its tokens stand.' }),
    }),
  ),
  tasks: Type.Array(
    Closed({
      form: Slug,
      flow: Slug,
      node: Type.String(),
      label: Text,
      outcomes: Type.Array(Closed({ id: Type.String(), label: Text })),
      people: Type.Array(Type.String(), {
        description: 'User names of those who may do it: whoever has it, else everybody it is offered to.',
      }),
      assignee: Nullable(Type.String()),
      candidates: Type.Array(Closed({ kind: OneOf(['user', 'role', 'department'] as const), ref: Type.String() })),
      dueAt: Nullable(Moment),
    }),
    { description: 'Open tasks.' },
  ),
  timers: Type.Array(
    Closed({
      kind: Type.String(),
      at: Moment,
      node: Nullable(Type.String({ description: 'Of a flow.' })),
      rule: Nullable(Type.String({ description: 'That waits for it.' })),
    }),
    { description: 'What will happen by itself, the next first.' },
  ),
  clocks: Type.Array(
    Closed({
      form: Slug,
      clock: Type.String({ description: 'Id in its policy; of a time limit, the node.' }),
      state: Type.String(),
      dueAt: Nullable(Moment),
      met: Nullable(Type.Boolean()),
    }),
  ),
  messages: Type.Array(
    Closed({
      channel: OneOf(['inbox', 'email', 'sms', 'webhook'] as const),
      to: Nullable(Type.String()),
      title: Type.String(),
      body: Type.String(),
      message: Nullable(Type.String({ description: 'Message definition.' })),
    }),
    { description: 'What would have been sent. Nothing was.' },
  ),
  audit: Type.Array(
    Closed({
      form: Slug,
      at: Moment,
      type: Type.String(),
      actor: Nullable(Type.String({ description: 'null: the system.' })),
      cause: Nullable(Type.String()),
      data: Document,
    }),
    { description: 'The trail of every record of the simulation, oldest first.' },
  ),
  scenario: Type.Unsafe<Record<string, unknown>>({
    ...Document,
    description: 'The same as a scenario document: saved under `scenarios/`, it plays exactly this again.',
  }),
})
export type Simulated = Static<typeof Simulated>

/** Asks whom an assignment strategy would choose now, with the people and the work there are. */
export const AssignmentTry = Closed({
  ...definitions,
  strategy: { ...Slug, description: 'Id of a strategy of these definitions.' },
  form: Slug,
  record: Type.Optional({ ...Id, description: 'A record the caller may see; absent: one with the given values.' }),
  values: Type.Optional({ ...Values, description: 'Values of the record, where none is named. Absent: none.' }),
})
export type AssignmentTry = Static<typeof AssignmentTry>

/**
 * What the strategy makes of everybody in its pool. Of the record only what the caller may see is looked at. No task is
 * there yet, so conditions on `task` see nothing. Nothing is written.
 */
export const AssignmentTried = Closed({
  chosen: { ...Nullable(Id), description: 'null: nobody passed every filter.' },
  fallback: Type.Array(Id, { description: 'Who would get it then.' }),
  candidates: Type.Array(
    Closed({
      user: Id,
      failed: Type.Array(Type.String(), { description: 'Filters by id; or inactive, away, refused.' }),
      scores: Type.Array(Closed({ id: Type.String(), value: Type.Number(), weighted: Type.Number() })),
      total: Type.Number(),
      openTasks: Type.Integer(),
      capacity: Type.Integer(),
    }),
    { description: 'Best first; those who failed a filter last.' },
  ),
  refs: Refs,
})
export type AssignmentTried = Static<typeof AssignmentTried>

/** A question about records with metrics of a draft: each takes the place of the published one with its id. */
export const MetricQuery = Closed({
  query: Document,
  metrics: Type.Array(Document, { maxItems: 500 }),
})
export type MetricQuery = Static<typeof MetricQuery>
