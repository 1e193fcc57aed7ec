import { checkForm, type FormDefinition, fieldTypeNames, formModel } from '@tenon/engine'
import { describe, expect, test } from 'vitest'
import { isRetiredIn } from '../../../edits/retired.ts'
import { addField } from './add-field.ts'
import { copyAsColumns } from './columns.ts'
import { copyFields, duplicateFields, pasteFields, readCopied } from './copy-fields.ts'
import { addEntry, changeEntry, entriesOf, moveEntry } from './entries.ts'
import { addOption, moveOption, nameOption, paintOption, removeOption, retireOption } from './options.ts'
import { fieldsIn, placeAfter, placeFields, placeOf, resizeField, unplaced } from './place-fields.ts'
import { removeElements } from './remove-fields.ts'
import { addSection, changeSection, moveSection, removeSection } from './sections.ts'

const never = () => false
const text = (id: string) => ({ id, type: 'text' as const, label: id })
const form: FormDefinition = {
  id: 'ticket',
  kind: 'form',
  schemaVersion: 1,
  label: '工单',
  title: { formula: 'a' },
  fields: [
    text('a'),
    text('b'),
    { ...text('c'), visibleWhen: { fact: 'record', path: '$.b', operator: 'isNotEmpty' } },
    text('d'),
    {
      id: 'level',
      type: 'select',
      label: '级别',
      options: [
        { id: 'low', label: '低' },
        { id: 'high', label: '高' },
      ],
    },
  ],
  layout: [
    { section: 'one', label: '一', columns: 2, items: [{ field: 'a', span: 2 }, 'b', 'c'] },
    { section: 'two', label: '二', columns: 2, items: ['d'] },
  ],
}
const { layout: _, ...flat } = form
const shown = (of: FormDefinition) => [
  ...(of.layout ?? []).map(({ section }) => [section, ...fieldsIn(of, section)].join(' ')),
  ['rest', ...fieldsIn(of, unplaced)].join(' '),
]

describe('placing', () => {
  test('into a gap of the same section, of another, and out of all', () => {
    expect(shown(placeFields(form, ['c'], { section: 'one', index: 0 }))[0]).toBe('one c a b')
    expect(shown(placeFields(form, ['a'], { section: 'one', index: 3 }))[0]).toBe('one b c a')
    expect(shown(placeFields(form, ['a', 'd'], { section: 'two', index: 0 }))).toEqual([
      'one b c',
      'two a d',
      'rest level',
    ])
    expect(shown(placeFields(form, ['b'], { section: unplaced, index: 0 }))).toEqual([
      'one a c',
      'two d',
      'rest b level',
    ])
  })

  test('several fields come in the order given, and keep their widths', () => {
    const moved = placeFields(form, ['level', 'a'], { section: 'two', index: 1 })
    expect(moved.layout?.[1]?.items).toEqual(['d', 'level', { field: 'a', span: 2 }])
  })

  test('a form without layout is put in order by its fields', () => {
    expect(fieldsIn(placeFields(flat, ['d', 'c'], { section: unplaced, index: 1 }), unplaced)).toEqual([
      'a',
      'd',
      'c',
      'b',
      'level',
    ])
  })

  test('whatever is moved wherever, every field stands in exactly one place', () => {
    let seed = 7
    const below = (n: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % n
    }
    const sections = ['one', 'two', unplaced]
    let now = form
    for (let step = 0; step < 2000; step += 1) {
      const ids = form.fields.map(({ id }) => id).filter(() => below(3) === 0)
      const section = sections[below(3)] ?? unplaced
      const index = below(fieldsIn(now, section).length + 1)
      const before = fieldsIn(now, section)
        .slice(index)
        .find((id) => !ids.includes(id))
      now = placeFields(now, ids, { section, index })
      const standing = sections.flatMap((name) => fieldsIn(now, name))
      expect([...standing].sort()).toEqual(form.fields.map(({ id }) => id).sort())
      const there = fieldsIn(now, section)
      const end = before === undefined ? there.length : there.indexOf(before)
      expect(there.slice(end - ids.length, end)).toEqual(ids)
    }
  })

  test('behind a field, and its width', () => {
    expect([placeAfter(form, 'b'), placeAfter(form, undefined), placeAfter(flat, 'b')]).toEqual([
      { section: 'one', index: 2 },
      { section: 'one', index: 3 },
      { section: unplaced, index: 2 },
    ])
    expect(resizeField(form, 'b', 2).layout?.[0]?.items[1]).toEqual({ field: 'b', span: 2 })
    expect(resizeField(form, 'a', undefined).layout?.[0]?.items[0]).toBe('a')
    expect(resizeField(form, 'level', 2)).toBe(form)
  })
})

