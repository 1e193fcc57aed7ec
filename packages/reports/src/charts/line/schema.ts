import { about } from '@tenon/engine'
import { Type } from 'typebox'
import { queryWidget } from '../widget-base.ts'

/** A course over time: first dimension along, second (or the measures) as lines. */
export const LineWidget = queryWidget('line', ['折线图', 'Line'], {
  area: Type.Optional(Type.Boolean(about('填充', 'Area', 'Fills below the line; absent: no.'))),
})
