import Ajv from 'ajv'
import { describe, expect, test } from 'vitest'
import type { FormDefinition } from '../definitions/form.ts'
import type { JsonObject } from '../kernel/json.ts'
import { formModel } from './form-model.ts'
import { type FormSchemaInput, formSchema } from './form-schema.ts'
import type { Rights } from './types.ts'

const definition: FormDefinition = {
  id: 'visit',
  kind: 'form',
  schemaVersion: 1,
  label: { 'zh-CN': '上门', en: 'Visit' },
  title: { formula: 'subject' },
  fields: [
    { type: 'serial', id: 'number', label: '编号', pattern: 'V{0000}' },
    {
      type: 'text',
      id: 'subject',
      label: { 'zh-CN': '主题', en: 'Subject' },
      help: '一句话',
      placeholder: { en: 'In a few words', 'zh-CN': '简要描述' },
      required: true,
    },
    {
      type: 'select',
      id: 'result',
      label: '结果',
      options: [
        { id: 'done', label: { 'zh-CN': '完成', en: 'Done' }, tone: 'success' },
        { id: 'old', label: '旧', retired: true },
      ],
    },
    { type: 'multiSelect', id: 'parts', label: '配件', options: [{ id: 'toner', label: '硒鼓' }] },
    { type: 'money', id: 'cost', label: '成本' },
    { type: 'dateTime', id: 'at', label: '时间' },
    { type: 'formula', id: 'double', label: '两倍', formula: 'cost * 2', result: 'money' },
    { type: 'boolean', id: 'paid', label: '已付' },
  ],
  layout: [
    {
      section: 'main',
      label: { 'zh-CN': '基本', en: 'Basics' },
      columns: 3,
      items: ['number', { field: 'subject', span: 2 }, { field: 'result', span: 4 }, 'nowhere'],
    },
    { section: 'money', items: ['cost', 'double'], collapsed: true },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' })
const rights = (changes: { readonly [id: string]: 'hidden' | 'read' | 'edit' } = {}): Rights =>
  new Map([...form.fields.keys()].map((id) => [id, changes[id] ?? 'edit']))
const drawn = (input: Partial<FormSchemaInput> = {}) =>
  formSchema(form, { mode: 'edit', rights: rights(), locale: 'zh-CN', ...input })
const properties = (schema: JsonObject) => schema.properties as { readonly [field: string]: JsonObject }

test('the words are those of the language', () => {
  expect(drawn({ locale: 'en' }).schema.title).toBe('Visit')
  expect(properties(drawn({ locale: 'en' }).schema).subject).toMatchObject({ title: 'Subject', description: '一句话' })
  expect(drawn().uiSchema.subject).toMatchObject({ 'ui:widget': 'text', 'ui:placeholder': '简要描述' })
  expect(drawn({ locale: 'en' }).uiSchema.result).toMatchObject({
    'ui:options': {
      choices: [
        { id: 'done', label: 'Done', tone: 'success' },
        { id: 'old', label: '旧', retired: true },
      ],
    },
  })
})

test('sections place the fields; what is placed nowhere and can be entered follows', () => {
  expect(drawn().uiSchema['ui:options']).toEqual({
    sections: [
      {
        id: 'main',
        label: '基本',
        columns: 3,
        collapsed: false,
        items: [
          { field: 'number', span: 1 },
          { field: 'subject', span: 2 },
          { field: 'result', span: 3 },
        ],
      },
      {
        id: 'money',
        label: '',
        columns: 2,
        collapsed: true,
        items: [
          { field: 'cost', span: 1 },
          { field: 'double', span: 1 },
        ],
      },
      {
        id: '_rest',
        label: '',
        columns: 2,
        collapsed: false,
        items: [
          { field: 'parts', span: 1 },
          { field: 'at', span: 1 },
          { field: 'paid', span: 1 },
        ],
      },
    ],
    tabs: [],
  })
  expect(drawn().uiSchema['ui:order']).toEqual(['number', 'subject', 'result', 'cost', 'double', 'parts', 'at', 'paid'])
})

test('without a layout every field follows in one section', () => {
  const { layout: _, ...plain } = definition
  const { uiSchema } = formSchema(formModel(plain, { id: 'demo', currency: 'CNY' }), {
    mode: 'edit',
    rights: rights(),
    locale: 'en',
  })
  expect(uiSchema['ui:options']).toMatchObject({
    sections: [{ items: definition.fields.map(({ id }) => ({ field: id, span: 1 })) }],
  })
})

describe('who may do what', () => {
  test('hidden fields are nowhere, by right or by step', () => {
    for (const { schema, uiSchema } of [
      drawn({ rights: rights({ cost: 'hidden', double: 'hidden' }) }),
      drawn({ mask: { cost: 'hidden', double: 'hidden' } }),
      drawn({ rights: rights({ cost: 'hidden', double: 'hidden' }), mask: { cost: 'required' } }),
    ]) {
      expect(JSON.stringify([schema, uiSchema])).not.toMatch(/cost|double|成本|两倍/)
    }
  })
  test('what cannot be entered here is read-only in both parts', () => {
    const readOnly = (input: Partial<FormSchemaInput>) =>
      Object.entries(properties(drawn(input).schema))
        .filter(([, property]) => property.readOnly)
        .map(([id]) => id)
    expect(readOnly({})).toEqual(['number', 'double'])
    expect(readOnly({ mode: 'view' })).toEqual(definition.fields.map(({ id }) => id))
    expect(readOnly({ rights: rights({ subject: 'read' }) })).toEqual(['number', 'subject', 'double'])
    expect(readOnly({ mask: { result: 'required', paid: 'edit' } })).toEqual([
      'number',
      'subject',
      'parts',
      'cost',
      'at',
      'double',
    ])
    expect(drawn({ mode: 'view' }).uiSchema.paid).toMatchObject({ 'ui:readonly': true })
    expect(drawn({ mask: { result: 'required' } }).uiSchema.result).toMatchObject({ 'ui:options': { demanded: true } })
  })
})

describe('as a schema', () => {
  const validate = new Ajv({ strict: true }).compile(drawn().schema)
  test.each([
    [{}, true],
    [
      {
        subject: '打印机',
        result: 'done',
        parts: ['toner'],
        cost: '12.50',
        at: '2026-03-02T00:00:00.000Z',
        paid: false,
        number: 'V0001',
        double: '25.00',
      },
      true,
    ],
    [{ subject: null, result: null, parts: null, cost: null, at: null, paid: null }, true],
    [{ cost: '12.5' }, false],
    [{ cost: 12.5 }, false],
    [{ result: 'gone' }, false],
    [{ parts: ['toner', 'toner'] }, false],
    [{ at: '2026-03-02' }, false],
    [{ subject: '' }, false],
    [{ nowhere: 1 }, false],
  ])('%j: %s', (data, valid) => expect(validate(data)).toBe(valid))
  test('it says nothing that depends on values', () => {
    expect(JSON.stringify(drawn().schema)).not.toMatch(/"(required|if|then|dependencies|allOf)"/)
  })
})
