import { resolveText } from '@tenon/engine'
import type { WidgetOf } from '../../definitions/board.ts'
import { categoryOf, measuresOf } from '../categories.ts'
import type { ChartInput, TableScene } from '../contract.ts'
import { numberOf, numberText } from '../format.ts'

/** The answer as it is. Every figure leads to its rows. */
export function encodeTable(widget: Pick<WidgetOf<'table'>, 'options'>, input: ChartInput): TableScene | undefined {
  const { answer, dimensions, locale } = input
  if (answer.rows.length === 0) return undefined
  const measures = measuresOf(input)
  const largest = measures.map((measure, index) =>
    Math.max(...answer.rows.map((row) => numberOf(row[dimensions + index] ?? null, measure) ?? 0)),
  )
  return {
    type: 'table',
    columns: answer.columns.map(({ id, label }, index) => ({
      id,
      label: resolveText(label, locale),
      align: index < dimensions ? 'left' : 'right',
    })),
    rows: answer.rows.map((row) =>
      answer.columns.map((column, index) => {
        const cell = row[index] ?? null
        if (index < dimensions) {
          const { label, tone } = categoryOf(column, cell, input)
          return { text: label, tone, mark: null, share: null }
        }
        const value = numberOf(cell, column)
        const most = largest[index - dimensions] ?? 0
        return {
          text: numberText(value, column, locale),
          tone: undefined,
          mark: value === null ? null : { keys: row.slice(0, dimensions), measure: column.id },
          share: widget.options?.bars === true && value !== null && most > 0 ? Math.max(value, 0) / most : null,
        }
      }),
    ),
  }
}
