import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentOf } from '../test/generate-documents.ts'
import { documentKinds } from './definitions/kinds.ts'
import { compileDataValidator, validateFiles } from './validate.ts'

const form = (more: object = {}) => ({
  id: 'ticket',
  kind: 'form',
  schemaVersion: 1,
  label: 'x',
  title: { formula: 'a' },
  fields: [],
  ...more,
})
const problemsOf = (json: unknown, path = 'forms/ticket.json') => validateFiles([{ path, json }])

test('a right document has no problems', () => {
  expect(problemsOf(form({ fields: [{ id: 'a', type: 'text', label: { 'zh-CN': '甲', en: 'A' } }] }))).toEqual([])
})

test.each(Object.keys(documentKinds))('what fits the schema of a %s has no problem but lengths', (kind) => {
  const { schema, folder } = documentKinds[kind as keyof typeof documentKinds]
  // The generator meets lengths and ranges only roughly.
  const rough = /document\.(too\w+|idMismatch|noBranch)/
  fc.assert(
    fc.property(documentOf(schema), (doc) => {
      const path = folder === '' ? 'app.json' : `${folder}/${String(doc.id)}.json`
      const found = validateFiles([{ path, json: doc }]).filter((problem) => !rough.test(problem.code))
      expect(found.filter((problem) => problem.code !== 'document.unknownKind' || folder === '')).toEqual([])
    }),
    { seed: 11, numRuns: 60 },
  )
})

describe('only the branch that was meant speaks', () => {
  const at = (visibleWhen: unknown) =>
    problemsOf(form({ fields: [{ id: 'a', type: 'text', label: 'x', visibleWhen }] })).map(({ code, path }) => [
      code,
      path.replace('/forms/ticket.json/fields/0/visibleWhen', ''),
    ])
  test.each<[string, unknown, unknown]>([
    ['a leaf without operator', { fact: 'record', path: '$.a' }, [['document.missingProperty', '/operator']]],
    [
      'a wrong leaf deep inside',
      { all: [{ any: [{ not: { fact: 'recrod', operator: 'equal', value: 1 } }] }] },
      [['document.notAllowed', '/all/0/any/0/not/fact']],
    ],
    ['two keys', { all: [], any: [] }, [['document.noBranch', '']]],
    ['no key', { and: [] }, [['document.noBranch', '']]],
    ['no object', 'x', [['document.wrongType', '']]],
    [
      'a wrong value',
      { fact: 'record', operator: 'equal', value: { reff: '$.a' } },
      [
        ['document.unknownProperty', '/value/reff'],
        ['document.missingProperty', '/value/ref'],
      ],
    ],
  ])('%s', (_, condition, expected) => {
    expect(new Set(at(condition).map(String))).toEqual(new Set((expected as string[][]).map(String)))
  })
})

test('an unknown property comes with the name it probably means', () => {
  expect(problemsOf(form({ fields: [{ id: 'a', type: 'text', label: 'x', requierd: true }] }))).toEqual([
    {
      code: 'document.unknownProperty',
      path: '/forms/ticket.json/fields/0/requierd',
      details: { property: 'requierd', suggestion: 'required' },
    },
  ])
})

test('a wrong field type lists the types and speaks of nothing else', () => {
  const [problem, ...others] = problemsOf(form({ fields: [{ id: 'a', type: 'txet', label: 'x', maxLength: 3 }] }))
  expect(others).toEqual([])
  expect(problem).toMatchObject({
    code: 'document.notAllowed',
    path: '/forms/ticket.json/fields/0/type',
    details: { value: 'txet', suggestion: 'text' },
  })
  expect(problem?.details?.allowed).toContain('money')
})

test.each(['__proto__', 'constructor', 'prototype'])('RT-B1: the key %s is refused at depth 1 to 4', (key) => {
  for (let depth = 1; depth <= 4; depth += 1) {
    const inner = JSON.parse(`{"${key}": {"polluted": true}}`)
    const json = Array.from({ length: depth - 1 }).reduce<unknown>((value) => ({ x: value }), inner)
    expect(problemsOf(json)).toEqual([
      { code: 'document.forbiddenKey', path: `/forms/ticket.json${'/x'.repeat(depth - 1)}/${key}`, details: { key } },
    ])
  }
  expect('polluted' in {}).toBe(false)
})

