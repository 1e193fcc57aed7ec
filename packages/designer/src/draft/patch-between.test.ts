import { applyPatch } from '@tenon/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patchBetween } from './patch-between.ts'

const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.string({ maxLength: 3 }), fc.integer(), fc.boolean(), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 5 }),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'a/b', '~x'), tie('value'), { maxKeys: 4 }),
})).value

test('the patch between two documents makes one of the other, and its inverse leads back', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      const patched = applyPatch(before, patchBetween(before, after))
      if (!patched.ok) throw new Error(JSON.stringify(patched.error))
      expect(patched.value.document).toEqual(after)
      const back = applyPatch(patched.value.document, patched.value.inverse)
      expect(back.ok && back.value.document).toEqual(before)
    }),
    { numRuns: 2000 },
  )
})

test('names what was changed, and nothing beside it', () => {
  const before = { fields: [{ id: 'a' }, { id: 'b', label: 'B' }, { id: 'c' }] }
  expect(patchBetween(before, { fields: [{ id: 'a' }, { id: 'c' }] })).toEqual([{ op: 'remove', path: '/fields/1' }])
  expect(patchBetween(before, { fields: [{ id: 'a' }, { id: 'b', label: 'C' }, { id: 'c' }] })).toEqual([
    { op: 'replace', path: '/fields/1/label', value: 'C' },
  ])
  expect(patchBetween(before, before)).toEqual([])
})
