import type { FieldValue, Locale, Tone } from '@tenon/engine'
import type { AnswerColumn } from '../query/plan.ts'

/** An answer as charts take it: over the wire or straight from the compiler. */
export type ChartAnswer = {
  readonly columns: readonly AnswerColumn[]
  readonly rows: readonly (readonly FieldValue[])[]
  readonly matched: number
}

/** Where a figure comes from: a row of the answer and the id of a measure. What a click drills into. */
export type ChartMark = { readonly keys: readonly FieldValue[]; readonly measure: string }

/** Name and tone of a value of a dimension; undefined: the value says it itself. */
export type NameOf = (
  column: AnswerColumn,
  value: FieldValue,
) => { readonly label: string; readonly tone?: Tone | undefined } | undefined

/** What a chart needs beside its widget. */
export type ChartInput = {
  readonly answer: ChartAnswer
  /** The same rows of the period before; absent: nothing is compared. */
  readonly previous?: ChartAnswer | undefined
  /** How many leading columns are dimensions. */
  readonly dimensions: number
  readonly locale: Locale
  readonly nameOf?: NameOf | undefined
}

/** A figure: what is drawn, what is read, and where it leads. */
export type Figure = { readonly value: number | null; readonly text: string; readonly mark: ChartMark | null }

export type NumberScene = {
  readonly type: 'number'
  readonly label: string
  readonly figure: Figure
  readonly target: { readonly text: string; readonly isMet: boolean | null } | null
  readonly change: {
    readonly text: string
    readonly direction: 'up' | 'down' | 'same'
    readonly tone: 'success' | 'danger' | 'neutral'
  } | null
}
export type Series = {
  readonly key: string
  readonly label: string
  readonly tone: Tone | undefined
  /** Place in the fixed series of eight colours; the same name has the same place wherever it can. */
  readonly color: number
  readonly points: readonly Figure[]
}
export type SeriesScene = {
  readonly type: 'line' | 'bar'
  readonly categories: readonly { readonly key: FieldValue; readonly label: string; readonly tone: Tone | undefined }[]
  readonly series: readonly Series[]
  /** Writes a number of the value axis. */
  readonly axis: (value: number) => string
  /** Distance of its marks where round numbers are not what people count in (durations); null: whatever is round. */
  readonly step: number | null
  /** Where it ends, when there is nothing beyond (the whole, of shares); null: wherever is round. */
  readonly end: number | null
  readonly stacked: boolean
  readonly horizontal: boolean
  readonly area: boolean
}
export type PieScene = {
  readonly type: 'pie'
  readonly slices: readonly {
    readonly key: string
    readonly label: string
    readonly tone: Tone | undefined
    readonly color: number
    readonly share: string
    readonly figure: Figure
  }[]
  readonly total: string
}
export type TableScene = {
  readonly type: 'table'
  readonly columns: readonly { readonly id: string; readonly label: string; readonly align: 'left' | 'right' }[]
  readonly rows: readonly (readonly {
    readonly text: string
    readonly tone: Tone | undefined
    readonly mark: ChartMark | null
    readonly share: number | null
  }[])[]
}
export type Scene = NumberScene | SeriesScene | PieScene | TableScene