describe('RT-P3: limits', () => {
  const field = (at: number) => ({ id: `f${at}`, type: 'text', label: 'x' })
  const node = (at: number) => ({ id: `n${at}`, type: 'startEvent' })
  const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at))
  const flow = (count: number) => ({
    id: 'f',
    kind: 'flow',
    schemaVersion: 1,
    form: 'ticket',
    label: 'x',
    start: [{ on: 'created' }],
    nodes: many(count, node),
    edges: [],
  })
  const options = (count: number) =>
    form({ fields: [{ ...field(0), type: 'select', options: many(count, (at) => ({ id: `o${at}`, label: 'x' })) }] })

  test('at the limit all is well, one more is a problem and nothing else', () => {
    expect(problemsOf(form({ fields: many(500, field) }))).toEqual([])
    expect(problemsOf(form({ fields: many(501, field) }))).toEqual([
      { code: 'document.tooMany', path: '/forms/ticket.json/fields', details: { max: 500, count: 501 } },
    ])
    expect(problemsOf(flow(300), 'flows/f.json')).toEqual([])
    expect(problemsOf(flow(301), 'flows/f.json')).toEqual([
      { code: 'document.tooMany', path: '/flows/f.json/nodes', details: { max: 300, count: 301 } },
    ])
    expect(problemsOf(options(10_000))).toEqual([])
    expect(problemsOf(options(10_001))).toEqual([
      {
        code: 'document.tooMany',
        path: '/forms/ticket.json/fields/0/options',
        details: { max: 10_000, count: 10_001 },
      },
    ])
  })

  test('ten times too much, all of it wrong, gives few problems', () => {
    expect(problemsOf(form({ fields: many(5000, () => ({ nonsense: 1 })) }))).toHaveLength(1)
    expect(problemsOf(options(100_000))).toEqual([
      { code: 'document.tooLarge', path: '/forms/ticket.json', details: { max: 2_000_000 } },
    ])
    const wrong = form({ fields: many(500, () => ({ id: 'A', type: 'text', label: 1, x: 1, y: 2, z: 3 })) })
    expect(problemsOf(wrong)).toHaveLength(200)
  })

  test('too deep', () => {
    const deep = many(40, () => 0).reduce<unknown>((value) => [value], 1)
    expect(problemsOf(form({ layout: deep }))).toMatchObject([{ code: 'document.tooDeep' }])
  })
})

test.each([
  'forms/Ticket.json',
  'forms/ticket.txt',
  'ticket.json',
  'forms/a/b.json',
  'forms/../app.json',
  'tables/x.json',
  '__proto__/x.json',
])('%s is no file of an app', (path) => {
  expect(validateFiles([{ path, json: form() }]).map((problem) => problem.code)).toEqual(['document.unknownKind'])
})

test('an id that is not the file name', () => {
  expect(problemsOf(form({ id: 'order' }))).toEqual([
    { code: 'document.idMismatch', path: '/forms/ticket.json/id', details: { id: 'order', file: 'forms/ticket.json' } },
  ])
})

test('no string of a form takes an object, array, number or null instead', () => {
  for (const value of [{}, [], 1, null, { path: 'x' }])
    for (const name of ['id', 'icon'])
      expect(problemsOf(form({ [name]: value }))).toMatchObject([
        { code: 'document.wrongType', path: `/forms/ticket.json/${name}` },
      ])
})

test('form data: every problem at its path, nothing coerced', () => {
  const validate = compileDataValidator({
    type: 'object',
    additionalProperties: false,
    required: ['a'],
    properties: {
      a: { type: 'string', title: '甲' },
      n: { type: 'integer', title: '数量', 'x-note': 1 },
      d: { type: 'string', format: 'date', title: '日期' },
    },
  })
  const data = { n: '1', d: '2026-02-30', other: 1 }
  expect(validate(data).map(({ code, path, details }) => [code, path, details?.label ?? details?.field])).toEqual(
    expect.arrayContaining([
      ['field.required', '/a', '甲'],
      ['field.unknown', '/other', 'other'],
      ['field.invalid', '/n', '数量'],
    ]),
  )
  expect(data).toEqual({ n: '1', d: '2026-02-30', other: 1 })
  expect(validate({ a: 'x', n: 1, d: '2026-02-28' })).toEqual([])
})
