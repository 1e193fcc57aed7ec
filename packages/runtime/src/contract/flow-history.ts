import { type Static, Type } from 'typebox'
import { Closed, Id, Moment, Nullable, OneOf, Slug } from './wire.ts'

const stretch = {
  from: Type.Optional({
    ...Moment,
    description: 'Beginning of the period, inside it. Absent: 30 days before its end.',
  }),
  to: Type.Optional({ ...Moment, description: 'End of the period, outside it. Absent: now.' }),
  versions: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,9}(,[0-9]{1,9}){0,99}$',
      description: 'Versions of the flow, by the app version that first had each, with commas. Absent: all.',
    }),
  ),
}

/** Over which runs of a flow its history is told. */
export const FlowHistoryParameters = Closed(stretch)
export type FlowHistoryParameters = Static<typeof FlowHistoryParameters>

const Spans = Closed({
  count: Type.Integer(),
  averageMs: Type.Integer(),
  medianMs: Type.Integer({ description: 'The lower one of two middle values.' }),
  longestMs: Type.Integer(),
})
export type Spans = Static<typeof Spans>

/**
 * How a flow was gone through in a period, told from the trail of the records the caller may see. All times are elapsed
 * milliseconds; a time belongs to the period in which it ended.
 */
export const FlowHistory = Closed({
  from: Moment,
  to: Moment,
  versions: Type.Array(
    Closed({ version: Type.Integer(), runs: Type.Integer({ description: 'Runs that follow it, in any period.' }) }),
    { description: 'Newest first. A run that was moved counts with the version it follows now.' },
  ),
  runs: Closed({ started: Type.Integer(), ended: Type.Integer() }),
  nodes: Type.Array(
    Closed({
      node: Type.String(),
      visits: Type.Integer({ description: 'Times it was entered.' }),
      records: Type.Integer({ description: 'Records that entered it.' }),
      returns: Type.Integer({ description: 'Times it was entered again by a run that had been there before.' }),
      standing: Type.Integer({ description: 'Tokens that stand there now.' }),
      stay: { ...Nullable(Spans), description: 'From entering to leaving; null: nothing has left it.' },
      waiting: { ...Nullable(Spans), description: 'From the task to whoever took it up, of completed tasks.' },
      working: { ...Nullable(Spans), description: 'From taking it up to its completion.' },
    }),
  ),
  edges: Type.Array(Closed({ edge: Type.String(), passed: Type.Integer(), records: Type.Integer() })),
})
export type FlowHistory = Static<typeof FlowHistory>

const figures = ['visits', 'returns', 'standing', 'stay', 'waiting', 'working', 'passed'] as const
export type FlowFigure = (typeof figures)[number]

/** Asks for what one number of the history counts. */
export const FlowHistoryRecordsParameters = Closed({
  ...stretch,
  figure: OneOf(figures, { description: '`passed`: of an edge; all others: of a node.' }),
  element: Type.String({ maxLength: 60, description: 'Id of the node or edge.' }),
})
export type FlowHistoryRecordsParameters = Static<typeof FlowHistoryRecordsParameters>

/** One line for each time that was counted, of times the longest first, else the latest. */
export const FlowHistoryRecords = Closed({
  items: Type.Array(
    Closed({
      form: Slug,
      id: Id,
      title: Type.String(),
      at: Moment,
      ms: Nullable(Type.Integer({ description: 'The time it took; null: it is no time.' })),
    }),
  ),
  more: Type.Boolean({ description: 'There are more than are listed.' }),
})
export type FlowHistoryRecords = Static<typeof FlowHistoryRecords>
