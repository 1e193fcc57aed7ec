import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueAt } from '../merge/diff.ts'
import { pathOfAddress } from './addresses.ts'
import { withoutElement } from './delete-element.ts'
import { goneElements, withRestored } from './restore-element.ts'

const field = (id: string, more: object = {}) => ({ id, type: 'select', options: [{ id: 'x' }, { id: 'y' }], ...more })
const files = {
  'app.json': { id: 'a', retired: ['forms/t/fields/b', 'forms/t/fields/b/options/x', 'flows/old'] },
  'forms/t.json': { id: 't', fields: [field('a'), field('b'), field('c')], views: [{ id: 'v', columns: ['a'] }] },
  'README.md': 'text',
}
const addresses = ['a', 'b', 'c'].flatMap((id) => [
  `forms/t.json/fields/${id}`,
  `forms/t.json/fields/${id}/options/x`,
  `forms/t.json/fields/${id}/options/y`,
])

describe('an element comes back', () => {
  it('where it stood, as it was; its address is retired no more', () => {
    const now = withoutElement(files, 'forms/t.json/fields/b')
    const back = withRestored(now, files, 'forms/t.json/fields/b')
    expect(back?.['forms/t.json']).toEqual(files['forms/t.json'])
    expect(back?.['app.json']).toEqual({ id: 'a', retired: ['flows/old'] })
  })

  it('in the place of what it has become', () => {
    const now = {
      ...files,
      'forms/t.json': { ...files['forms/t.json'], fields: [field('c'), field('b', { label: 'new' })] },
    }
    const back = withRestored(now, files, 'forms/t.json/fields/b')
    expect(back?.['forms/t.json']).toEqual({ ...files['forms/t.json'], fields: [field('c'), field('b')] })
  })

  it('as a whole file, and as a list that is gone with its last entry', () => {
    expect(withRestored(withoutElement(files, 'README.md'), files, 'README.md')?.['README.md']).toBe('text')
    const bare = { ...files, 'forms/t.json': { id: 't', fields: [] } }
    expect(withRestored(bare, files, 'forms/t.json/views/v')?.['forms/t.json']).toEqual({
      id: 't',
      fields: [],
      views: [{ id: 'v', columns: ['a'] }],
    })
  })

  it('not where it never was, nor into what is gone itself', () => {
    expect(withRestored(files, files, 'forms/t.json/fields/z')).toBeUndefined()
    const now = withoutElement(files, 'forms/t.json/fields/b')
    expect(withRestored(now, files, 'forms/t.json/fields/b/options/x')).toBeUndefined()
  })

  it('what is deleted in any order and brought back from the bin, outermost first, is all there again', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(addresses, { minLength: 1 }), (gone) => {
        const now = gone.reduce((all, address) => withoutElement(all, address), files as Record<string, unknown>)
        let back = now as Record<string, unknown>
        for (let bin = goneElements(back, files); bin.length > 0; bin = goneElements(back, files)) {
          const restored = withRestored(back, files, bin[0] ?? '')
          if (!restored) throw new Error(`not restored: ${bin[0]}`)
          back = { ...restored }
        }
        for (const address of addresses)
          expect(valueAt(back, pathOfAddress(address))).toEqual(valueAt(files, pathOfAddress(address)))
        expect(back['forms/t.json']).toEqual(files['forms/t.json'])
      }),
      { numRuns: 300, seed: 20261128 },
    )
  })
})
