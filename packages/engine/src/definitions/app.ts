import { type Static, Type } from 'typebox'
import { about, Closed, exactlyOne, Icon, kindHead, named, OneOf, refers, Slug, Text } from './schema.ts'

export const NavigationItem = Closed(
  {
    id: Slug(about('标识', 'Id', 'Permanent id of the entry.')),
    label: Type.Optional(named(Text, '名称', 'Label', 'Absent: the name of what it opens.')),
    icon: Type.Optional(named(Icon, '图标', 'Icon', "Name of an icon of the UI kit; absent: the kind's own.")),
    page: Type.Optional(
      OneOf(
        ['workbench', 'customers360', 'assignmentCheck'] as const,
        {
          workbench: ['工作台', 'Workbench'],
          customers360: ['客户全景', 'Customers'],
          assignmentCheck: ['派单检查', 'Assignment check'],
        },
        about(
          '页面',
          'Page',
          'A built-in page. assignmentCheck: what the assignment strategies leave open, for who manages or designs the app.',
        ),
      ),
    ),
    form: Type.Optional(Type.String({ ...about('表单', 'Form', 'The list of this form.'), ...refers('form') })),
    view: Type.Optional(
      Type.String({
        ...about('视图', 'View', 'View of the form; absent: its first.'),
        ...refers('view', { of: 'form' }),
      }),
    ),
    board: Type.Optional(Type.String({ ...about('看板', 'Board', 'A report board.'), ...refers('board') })),
    group: Type.Optional(named(Text, '分组', 'Group', 'Heading it stands under; absent: none.')),
    roles: Type.Optional(
      Type.Array(
        Type.String(refers('role')),
        about('可见角色', 'Roles', 'Who sees the entry; absent: everybody who may read what it opens.'),
      ),
    ),
  },
  exactlyOne('page', 'form', 'board'),
)
export type NavigationItem = Static<typeof NavigationItem>

export const Role = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the role.')),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  description: Type.Optional(named(Text, '说明', 'Description', 'What people with this role do; absent: nothing.')),
  /** design: may change definitions; manage: may grant this app's roles. */
  can: Type.Optional(
    Type.Array(
      OneOf(['design', 'manage'] as const, {
        design: ['设计应用', 'Design the app'],
        manage: ['管理成员', 'Manage its people'],
      }),
      about(
        '应用权限',
        'App rights',
        "design: change definitions; manage: give this app's roles to people. Absent: neither.",
      ),
    ),
  ),
})
export type Role = Static<typeof Role>

/** Something that is another value on every installation: the address of an ERP, the name of a warehouse. */
export const Variable = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the variable; texts name it as {{env.id}}.')),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  description: Type.Optional(
    named(Text, '说明', 'Description', 'What to enter, for who installs the app; absent: nothing.'),
  ),
  default: Type.Optional(
    Type.String({
      maxLength: 1000,
      ...about('默认值', 'Default', 'Taken where the installation says nothing. Absent: blank.'),
    }),
  ),
})
export type Variable = Static<typeof Variable>

/** Records of one form that a contact finds again on the portal. */
export const TrackedRecords = Closed({
  form: Type.String({
    ...about('表单', 'Form', 'Form of this app whose records contacts find again.'),
    ...refers('form'),
  }),
  contact: Type.String({
    ...about('联系人字段', 'Contact', 'Link to the contact whose record it is.'),
    ...refers('field', { of: 'form' }),
  }),
  fields: Type.Array(Type.String(refers('field', { of: 'form' })), {
    minItems: 1,
    maxItems: 50,
    uniqueItems: true,
    ...about(
      '客户可见字段',
      'Fields',
      'What the contact sees of it, in this order, as far as the role may read it. The stage gives the progress.',
    ),
  }),
})
export type TrackedRecords = Static<typeof TrackedRecords>

/** How contacts sign in on the portal, and what of their own they find there. */
export const Tracking = Closed({
  contacts: Type.String({
    ...about('联系人表单', 'Contacts', 'Form of this app with the people who may sign in.'),
    ...refers('form'),
  }),
  mail: Type.String({
    ...about('邮箱字段', 'Mail', 'Where a contact is sent the code to sign in with.'),
    ...refers('field', { of: 'contacts', kinds: ['text'] }),
  }),
  role: Type.String({
    ...about('角色', 'Role', 'Contacts read with the rights of this role, and nothing but their own records.'),
    ...refers('role'),
  }),
  records: Type.Array(TrackedRecords, {
    minItems: 1,
    maxItems: 10,
    ...about('可查询的记录', 'Records', 'What contacts find again, form by form.'),
  }),
})
export type Tracking = Static<typeof Tracking>

