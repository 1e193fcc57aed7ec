import { type Static, Type } from 'typebox'
import { ActionList } from '../actions/schemas.ts'
import { Field } from '../fields/schemas.ts'
import { Condition, conditionDefs, RowCondition } from './condition.ts'
import { Closed, FormulaText, OneOf, Slug, Text, about, keysRefer, kindHead, refers } from './schema.ts'

export const stageCategories = ['new', 'open', 'waiting-customer', 'waiting-third-party', 'waiting-parts', 'resolved', 'closed', 'cancelled'] as const
export type StageCategory = (typeof stageCategories)[number]
export const tones = ['info', 'success', 'warning', 'danger', 'neutral', 'violet', 'teal'] as const
export type Tone = (typeof tones)[number]

export const Stage = Closed({
  id: Slug(),
  label: Text,
  category: OneOf(stageCategories, about('类别', 'Category', 'What clocks, KPIs and the portal look at; the name is free.')),
  customerLabel: Type.Optional(Text),
  tone: Type.Optional(OneOf(tones)),
})
export type Stage = Static<typeof Stage>

export const Section = Closed({
  section: Slug(),
  label: Type.Optional(Text),
  columns: Type.Optional(Type.Integer({ minimum: 1, maximum: 4, ...about('列数', 'Columns', 'Absent: 2.') })),
  items: Type.Array(Type.Union([
    Type.String(refers('field')),
    Closed({ field: Type.String(refers('field')), span: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })) }),
  ])),
  visibleWhen: Type.Optional(Condition),
  collapsed: Type.Optional(Type.Boolean(about('默认折叠', 'Collapsed', 'Absent: open.'))),
})
export type Section = Static<typeof Section>

export const View = Closed({
  id: Slug(),
  type: Type.Literal('table'),
  label: Text,
  where: Type.Optional(RowCondition),
  columns: Type.Array(Type.String(refers('field', { path: true })), { minItems: 1, ...about('列', 'Columns', 'Field ids; a path may follow a link: customer.level.') }),
  sort: Type.Optional(Type.Array(Type.String(refers('field', { path: true, sign: true })), about('排序', 'Sort', 'Field ids, `-` in front for descending; absent: newest first.'))),
  roles: Type.Optional(Type.Array(Type.String(refers('role')), about('可见角色', 'Roles', 'Absent: everybody.'))),
})
export type View = Static<typeof View>

export const recordRights = ['read', 'create', 'update', 'delete', 'comment', 'export', 'import', 'bulk'] as const
export type RecordRight = (typeof recordRights)[number]

/** What a role may do with which rows and fields. Rights of several entries add up, per row; nothing named is nothing allowed. */
export const AccessEntry = Closed({
  id: Slug(),
  role: Type.String({ ...about('角色', 'Role', 'A role of the app, or `*` for every signed-in user of the app.'), ...refers('role', { except: ['*'] }) }),
  rows: Type.Optional(RowCondition),
  can: Type.Array(OneOf(recordRights)),
  fields: Type.Optional(Type.Record(Type.String(), OneOf(['hidden', 'read', 'edit'] as const), { ...about('字段', 'Fields', 'Rights on single fields; a field not named may be read, and edited where the entry allows update or create.'), ...keysRefer('field') })),
})
export type AccessEntry = Static<typeof AccessEntry>

export const FormAction = Closed({
  id: Slug(),
  label: Text,
  tone: Type.Optional(OneOf(['primary', 'danger', 'default'] as const)),
  visibleWhen: Type.Optional(Condition),
  roles: Type.Optional(Type.Array(Type.String(refers('role')), about('角色', 'Roles', 'Who has the button; absent: everybody who may update the record.'))),
  confirm: Type.Optional(Text),
  actions: ActionList,
})
export type FormAction = Static<typeof FormAction>

export const FormDefinition = Closed({
  ...kindHead('form'),
  label: Text,
  plural: Type.Optional(Text),
  description: Type.Optional(Text),
  icon: Type.Optional(Type.String()),
  title: Closed({ formula: FormulaText(about('标题', 'Title', 'FEEL giving the name a record is shown by.')) }),
  fields: Type.Array(Field, { maxItems: 500 }),
  layout: Type.Optional(Type.Array(Section)),
  checks: Type.Optional(Type.Array(Closed({ id: Slug(), must: Condition, message: Text, at: Type.String(refers('field')) }))),
  views: Type.Optional(Type.Array(View)),
  actions: Type.Optional(Type.Array(FormAction)),
  access: Type.Optional(Type.Array(AccessEntry)),
  stages: Type.Optional(Type.Array(Stage)),
}, { $defs: conditionDefs })
export type FormDefinition = Static<typeof FormDefinition>
