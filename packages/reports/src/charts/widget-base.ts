import { about, Closed, Slug, Text, named as titled } from '@tenon/engine'
import { type TProperties, Type } from 'typebox'
import { queryProperties } from '../definitions/query.ts'

const cells = (zh: string, en: string, description: string, minimum: number, maximum: number) =>
  Type.Integer({ minimum, maximum, ...about(zh, en, description) })

/** Place on the board's twelve-column grid, in cells. */
const GridPlace = Closed(
  {
    x: cells('横向位置', 'Column', 'Cells from the left edge.', 0, 11),
    y: cells('纵向位置', 'Row', 'Cells from the upper edge.', 0, 500),
    w: cells('宽度', 'Width', 'Cells it is wide.', 1, 12),
    h: cells('高度', 'Height', 'Cells it is high.', 1, 40),
  },
  about('位置', 'Place', "Where it stands on the board's twelve columns, in cells.", { hidden: true }),
)

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
