import { type Static, type TProperties, type TUnsafe, Type } from 'typebox'
import { CellCondition, Condition, RowCondition } from '../definitions/condition.ts'
import {
  about,
  Closed,
  FormulaText,
  OneOf,
  refers,
  rowsOf,
  Slug,
  Text,
  taggedUnion,
  toneWords,
  valueOfField,
} from '../definitions/schema.ts'
import { ValueExpression } from '../definitions/value-expression.ts'

/** A shared schema with the names it has at this place. */
const named = <T>(schema: TUnsafe<T>, names: ReturnType<typeof about>) => Type.Unsafe<T>({ ...schema, ...names })
const condition = (zh: string, en: string, description: string) =>
  Type.Optional(named(Condition, about(zh, en, description, { control: 'condition' })))
const text = (zh: string, en: string, description: string) =>
  named(Text, about(zh, en, description, { control: 'text' }))
const flag = (zh: string, en: string, description: string) => Type.Optional(Type.Boolean(about(zh, en, description)))
const bounds = {
  min: Type.Optional(Type.Number(about('最小值', 'Smallest', 'Values below are refused; absent: no limit.'))),
  max: Type.Optional(Type.Number(about('最大值', 'Largest', 'Values above are refused; absent: no limit.'))),
}

/** What every field may say. */
const base = {
  id: Slug(about('标识', 'Id', 'Permanent id of the field.')),
  label: text('名称', 'Label', 'What people call it; free to change.'),
  help: Type.Optional(text('填写说明', 'Help', 'A line below the field; absent: none.')),
  placeholder: Type.Optional(text('占位提示', 'Placeholder', 'Shown while the field is empty; absent: nothing.')),
  visibleWhen: condition('显示条件', 'Visible when', 'Absent: always. A hidden field keeps its stored value.'),
}
/** What a field whose value is entered may say as well. */
const entered = {
  ...base,
  required: flag('必填', 'Required', 'A value must be given; absent: no.'),
  requiredWhen: condition('何时必填', 'Required when', 'Absent: only if it is always required.'),
  readOnlyWhen: condition('何时只读', 'Read-only when', 'Absent: never.'),
  default: Type.Optional(
    Type.Unsafe<ValueExpression>({
      ...ValueExpression,
      ...about('默认值', 'Default', 'Given to new records where nothing was entered; absent: blank.', {
        control: 'value',
      }),
      ...valueOfField('id'),
    }),
  ),
  unique: flag('唯一', 'Unique', 'No two records may have the same value; blanks do not count. Absent: no.'),
  indexed: flag(
    '加快筛选',
    'Fast filters',
    'Keeps an index for fast filters; absent: derived from views, links and uniqueness.',
  ),
}
const field = <T extends string, P extends TProperties>(type: T, title: readonly [string, string], properties: P) =>
  Closed(
    { type: Type.Literal(type), ...properties },
    { title: title[1], 'x-ui': { titles: { 'zh-CN': title[0], en: title[1] } } },
  )

export const Option = Closed({
  id: Type.String({
    pattern: '^[a-z0-9][a-z0-9_]{0,59}$',
    ...about('标识', 'Id', 'Permanent id of the option; what is stored.'),
  }),
  label: text('名称', 'Label', 'What people see.'),
  tone: Type.Optional(
    OneOf(
      ['info', 'success', 'warning', 'danger', 'neutral', 'violet', 'teal'] as const,
      toneWords,
      about('颜色', 'Tone', 'Meaning of its colour; absent: neutral.'),
    ),
  ),
  retired: flag('停用', 'Retired', 'Kept for old records, not offered; absent: no.'),
})
export type Option = Static<typeof Option>
const options = Type.Array(Option, {
  maxItems: 10_000,
  ...about('选项', 'Options', 'The values to choose from, in order.'),
})
const maxLength = (absent: string) =>
  Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100_000,
      ...about('最大长度', 'Maximum length', `Characters; absent: ${absent}.`),
    }),
  )