describe('fields', () => {
  test.each(fieldTypeNames)('a new field of type %s is right from the start', (type) => {
    const added = addField(form, type, { section: 'two', index: 0 }, { forms: ['ticket'], isRetired: never })
    expect(placeOf(added.form, added.id)).toEqual({ section: 'two', index: 0 })
    const model = formModel(
      { ...added.form, stages: [{ id: 'new', label: '新', category: 'new' }] },
      { id: 'demo', currency: 'CNY' },
    )
    expect(checkForm(model, () => model)).toEqual([])
  })

  test('gets an id that is free and was never given', () => {
    const place = { section: 'one', index: 0 }
    const first = addField(form, 'date', place, { forms: [], isRetired: (id) => id === 'date_1' })
    const second = addField(first.form, 'date', place, { forms: [], isRetired: (id) => id === 'date_1' })
    expect([first.id, second.id]).toEqual(['date_2', 'date_3'])
  })

  test('copies go to another form with their ids and widths where those are free', () => {
    const copied = readCopied(copyFields(form, ['a', 'b', 'c'])) ?? []
    const other: FormDefinition = {
      ...form,
      id: 'other',
      fields: [text('x')],
      layout: [{ section: 's', items: ['x'] }],
    }
    const pasted = pasteFields(other, copied, { section: 's', index: 0 }, never)
    expect(pasted.form.layout?.[0]?.items).toEqual([{ field: 'a', span: 2 }, 'b', 'c', 'x'])
    expect(pasted.form.fields.map(({ id }) => id)).toEqual(['x', 'a', 'b', 'c'])
  })

  test('copies beside their originals are new fields, and speak about one another', () => {
    const { form: after, ids } = duplicateFields(form, ['b', 'c'], { section: 'one', index: 3 }, never)
    expect(ids).toEqual(['text_1', 'text_2'])
    const copy = after.fields.find(({ id }) => id === ids[1])
    expect(copy?.visibleWhen).toMatchObject({ path: `$.${ids[0]}` })
    expect(copy?.label).toEqual({ 'zh-CN': 'c 副本', en: 'c copy' })
    expect(after.fields.find(({ id }) => id === 'c')?.visibleWhen).toMatchObject({ path: '$.b' })
  })

  test.each([
    '',
    'hello',
    '{"kind":"tenon/fields"',
    '{"kind":"tenon/fields","fields":[{"field":{"id":"a","type":"no"}}]}',
  ])('other texts are no fields: %s', (other) => expect(readCopied(other)).toBeUndefined())
})

describe('taking out', () => {
  const documents = {
    'app.json': {
      id: 'demo',
      kind: 'app',
      schemaVersion: 1,
      version: '1.0.0',
      label: 'Demo',
      roles: [{ id: 'agent', label: '客服' }],
    },
    'forms/ticket.json': {
      ...form,
      views: [{ id: 'all', type: 'table', label: '全部', columns: ['a', 'b'], sort: ['-b'] }],
      access: [{ id: 'agents', role: 'agent', can: ['read'], fields: { b: 'read' } }],
    },
    'flows/way.json': {
      id: 'way',
      kind: 'flow',
      schemaVersion: 1,
      label: '流程',
      form: 'ticket',
      start: [{ on: 'created' }],
      nodes: [
        {
          id: 'work',
          type: 'userTask',
          label: '处理',
          assign: { role: 'agent' },
          fields: { b: 'required', a: 'edit' },
        },
      ],
      edges: [],
    },
  }
  const after = removeElements(documents, 'forms/ticket.json', 'fields', ['b'])
  const left = after['forms/ticket.json'] as FormDefinition

  test('every place, column and step forgets the field; a condition stays for a person', () => {
    expect(shown(left)[0]).toBe('one a c')
    expect([left.views?.[0]?.columns, left.views?.[0]?.sort]).toEqual([['a'], []])
    expect(left.access?.[0]?.fields).toEqual({})
    expect((after['flows/way.json'] as { nodes: unknown[] }).nodes[0]).toMatchObject({ fields: { a: 'edit' } })
    expect(left.fields.find(({ id }) => id === 'c')?.visibleWhen).toMatchObject({ path: '$.b' })
  })

  test('its id is never given again', () => {
    expect(after['app.json']).toMatchObject({ retired: ['forms/ticket/fields/b'] })
    const isRetired = isRetiredIn(after, 'forms/ticket.json', 'fields')
    expect([isRetired('b'), isRetired('a')]).toEqual([true, false])
    const copied = readCopied(copyFields(form, ['b'])) ?? []
    expect(pasteFields(left, copied, { section: 'one', index: 0 }, isRetired).ids).not.toContain('b')
  })
})

