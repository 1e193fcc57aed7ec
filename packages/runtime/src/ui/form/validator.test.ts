import { formModel, formSchema } from '@tenon/engine'
import { compileDataValidator } from '@tenon/engine/validate'
import { describe, expect, it } from 'vitest'
import { schemaProblems } from './validator.ts'

const form = formModel(
  {
    id: 'ticket',
    kind: 'form',
    schemaVersion: 1,
    label: 'Ticket',
    title: { formula: 'subject' },
    fields: [
      { id: 'subject', type: 'text', label: 'Subject', maxLength: 5 },
      { id: 'postcode', type: 'text', label: 'Postcode', pattern: 'postcode' },
      { id: 'count', type: 'number', label: 'Count', min: 1, max: 10 },
      { id: 'ratio', type: 'number', label: 'Ratio', scale: 2 },
      { id: 'cost', type: 'money', label: 'Cost' },
      { id: 'day', type: 'date', label: 'Day' },
      { id: 'done', type: 'boolean', label: 'Done' },
      {
        id: 'level',
        type: 'select',
        label: 'Level',
        options: [
          { id: 'a', label: 'A' },
          { id: 'b', label: 'B' },
        ],
      },
      {
        id: 'tags',
        type: 'multiSelect',
        label: 'Tags',
        options: [
          { id: 'x', label: 'X' },
          { id: 'y', label: 'Y' },
        ],
        maxItems: 1,
      },
      { id: 'stars', type: 'rating', label: 'Stars', max: 5 },
      { id: 'mail', type: 'email', label: 'Mail' },
      { id: 'phone', type: 'phone', label: 'Phone' },
      { id: 'spent', type: 'duration', label: 'Spent' },
    ],
  },
  { id: 'demo', currency: 'CNY' },
)
const rights = new Map([...form.fields.keys()].map((id) => [id, 'edit' as const]))
const { schema } = formSchema(form, { mode: 'edit', rights, locale: 'en' })

const cases: readonly (readonly [string, object])[] = [
  [
    'everything right',
    {
      subject: '打印机',
      count: 3,
      ratio: '0.50',
      cost: '12.30',
      day: '2026-03-02',
      done: true,
      level: 'a',
      tags: ['x'],
      stars: 5,
      spent: 'PT2H',
    },
  ],
  ['nothing', {}],
  ['too long', { subject: '一二三四五六' }],
  ['astral letters count once', { subject: '😀😀😀😀😀' }],
  ['wrong type', { subject: 5, done: 'yes' }],
  ['not an option', { level: 'c', tags: ['z'] }],
  ['too many', { tags: ['x', 'y'] }],
  ['twice the same', { tags: ['x', 'x'] }],
  ['out of bounds', { count: 11, stars: 0 }],
  ['half a number', { count: 1.5 }],
  ['decimals spelled wrong', { ratio: '1', cost: '1.234' }],
  ['no such day', { day: '02.03.2026' }],
  ['no postcode', { postcode: 'abc' }],
  ['unknown field', { nothing: 1 }],
  ['several at once', { subject: '一二三四五六', level: 'c', count: 0 }],
]

/** The server compiles with ajv, the page may not: both must find the same fields wrong. */
describe('the page finds what the server finds', () => {
  const server = compileDataValidator(schema)
  const fieldsOf = (paths: readonly string[]) => [...new Set(paths.map((path) => path.split('/')[1] ?? ''))].sort()

  it.each(cases)('%s', (_, data) => {
    const theirs = fieldsOf(server(data).map(({ path }) => path))
    const ours = fieldsOf(schemaProblems(schema, data).map(({ path }) => path))
    // What ajv says of the whole ("unknown property") is said of the property here; both refuse.
    expect(ours.length > 0).toBe(theirs.length > 0)
    if (!('nothing' in data)) expect(ours).toEqual(theirs)
  })

  it('names the keyword and what it asks', () => {
    expect(schemaProblems(schema, { subject: '一二三四五六' })).toEqual([
      { path: '/subject', keyword: 'maxLength', limit: 5 },
    ])
  })
})
