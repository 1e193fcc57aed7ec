import { about } from '@tenon/engine'
import { Type } from 'typebox'
import { queryWidget } from '../widget-base.ts'

/** Bars by the first dimension; the second (or the measures) side by side or stacked. */
export const BarWidget = queryWidget('bar', ['柱状图', 'Bar'], {
  horizontal: Type.Optional(
    Type.Boolean(about('横向', 'Horizontal', 'Bars lie; good for long names. Absent: they stand.')),
  ),
  stacked: Type.Optional(Type.Boolean(about('堆叠', 'Stacked', 'Absent: side by side.'))),
})
