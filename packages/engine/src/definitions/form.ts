import { type Static, Type } from 'typebox'
import { ActionList } from '../actions/schemas.ts'
import { Field } from '../fields/schemas.ts'
import { View } from '../views/schemas.ts'
import { Condition, conditionDefs, RowCondition } from './condition.ts'
import {
  about,
  buttonWords,
  Closed,
  FormulaText,
  Icon,
  keysRefer,
  kindHead,
  named,
  OneOf,
  refers,
  Slug,
  Text,
  toneWords,
} from './schema.ts'
import { ValueExpression } from './value-expression.ts'

const stageCategories = [
  'new',
  'open',
  'waiting-customer',
  'waiting-third-party',
  'waiting-parts',
  'resolved',
  'closed',
  'cancelled',
] as const
export type StageCategory = (typeof stageCategories)[number]
export const tones = ['info', 'success', 'warning', 'danger', 'neutral', 'violet', 'teal'] as const
export type Tone = (typeof tones)[number]

export const Stage = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the stage.')),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  category: OneOf(
    stageCategories,
    {
      new: ['新建', 'New'],
      open: ['处理中', 'Open'],
      'waiting-customer': ['等待客户', 'Waiting for the customer'],
      'waiting-third-party': ['等待第三方', 'Waiting for a third party'],
      'waiting-parts': ['等待备件', 'Waiting for parts'],
      resolved: ['已解决', 'Resolved'],
      closed: ['已关闭', 'Closed'],
      cancelled: ['已取消', 'Cancelled'],
    },
    about('类别', 'Category', 'What clocks, KPIs and the portal look at; the name is free.'),
  ),
  customerLabel: Type.Optional(
    named(Text, '客户可见名称', 'Customer label', 'What customers read instead; absent: the label.'),
  ),
  tone: Type.Optional(
    OneOf(tones, toneWords, about('颜色', 'Tone', 'Colour by meaning; absent: that of the category.')),
  ),
})
export type Stage = Static<typeof Stage>

export const Section = Closed({
  section: Slug(about('标识', 'Id', 'Permanent id of the section.')),
  label: Type.Optional(named(Text, '标题', 'Heading', 'Absent: no heading.')),
  columns: Type.Optional(Type.Integer({ minimum: 1, maximum: 4, ...about('列数', 'Columns', 'Absent: 2.') })),
  items: Type.Array(
    Type.Union([
      Type.String(refers('field')),
      Closed({
        field: Type.String({ ...about('字段', 'Field', 'Field of the form.'), ...refers('field') }),
        span: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 4, ...about('占列', 'Span', 'Columns it takes; absent: 1.') }),
        ),
      }),
    ]),
    about('内容', 'Items', 'Fields in the order they are shown.'),
  ),
  tab: Type.Optional(
    Slug(about('所在页签', 'Tab', 'Tab of the form it stands in; absent: above the tabs, always in sight.')),
  ),
  visibleWhen: Type.Optional(named(Condition, '显示条件', 'Visible when', 'Absent: always.')),
  collapsed: Type.Optional(Type.Boolean(about('默认折叠', 'Collapsed', 'Absent: open.'))),
})
export type Section = Static<typeof Section>

export const FormTab = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the tab.')),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
})
export type FormTab = Static<typeof FormTab>

export const recordRights = ['read', 'create', 'update', 'delete', 'comment', 'export', 'import', 'bulk'] as const
export type RecordRight = (typeof recordRights)[number]

/** What a role may do with which rows and fields. Rights of several entries add up, per row; nothing named is nothing allowed. */
export const AccessEntry = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the entry.')),
  role: Type.String({
    ...about('角色', 'Role', 'A role of the app, or `*` for every signed-in user of the app.'),
    ...refers('role', { except: ['*'] }),
  }),
  rows: Type.Optional(named(RowCondition, '数据范围', 'Rows', 'Records the entry speaks about; absent: all.')),
  can: Type.Array(
    OneOf(recordRights, {
      read: ['查看', 'View'],
      create: ['新建', 'Create'],
      update: ['编辑', 'Edit'],
      delete: ['删除', 'Delete'],
      comment: ['备注', 'Comment'],
      export: ['导出', 'Export'],
      import: ['导入', 'Import'],
      bulk: ['批量编辑', 'Bulk edit'],
    }),
    about('权限', 'Can', 'What the role may do with these records.'),
  ),
  fields: Type.Optional(
    Type.Record(
      Type.String(),
      OneOf(['hidden', 'read', 'edit'] as const, {
        hidden: ['不可见', 'Hidden'],
        read: ['只读', 'Read only'],
        edit: ['可编辑', 'Editable'],
      }),
      {
        ...about(
          '字段',
          'Fields',
          'Rights on single fields; a field not named may be read, and edited where the entry allows update or create. Absent: no field is special.',
        ),
        ...keysRefer('field'),
      },
    ),
  ),
})
export type AccessEntry = Static<typeof AccessEntry>

