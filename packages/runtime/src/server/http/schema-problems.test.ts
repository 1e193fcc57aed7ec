import { renderProblem } from '@tenon/engine'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { type SchemaError, schemaProblems } from './schema-problems.ts'

const schema = Type.Object(
  {
    state: Type.Unsafe<string>({ type: 'string', enum: ['open', 'closed'] }),
    mode: Type.Union([Type.Literal('all'), Type.Literal('partial')]),
    ids: Type.Array(Type.Integer(), { minItems: 1, maxItems: 2 }),
    name: Type.String({ minLength: 2, maxLength: 4 }),
    page: Type.Integer({ minimum: 1, maximum: 9 }),
  },
  { additionalProperties: false },
)
const right = { state: 'open', mode: 'all', ids: [1], name: 'abc', page: 1 }

test.each([
  [{ state: 'shut' }, '/state', '不能写“shut”，可选：open、closed', '"shut" is not one of: open, closed'],
  [{ mode: 'some' }, '/mode', '不能写“some”，可选：all、partial', '"some" is not one of: all, partial'],
  [{ ids: [] }, '/ids', '至少 1 项', 'At least 1 entries'],
  [{ ids: [1, 2, 3] }, '/ids', '最多 2 项，现有 3 项', 'At most 2 entries; there are 3'],
  [{ ids: ['x'] }, '/ids/0', '应为整数，而不是文本', 'Must be a whole number, not text'],
  [{ name: 'a' }, '/name', '至少 2 个字符', 'At least 2 characters'],
  [{ name: 'abcde' }, '/name', '最多 4 个字符', 'At most 4 characters'],
  [{ page: 0 }, '/page', '不能小于 1', 'Must not be less than 1'],
  [{ page: 10 }, '/page', '不能大于 9', 'Must not be greater than 9'],
  [{ more: 1 }, '/more', '这里不能有“more”', '"more" has no place here'],
  [{ name: undefined }, '/name', '缺少属性“name”', 'Property "name" is missing'],
])('%j says once what is wrong, in both languages', (wrong, path, zh, en) => {
  const given = JSON.parse(JSON.stringify({ ...right, ...wrong }))
  const problems = schemaProblems(Value.Errors(schema, given) as readonly SchemaError[], given)
  expect(problems.map((one) => [one.path, renderProblem(one, 'zh-CN'), renderProblem(one, 'en')])).toEqual([
    [path, zh, en],
  ])
})
