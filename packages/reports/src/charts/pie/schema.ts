import { about } from '@tenon/engine'
import { Type } from 'typebox'
import { queryWidget } from '../widget-base.ts'

/** Shares of a whole by one dimension. */
export const PieWidget = queryWidget('pie', ['饼图', 'Pie'], {
  slices: Type.Optional(
    Type.Integer({ minimum: 2, maximum: 8, ...about('扇区数', 'Slices', 'Smaller ones become “others”; absent: 8.') }),
  ),
})