const titles = {
  text: ['单行文本', 'Text'],
  longText: ['多行文本', 'Long text'],
  number: ['数字', 'Number'],
  money: ['金额', 'Money'],
  percent: ['百分比', 'Percent'],
  rating: ['评分', 'Rating'],
  boolean: ['是否', 'Yes or no'],
  date: ['日期', 'Date'],
  dateTime: ['日期时间', 'Date and time'],
  time: ['时刻', 'Time of day'],
  duration: ['时长', 'Duration'],
  select: ['单选', 'Choice'],
  user: ['人员', 'Person'],
  department: ['部门', 'Department'],
  link: ['关联记录', 'Link'],
  formula: ['公式', 'Formula'],
  phone: ['电话', 'Phone'],
  email: ['邮箱', 'E-mail'],
  url: ['网址', 'Web address'],
  location: ['位置', 'Location'],
} as const

/** What a type says beside what every field says. */
const own = {
  text: {
    maxLength: maxLength('500'),
    pattern: Type.Optional(
      OneOf(
        ['postcode', 'digits', 'letters_digits'] as const,
        {
          postcode: ['邮政编码', 'Postcode'],
          digits: ['仅数字', 'Digits only'],
          letters_digits: ['仅字母和数字', 'Letters and digits'],
        },
        about('格式', 'Pattern', 'Postcode of six digits, digits only, or letters and digits; absent: any text.'),
      ),
    ),
  },
  longText: {
    maxLength: maxLength('20,000'),
  },
  number: {
    scale: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 6, ...about('小数位', 'Decimals', 'Absent: 0, whole numbers.') }),
    ),
    ...bounds,
    unit: Type.Optional(text('单位', 'Unit', 'Shown behind the number; absent: none.')),
  },
  money: {
    currency: Type.Optional(
      Type.String({ pattern: '^[A-Z]{3}$', ...about('币种', 'Currency', "ISO 4217; absent: the app's currency.") }),
    ),
    ...bounds,
  },
  percent: {
    scale: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 4,
        ...about('小数位', 'Decimals', 'Of the percent figure: 12.5 % has one. Absent: 0.'),
      }),
    ),
    ...bounds,
  },
  rating: {
    max: Type.Optional(Type.Integer({ minimum: 2, maximum: 10, ...about('最高分', 'Highest', 'Absent: 5.') })),
  },
  boolean: {},
  date: {},
  dateTime: {},
  time: {},
  duration: {},
  select: {
    options,
  },
  user: {
    roles: Type.Optional(
      Type.Array(
        Type.String(refers('role')),
        about('限定角色', 'Roles', 'Only people with one of these roles; absent: anybody.'),
      ),
    ),
  },
  department: {},
  link: {
    form: Type.String({
      ...about('关联表单', 'Form', 'Form of the linked record: `customer`, or `app/form` of another app.'),
      ...refers('form'),
    }),
    card: Type.Optional(
      Type.Array(
        Type.String(refers('field', { of: 'form' })),
        about('显示字段', 'Card', 'Fields of the linked record shown with it; absent: its title only.'),
      ),
    ),
    where: Type.Optional(
      Type.Unsafe<Condition>({
        ...RowCondition,
        'x-of': 'form',
        ...about('可选范围', 'Where', 'Only records for which this is true are offered; absent: all one may see.', {
          control: 'condition',
        }),
      }),
    ),
  },
  formula: {
    formula: FormulaText(
      about('公式', 'Formula', "FEEL over this record's field ids and, through links, those of linked records.", {
        control: 'formula',
      }),
    ),
    result: OneOf(
      ['text', 'number', 'money', 'percent', 'boolean', 'date', 'dateTime', 'time', 'duration'] as const,
      {
        text: ['文本', 'Text'],
        number: ['数字', 'Number'],
        money: ['金额', 'Money'],
        percent: ['百分比', 'Percent'],
        boolean: ['是否', 'Yes or no'],
        date: ['日期', 'Date'],
        dateTime: ['日期时间', 'Date and time'],
        time: titles.time,
        duration: ['时长', 'Duration'],
      },
      about('结果类型', 'Result', 'Type of the result. Percent means the figure before the sign: 25 is 25 %.'),
    ),
    scale: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 6,
        ...about('小数位', 'Decimals', 'Numbers and percents are rounded half up to so many decimals; absent: 0.'),
      }),
    ),
  },
  phone: {},
  email: {},
  url: {},
} as const

