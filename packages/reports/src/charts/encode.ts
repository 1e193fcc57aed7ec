import type { QueryWidget } from '../definitions/board.ts'
import { encodeBar } from './bar/encode.ts'
import type { ChartInput, Scene } from './contract.ts'
import { encodeLine } from './line/encode.ts'
import { encodeNumber, type NumberGoal } from './number/encode.ts'
import { encodePie } from './pie/encode.ts'
import { encodeTable } from './table/encode.ts'

type Encoders = {
  readonly [T in QueryWidget['type']]: (
    widget: Extract<QueryWidget, { type: T }>,
    input: ChartInput,
    goal: NumberGoal,
  ) => Scene | undefined
}

/** Chart types; one that is missing here does not compile. */
const encoders: Encoders = {
  number: encodeNumber,
  line: encodeLine,
  bar: encodeBar,
  pie: encodePie,
  table: encodeTable,
}

/** What a widget shows of an answer; undefined: there is nothing to show. */
export function encodeWidget(widget: QueryWidget, input: ChartInput, goal: NumberGoal = {}): Scene | undefined {
  const encode = encoders[widget.type] as (
    widget: QueryWidget,
    input: ChartInput,
    goal: NumberGoal,
  ) => Scene | undefined
  return encode(widget, input, goal)
}
