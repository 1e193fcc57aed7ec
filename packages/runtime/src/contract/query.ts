import { type Static, Type } from 'typebox'
import { Closed, Document, Nullable, Refs, Text } from './wire.ts'

export const QueryRequest = Closed({ query: Document })
export type QueryRequest = Static<typeof QueryRequest>

export const QueryColumn = Closed({
  id: Type.String(),
  kind: Type.String({ description: 'Value kind of the cells.' }),
  unit: Nullable(Type.String()),
  label: Text,
  labels: Type.Optional(
    Type.Record(Type.String(), Text, { description: 'Names of the options that appear in the cells, by their id.' }),
  ),
})
export type QueryColumn = Static<typeof QueryColumn>
/** Rows of a report query under my rights. `matched`: records that the query counted. */
export const QueryAnswer = Closed({
  columns: Type.Array(QueryColumn),
  rows: Type.Array(Type.Array(Type.Unknown())),
  matched: Type.Integer(),
  refs: Type.Optional(Refs),
})
export type QueryAnswer = Static<typeof QueryAnswer>

export const BoardWidgetData = Closed({
  id: Type.String(),
  answer: Nullable(QueryAnswer),
  previous: Type.Optional(Nullable(QueryAnswer)),
  problem: Nullable(Closed({ code: Type.String(), message: Type.String() })),
})
/** A board and all its data in one answer; a widget that fails says so and leaves the others alone. */
export const BoardData = Closed({
  board: Document,
  metrics: Type.Array(Document),
  widgets: Type.Array(BoardWidgetData),
  asOf: Type.String(),
})
export type BoardData = Static<typeof BoardData>