export const FormAction = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the button.')),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  tone: Type.Optional(
    OneOf(['primary', 'danger', 'default'] as const, buttonWords, about('样式', 'Tone', 'Absent: default.')),
  ),
  visibleWhen: Type.Optional(named(Condition, '显示条件', 'Visible when', 'Absent: always.')),
  roles: Type.Optional(
    Type.Array(
      Type.String(refers('role')),
      about('角色', 'Roles', 'Who has the button; absent: everybody who may update the record.'),
    ),
  ),
  confirm: Type.Optional(named(Text, '确认提示', 'Confirm', 'Question that is asked first; absent: none.')),
  actions: named(ActionList, '动作', 'Actions', 'What the button does, in order.'),
})
export type FormAction = Static<typeof FormAction>

/** What people without an account fill in, over a link that each installation makes for itself. */
export const PublicForm = Closed({
  closed: Type.Optional(
    Type.Boolean(about('已关闭', 'Closed', 'Nobody can send it in; what is set here stays. Absent: open.')),
  ),
  fields: Type.Array(Type.String(refers('field')), {
    minItems: 1,
    maxItems: 100,
    ...about('对外字段', 'Fields', 'Fields a stranger fills in. No others are shown or taken.'),
  }),
  title: Type.Optional(named(Text, '标题', 'Title', 'Heading of the page; absent: the name of the form.')),
  intro: Type.Optional(named(Text, '开头说明', 'Introduction', 'Stands above the fields; absent: nothing.')),
  thanks: Type.Optional(
    named(Text, '提交后的话', 'Thanks', 'What is said after it was sent, above the number; absent: a plain thank-you.'),
  ),
  values: Type.Optional(
    Type.Record(Type.String(), ValueExpression, {
      ...about(
        '预设值',
        'Values',
        'What a record that comes this way begins with, by field; a field on the page may still be changed there. Absent: the defaults of the fields.',
      ),
      ...keysRefer('field', { sets: true, values: true }),
    }),
  ),
})
export type PublicForm = Static<typeof PublicForm>

export const FormDefinition = Closed(
  {
    ...kindHead('form'),
    label: named(Text, '名称', 'Label', 'Name of one record, e.g. ticket.'),
    plural: Type.Optional(named(Text, '复数名称', 'Plural', 'Name of the list; absent: the label.')),
    description: Type.Optional(named(Text, '说明', 'Description', 'What the records are; absent: nothing.')),
    icon: Type.Optional(named(Icon, '图标', 'Icon', 'Name of an icon of the UI kit; absent: a plain one.')),
    title: Closed(
      { formula: FormulaText(about('标题', 'Title', 'FEEL giving the name a record is shown by.')) },
      about('记录标题', 'Title', 'How a record is named in lists, links and messages.'),
    ),
    fields: Type.Array(Field, { maxItems: 500, ...about('字段', 'Fields', 'What a record consists of.') }),
    layout: Type.Optional(
      Type.Array(Section, about('布局', 'Layout', 'Sections of the page; absent: all fields in their order.')),
    ),
    tabs: Type.Optional(
      Type.Array(FormTab, {
        maxItems: 20,
        ...about('页签', 'Tabs', 'Groups of sections of which one is open at a time; absent: none.'),
      }),
    ),
    checks: Type.Optional(
      Type.Array(
        Closed({
          id: Slug(about('标识', 'Id', 'Permanent id of the check.')),
          must: named(Condition, '必须满足', 'Must', 'What must be true of a record that is saved.'),
          message: named(Text, '提示', 'Message', 'What a person reads when it is not.'),
          at: Type.String({ ...about('提示位置', 'At', 'Field the message stands at.'), ...refers('field') }),
        }),
        about('校验', 'Checks', 'Rules across fields; absent: none.'),
      ),
    ),
    views: Type.Optional(
      Type.Array(View, about('视图', 'Views', 'Lists of records; absent: one with the first fields.')),
    ),
    actions: Type.Optional(Type.Array(FormAction, about('按钮', 'Buttons', 'Buttons on the record; absent: none.'))),
    access: Type.Optional(
      Type.Array(
        AccessEntry,
        about('权限', 'Access', 'Who may do what with which records and fields; absent: nobody anything.'),
      ),
    ),
    publicForm: Type.Optional(
      named(PublicForm, '公开表单', 'Public form', 'What people without an account may send in; absent: nothing.'),
    ),
    stages: Type.Optional(
      Type.Array(
        Stage,
        about('阶段', 'Stages', 'Business states of a record, in their usual order; absent: it has none.'),
      ),
    ),
  },
  { $defs: conditionDefs },
)
export type FormDefinition = Static<typeof FormDefinition>