/** What every column of a sub-table may say. */
const columnBase = {
  id: Slug(about('标识', 'Id', 'Permanent id of the column.')),
  label: text('名称', 'Label', 'What people call it; free to change.'),
  help: Type.Optional(text('填写说明', 'Help', 'A line about the column; absent: none.')),
  visibleWhen: Type.Optional(
    named(
      CellCondition,
      about(
        '显示条件',
        'Visible when',
        'Asked of each row, over its own cells; absent: always. A cell that is not visible is blank.',
        { control: 'condition' },
      ),
    ),
  ),
}
const columnEntered = {
  ...columnBase,
  required: flag('必填', 'Required', 'Every row must have a value; absent: no.'),
  default: Type.Optional(
    Type.Unsafe<ValueExpression>({
      ...ValueExpression,
      ...about('默认值', 'Default', 'Given to a new row once something is entered in it; absent: blank.', {
        control: 'value',
      }),
      ...valueOfField('id'),
    }),
  ),
}
const total = { total: flag('合计', 'Total', 'The sum of the column stands below the table; absent: no.') }
const { card: _card, ...ownLink } = own.link

/** Schemas of the columns of a sub-table: field types whose value is one cell. */
export const columnSchemas = {
  text: field('text', titles.text, { ...columnEntered, ...own.text }),
  longText: field('longText', titles.longText, { ...columnEntered, ...own.longText }),
  number: field('number', titles.number, { ...columnEntered, ...own.number, ...total }),
  money: field('money', titles.money, { ...columnEntered, ...own.money, ...total }),
  percent: field('percent', titles.percent, { ...columnEntered, ...own.percent }),
  rating: field('rating', titles.rating, { ...columnEntered, ...own.rating }),
  boolean: field('boolean', titles.boolean, { ...columnEntered, ...own.boolean }),
  date: field('date', titles.date, { ...columnEntered, ...own.date }),
  dateTime: field('dateTime', titles.dateTime, { ...columnEntered, ...own.dateTime }),
  time: field('time', titles.time, { ...columnEntered, ...own.time }),
  duration: field('duration', titles.duration, { ...columnEntered, ...own.duration }),
  select: field('select', titles.select, { ...columnEntered, ...own.select }),
  user: field('user', titles.user, { ...columnEntered, ...own.user }),
  department: field('department', titles.department, { ...columnEntered, ...own.department }),
  link: field('link', titles.link, { ...columnEntered, ...ownLink }),
  formula: field('formula', titles.formula, {
    ...columnBase,
    ...own.formula,
    formula: FormulaText(about('公式', 'Formula', 'FEEL over the columns of the same row.', { control: 'formula' })),
    ...total,
  }),
  phone: field('phone', titles.phone, { ...columnEntered, ...own.phone }),
  email: field('email', titles.email, { ...columnEntered, ...own.email }),
  url: field('url', titles.url, { ...columnEntered, ...own.url }),
} as const

export const Column = taggedUnion('type', Object.values(columnSchemas))
export type Column = Static<typeof Column>
export type ColumnTypeName = Column['type']

