import { about, Closed, Slug, Text, named as titled } from '@tenon/engine'
import { type TProperties, Type } from 'typebox'
import { queryProperties } from '../definitions/query.ts'

/** Place on the board's twelve-column grid, in cells. */
const GridPlace = Closed({
  x: Type.Integer({ minimum: 0, maximum: 11 }),
  y: Type.Integer({ minimum: 0, maximum: 500 }),
  w: Type.Integer({ minimum: 1, maximum: 12 }),
  h: Type.Integer({ minimum: 1, maximum: 40 }),
})

/** What every widget says, whatever it draws. */
export const widgetHead = <T extends string>(type: T) => ({
  type: Type.Literal(type),
  id: Slug(about('标识', 'Id', 'Permanent id of the widget.')),
  label: titled(Text, '标题', 'Title', 'Shown above it; free to change.'),
  at: GridPlace,
})

/** The question of a widget; the zone is the viewer's. */
const WidgetQuery = Closed(queryProperties, { 'x-scope': 'form' })

const named = (zh: string, en: string) => ({ title: en, 'x-ui': { titles: { 'zh-CN': zh, en } } })

/** Schema of a widget that asks one question. */
export const queryWidget = <T extends string, P extends TProperties>(
  type: T,
  title: readonly [string, string],
  options: P,
) =>
  Closed(
    { ...widgetHead(type), query: WidgetQuery, options: Type.Optional(Closed(options)) },
    named(title[0], title[1]),
  )
