import {
  about,
  absentMeans,
  Closed,
  conditionDefs,
  keysRefer,
  kindHead,
  named,
  refers,
  Slug,
  Text,
  taggedUnion,
} from '@tenon/engine'
import { type Static, Type } from 'typebox'
import { BarWidget } from '../charts/bar/schema.ts'
import { LineWidget } from '../charts/line/schema.ts'
import { NumberWidget } from '../charts/number/schema.ts'
import { PieWidget } from '../charts/pie/schema.ts'
import { TableWidget } from '../charts/table/schema.ts'
import { TextWidget } from '../charts/text/schema.ts'
import { FieldPath } from './query.ts'

export const widgetSchemas = {
  number: NumberWidget,
  line: LineWidget,
  bar: BarWidget,
  pie: PieWidget,
  table: TableWidget,
  text: TextWidget,
} as const
export const Widget = taggedUnion('type', Object.values(widgetSchemas))
export type Widget = Static<typeof Widget>
export type WidgetType = Widget['type']
export type WidgetOf<T extends WidgetType> = Extract<Widget, { type: T }>
/** A widget that shows data. */
export type QueryWidget = Exclude<Widget, { type: 'text' }>

const filterHead = {
  id: Slug(about('标识', 'Id', 'Permanent id of the filter.')),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
}
const perForm = (zh: string, en: string, text: string) =>
  Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_/]{0,80}$' }), FieldPath(), {
    ...about(zh, en, text),
    ...keysRefer('form'),
  })

/** A filter above the board; a widget takes part when the filter names a field of its form. */
export const BoardFilter = taggedUnion('type', [
  Closed({
    type: Type.Literal('period', about('时段', 'Period', 'A stretch of time back from now, or days from … to.')),
    ...filterHead,
    at: Type.Optional(
      perForm(
        '时间字段',
        'Time fields',
        "Per form the day or moment the period looks at; absent: the `at` of the widget's metric, else created_at.",
      ),
    ),
    default: Type.Optional(
      Type.String({
        pattern: '^P(\\d+[DWMY])$',
        ...about(
          '默认',
          'Default',
          'Chosen when the board opens: the last P30D (30 days), P12M (12 months) …; absent: all time.',
          absentMeans('全部时间', 'All time'),
        ),
      }),
    ),
  }),
  Closed({
    type: Type.Literal('field', about('字段的值', 'Values of a field', 'Records whose field has one of the values.')),
    ...filterHead,
    fields: perForm('字段', 'Fields', 'Per form the field that is compared.'),
    default: Type.Optional(
      Type.Array(Type.String(), about('默认', 'Default', 'Values chosen when the board opens; absent: all.')),
    ),
  }),
])
export type BoardFilter = Static<typeof BoardFilter>

export const BoardDefinition = Closed(
  {
    ...kindHead('board'),
    label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
    description: Type.Optional(named(Text, '说明', 'Description', 'What the board is for; absent: nothing.')),
    roles: Type.Optional(
      Type.Array(
        Type.String(refers('role')),
        about(
          '可见角色',
          'Roles',
          "Who may open the board; figures follow each viewer's own rights in any case. Absent: everybody of the app.",
        ),
      ),
    ),
    filters: Type.Optional(
      Type.Array(BoardFilter, {
        maxItems: 12,
        ...about('筛选器', 'Filters', 'What readers may choose above the board; absent: nothing.'),
      }),
    ),
    widgets: Type.Array(Widget, { maxItems: 60 }),
  },
  { $defs: conditionDefs },
)
export type BoardDefinition = Static<typeof BoardDefinition>
