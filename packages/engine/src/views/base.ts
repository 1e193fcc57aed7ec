import { Type } from 'typebox'
import { RowCondition } from '../definitions/condition.ts'
import { about, literally, named, refers, Slug, Text } from '../definitions/schema.ts'

/** What every view begins with, whatever it is drawn as. */
export const head = <const T extends string>(type: T, zh: string, en: string) => ({
  id: Slug(about('标识', 'Id', 'Permanent id of the view.')),
  type: literally(type, zh, en),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
})

export const where = Type.Optional(named(RowCondition, '筛选', 'Where', 'Records it shows; absent: all one may see.'))

/** The fields of a card; a file of the view and the view as a table have them as columns. */
export const cardFields = Type.Optional(
  Type.Array(
    Type.String(refers('field', { path: true })),
    about(
      '显示字段',
      'Fields',
      'Fields shown beside the title, also the columns of an export; a path may follow a link. Absent: the title only.',
    ),
  ),
)

export const tail = {
  sort: Type.Optional(
    Type.Array(
      Type.String(refers('field', { path: true, sign: true })),
      about('排序', 'Sort', 'Field ids, `-` in front for descending; absent: newest first.'),
    ),
  ),
  roles: Type.Optional(Type.Array(Type.String(refers('role')), about('可见角色', 'Roles', 'Absent: everybody.'))),
}

export const tone = Type.Optional(
  Type.String({
    ...about('颜色依据', 'Colour by', 'Field whose option gives the colour; absent: one colour for all.'),
    ...refers('field', { fits: 'choice' }),
  }),
)
