import { documentKinds } from '@tenon/engine'
import { expect, test } from 'vitest'
import { coveredIn, declaredProperties } from './covers.ts'

const texts = import.meta.glob<string>(
  ['../../packages/*/{src,test}/**/*.test.{ts,tsx}', '../**/*.test.{ts,tsx}', '!./covers.test.ts'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)
const declared = new Set(
  Object.entries(documentKinds).flatMap(([kind, { schema }]) => declaredProperties(kind, schema)),
)

test('names of properties, by example', () => {
  expect([...declared]).toEqual(
    expect.arrayContaining([
      'form.fields.text.maxLength',
      'flow.nodes.userTask.limit.within',
      'rule.then.notify.to.role',
      'calendar.weekly.mon',
    ]),
  )
  expect(coveredIn("covers('a.b', 'c')\ncovers('d')")).toEqual(['a.b', 'c', 'd'])
})

test('every claim of a test names a property there is; how many are shown is reported', () => {
  const claims = Object.entries(texts).flatMap(([file, text]) => coveredIn(text).map((name) => ({ file, name })))
  const shown = new Set(claims.map((claim) => claim.name))
  // Not a failure yet: the rest is the work that is left; COVERS=1 lists it.
  console.log(`covers: ${shown.size} of ${declared.size} declared properties are shown by a test that says so`)
  if (process.env.COVERS) console.log([...declared].filter((name) => !shown.has(name)).join('\n'))
  expect(claims.filter((claim) => !declared.has(claim.name))).toEqual([])
})