/** The page where customers find everything that is open to them. */
export const Portal = Closed({
  closed: Type.Optional(
    Type.Boolean(about('已关闭', 'Closed', 'The page is not there for anybody; what is set here stays. Absent: open.')),
  ),
  title: Type.Optional(named(Text, '标题', 'Title', 'Heading of the portal; absent: the name of the app.')),
  intro: Type.Optional(named(Text, '开头说明', 'Introduction', 'Stands below the heading; absent: nothing.')),
  contact: Type.Optional(
    named(Text, '联系方式', 'Contact', 'Telephone and hours, at the foot of the page; absent: nothing.'),
  ),
  forms: Type.Array(Type.String(refers('form')), {
    maxItems: 20,
    uniqueItems: true,
    ...about(
      '提供的表单',
      'Forms',
      'Public forms that the portal offers, in this order. One without a public form or without a link is left out.',
    ),
  }),
  tracking: Type.Optional(
    named(
      Tracking,
      '进度查询',
      'Tracking',
      'Contacts sign in with a code sent by mail and follow their own records. Absent: nobody signs in.',
    ),
  ),
})
export type Portal = Static<typeof Portal>

export const AppDefinition = Closed({
  ...kindHead('app'),
  version: Type.String({
    pattern: '^\\d+\\.\\d+\\.\\d+$',
    examples: ['1.0.0'],
    ...about('版本', 'Version', 'Version of the template by its author, semantic.'),
  }),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  description: Type.Optional(named(Text, '说明', 'Description', 'What the app is for; absent: nothing.')),
  icon: Type.Optional(named(Icon, '图标', 'Icon', 'Name of an icon of the UI kit; absent: a plain one.')),
  locales: Type.Array(Type.String({ 'x-ui': { control: 'language' } }), {
    minItems: 1,
    ...about('语言', 'Languages', 'Languages its texts are written in; the first is shown when one is missing.'),
  }),
  zone: Type.Optional(
    Type.String(
      about('时区', 'Time zone', 'IANA zone for days and months where a person has none; absent: Asia/Shanghai.', {
        control: 'zone',
      }),
    ),
  ),
  currency: Type.Optional(
    Type.String({
      pattern: '^[A-Z]{3}$',
      examples: ['CNY'],
      ...about('币种', 'Currency', 'ISO 4217 code for money fields without one; absent: CNY.', { control: 'currency' }),
    }),
  ),
  calendar: Type.Optional(
    Type.String({
      ...about('日历', 'Calendar', 'Calendar for limits that name none; absent: every minute counts.'),
      ...refers('calendar'),
    }),
  ),
  requires: Type.Optional(
    Type.Array(
      Closed({
        app: Slug({ ...about('应用', 'App', 'Id of the app.'), ...refers('app') }),
        version: Type.Optional(
          Type.String(about('最低版本', 'Version', 'Smallest version that will do; absent: any.')),
        ),
      }),
      about('依赖应用', 'Requires', 'Apps whose forms this one links to; absent: none.'),
    ),
  ),
  roles: Type.Array(
    Role,
    about('角色', 'Roles', 'Named sets of people, given in the app; what they may do stands in the forms.'),
  ),
  navigation: Type.Array(NavigationItem, about('导航', 'Navigation', 'Entries of the menu, in order.')),
  variables: Type.Optional(
    Type.Array(
      Variable,
      about(
        '环境变量',
        'Variables',
        'Values that every installation sets for itself; they stay when the app is imported anew. Absent: none.',
      ),
    ),
  ),
  settings: Type.Optional(
    Closed(
      {
        nodesNeed: Type.Optional(
          Type.Array(
            OneOf(['owner', 'instruction', 'limit'] as const, {
              owner: ['办理人', 'Assignee'],
              instruction: ['办理说明', 'Instruction'],
              limit: ['时限', 'Limit'],
            }),
            about(
              '节点必备',
              'Nodes need',
              'What each user task must have before a flow may be published; absent: owner.',
            ),
          ),
        ),
      },
      about('设置', 'Settings', 'Rules for those who design the app; absent: the usual ones.'),
    ),
  ),
  portal: Type.Optional(
    named(Portal, '客户门户', 'Portal', 'Page for customers, at /p/ and the id of the app; absent: there is none.'),
  ),
  retired: Type.Optional(
    Type.Array(
      Type.String(),
      about(
        '已停用标识',
        'Retired ids',
        'Addresses of deleted elements, never used again: forms/ticket/fields/cost, flows/old. Absent: none.',
      ),
    ),
  ),
})
export type AppDefinition = Static<typeof AppDefinition>