/** Schemas of the field types. Behaviour is in `fields/<type>/`. */
export const fieldSchemas = {
  text: field('text', titles.text, { ...entered, ...own.text }),
  longText: field('longText', titles.longText, { ...entered, ...own.longText }),
  number: field('number', titles.number, { ...entered, ...own.number }),
  money: field('money', titles.money, { ...entered, ...own.money }),
  percent: field('percent', titles.percent, { ...entered, ...own.percent }),
  rating: field('rating', titles.rating, { ...entered, ...own.rating }),
  boolean: field('boolean', titles.boolean, { ...entered, ...own.boolean }),
  date: field('date', titles.date, { ...entered, ...own.date }),
  dateTime: field('dateTime', titles.dateTime, { ...entered, ...own.dateTime }),
  time: field('time', titles.time, { ...entered, ...own.time }),
  duration: field('duration', titles.duration, { ...entered, ...own.duration }),
  select: field('select', titles.select, { ...entered, ...own.select }),
  multiSelect: field('multiSelect', ['多选', 'Several choices'], {
    ...entered,
    options,
    maxItems: Type.Optional(
      Type.Integer({ minimum: 1, ...about('最多选几项', 'At most', 'How many may be chosen; absent: all of them.') }),
    ),
  }),
  tags: field('tags', ['标签', 'Tags'], {
    ...entered,
    maxItems: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        ...about('最多几个', 'At most', 'How many tags may be given; absent: 20.'),
      }),
    ),
  }),
  user: field('user', titles.user, { ...entered, ...own.user }),
  users: field('users', ['多个人员', 'People'], {
    ...entered,
    ...own.user,
    maxItems: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        ...about('最多几人', 'At most', 'How many people may be chosen; absent: 100.'),
      }),
    ),
  }),
  department: field('department', titles.department, { ...entered, ...own.department }),
  link: field('link', titles.link, { ...entered, ...own.link }),
  lookup: field('lookup', ['引用字段', 'Lookup'], {
    ...base,
    link: Type.String({
      ...about(
        '通过哪个关联',
        'Through',
        'A link of this form to a form of the same app; the record it leads to is shown.',
      ),
      ...refers('field', { fits: 'link' }),
    }),
    field: Type.String({
      ...about(
        '显示哪个字段',
        'Shows',
        'A field of the linked record. It is read whenever it is shown, by who may read it there; it cannot be entered.',
      ),
      ...refers('field', { of: 'link', through: true, fits: 'shown' }),
    }),
  }),
  formula: field('formula', titles.formula, { ...base, ...own.formula }),
  serial: field('serial', ['流水号', 'Serial number'], {
    ...base,
    pattern: Type.String({
      maxLength: 60,
      ...about(
        '格式',
        'Pattern',
        'Text with {yyyy} {yy} {MM} {dd} and one {0000} (a counter, started anew when the date part changes).',
      ),
    }),
  }),
  phone: field('phone', titles.phone, { ...entered, ...own.phone }),
  email: field('email', titles.email, { ...entered, ...own.email }),
  url: field('url', titles.url, { ...entered, ...own.url }),
  location: field('location', titles.location, { ...entered }),
  file: field('file', ['附件', 'Files'], {
    ...entered,
    maxFiles: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 50, ...about('最多文件数', 'At most', 'How many files; absent: 20.') }),
    ),
    accept: Type.Optional(
      Type.Array(
        OneOf(['image', 'pdf', 'office', 'text', 'archive', 'video', 'audio'] as const, {
          image: ['图片', 'Images'],
          pdf: ['PDF', 'PDF'],
          office: ['Office 文档', 'Office documents'],
          text: ['文本文件', 'Text files'],
          archive: ['压缩包', 'Archives'],
          video: ['视频', 'Videos'],
          audio: ['音频', 'Audio'],
        }),
        about('允许的类型', 'Accept', 'Kinds of file that may be added; absent: all that the installation allows.'),
      ),
    ),
  }),
  table: field('table', ['明细表', 'Table'], {
    ...base,
    required: entered.required,
    requiredWhen: entered.requiredWhen,
    readOnlyWhen: entered.readOnlyWhen,
    fields: Type.Array(Column, {
      minItems: 1,
      maxItems: 30,
      ...about('列', 'Columns', 'What a row consists of, in order.'),
      ...rowsOf('id'),
    }),
    minRows: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, ...about('最少行数', 'At least', 'Rows asked for; absent: none.') }),
    ),
    maxRows: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, ...about('最多行数', 'At most', 'How many rows; absent: 200.') }),
    ),
  }),
  stage: field('stage', ['阶段', 'Stage'], { ...base }),
} as const

export const Field = taggedUnion('type', Object.values(fieldSchemas))
export type Field = Static<typeof Field>
export type FieldTypeName = Field['type']
export type FieldOf<K extends FieldTypeName> = Extract<Field, { type: K }>

/**
 * Fields that every record has: id, created_at, created_by, updated_at, updated_by, version. They are addressed like
 * fields in views, conditions and queries and are never in `form.fields`.
 */
export const systemFieldIds = [
  'id',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'version',
  'title',
] as const