describe('sections', () => {
  test('a new one stands behind the other; a form without any keeps its fields where they are', () => {
    expect(shown(addSection(form, '新', 'one').form)).toEqual(['one a b c', 'section_1', 'two d', 'rest level'])
    expect(shown(addSection(flat, '新', undefined).form)).toEqual(['section_1 a b c d level', 'section_2', 'rest'])
    expect(shown(addSection({ ...flat, fields: [] }, '新', undefined).form)).toEqual(['section_1', 'rest'])
  })

  test('changes, moves and goes, and its fields stay on the page', () => {
    expect(changeSection(form, 'one', { columns: 3, label: undefined }).layout?.[0]).toEqual({
      section: 'one',
      columns: 3,
      items: form.layout?.[0]?.items,
    })
    expect(shown(moveSection(form, 'one', 1))[0]).toBe('two d')
    expect(moveSection(form, 'one', -1)).toBe(form)
    expect(shown(removeSection(form, 'one'))).toEqual(['two a b c d', 'rest level'])
    expect(shown(removeSection(form, 'two'))).toEqual(['one a b c d', 'rest level'])
    expect(removeSection(removeSection(form, 'one'), 'two').layout).toBeUndefined()
  })
})

test('options are added, named, painted, put in order, retired and taken out', () => {
  const options = (of: FormDefinition) => of.fields.flatMap((field) => ('options' in field ? field.options : []))
  const added = addOption(form, 'level', { 'zh-CN': '特急', en: 'Urgent' }, (id) => id === 'urgent')
  expect(options(added)[2]).toEqual({ id: 'urgent_2', label: { 'zh-CN': '特急', en: 'Urgent' } })
  const moved = moveOption(added, 'level', 'urgent_2', 0)
  expect(options(moved).map(({ id }) => id)).toEqual(['urgent_2', 'low', 'high'])
  const painted = paintOption(nameOption(moved, 'level', 'low', '很低'), 'level', 'low', 'info')
  expect(options(painted)[1]).toEqual({ id: 'low', label: '很低', tone: 'info' })
  expect(options(paintOption(painted, 'level', 'low', undefined))[1]).toEqual({ id: 'low', label: '很低' })
  const retired = retireOption(painted, 'level', 'high', true)
  expect(options(retired)[2]).toMatchObject({ id: 'high', retired: true })
  expect(options(retireOption(retired, 'level', 'high', false))[2]).toEqual({ id: 'high', label: '高' })
  expect(options(removeOption(retired, 'level', 'low')).map(({ id }) => id)).toEqual(['urgent_2', 'high'])
  expect(addOption(form, 'a', 'x', never)).toBe(form)
})

test('views, buttons, checks and stages are added, changed and moved by their ids', () => {
  const first = addEntry(form, 'stages', { label: '新', category: 'new' }, never)
  const second = addEntry(first.form, 'stages', { label: '完成', category: 'closed' }, never)
  expect([first.id, second.id]).toEqual(['stage_1', 'stage_2'])
  const moved = moveEntry(second.form, 'stages', 'stage_2', 0)
  const changed = changeEntry(moved, 'stages', 'stage_1', { id: 'other', label: '新建', category: 'new' })
  expect(entriesOf(changed, 'stages')).toEqual([
    { id: 'stage_2', label: '完成', category: 'closed' },
    { id: 'stage_1', label: '新建', category: 'new' },
  ])
})

test('a field becomes a column like it: the field stays, ids are taken once, what no column is passed over', () => {
  const lines = { id: 'lines', type: 'table', label: '行', fields: [{ id: 'level', type: 'text', label: 'A' }] }
  const price = {
    id: 'price',
    type: 'money',
    label: '单价',
    currency: 'CNY',
    required: true,
    visibleWhen: { fact: 'record', path: '$.b', operator: 'isEmpty' },
  }
  const own = { ...form, fields: [...form.fields, lines, price] } as unknown as FormDefinition
  const copied = copyAsColumns(own, 'lines', ['price', 'level', 'lines'], 0, (id) => id === 'level_2')
  expect(copied.ids).toEqual(['price', 'level_3'])
  const table = copied.form.fields.find(({ id }) => id === 'lines') as unknown as typeof lines
  expect(table.fields.map(({ id }) => id)).toEqual(['price', 'level_3', 'level'])
  expect(table.fields[0]).toEqual({ id: 'price', type: 'money', label: '单价', currency: 'CNY', required: true })
  expect(copied.form.fields.filter(({ id }) => id !== 'lines')).toEqual(own.fields.filter(({ id }) => id !== 'lines'))
})
