import { about } from '@tenon/engine'
import { Type } from 'typebox'
import { queryWidget } from '../widget-base.ts'

/** The figures as they are: a row per group, a column per measure. */
export const TableWidget = queryWidget('table', ['表格', 'Table'], {
  bars: Type.Optional(Type.Boolean(about('数据条', 'Bars', 'A bar behind each figure; absent: no.'))),
})
