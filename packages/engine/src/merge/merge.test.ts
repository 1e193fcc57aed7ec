import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Change, diffDocuments, valueAt } from './diff.ts'
import { applyPatch, type PatchOperation } from './json-patch.ts'
import { addressOf, type Merge, mergeDocuments } from './merge.ts'
import { equalJson } from './shape.ts'

type Doc = { [key: string]: unknown }
type Named = { id: string; [key: string]: unknown }

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const condition = fc.constantFrom<unknown>(
  { fact: 'record', path: '$.a', operator: 'equal', value: 1 },
  { all: [{ fact: 'record', path: '$.b', operator: 'isEmpty' }] },
  { formula: 'a > 1' },
)
const scalar = fc.constantFrom<unknown>(1, 2, 'x', 'y', true, 'PT1H', 'PT2H', [1, 2], [3, 4])
const text = fc.constantFrom<unknown>(
  '甲',
  '乙',
  { 'zh-CN': '甲', en: 'A' },
  { 'zh-CN': '丙', en: 'A' },
  { 'zh-CN': '甲' },
)
const list = (entry: fc.Arbitrary<Named>) => fc.uniqueArray(entry, { selector: (one) => one.id, maxLength: 5 })
const option: fc.Arbitrary<Named> = fc.record({ id: fc.constantFrom(...ids), label: text }) as fc.Arbitrary<Named>
const element: fc.Arbitrary<Named> = fc.record(
  {
    id: fc.constantFrom(...ids),
    type: fc.constantFrom('text', 'select', 'number'),
    label: text,
    required: fc.boolean(),
    max: scalar,
    when: condition,
    options: list(option),
    limit: fc.record({ within: scalar, calendar: scalar }, { requiredKeys: [] }),
  },
  { requiredKeys: ['id', 'type'] },
) as fc.Arbitrary<Named>
const columns = fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 6 })
const document = fc.record(
  { label: text, fields: list(element), nodes: list(element), columns, when: condition, zone: scalar },
  { requiredKeys: ['fields', 'nodes'] },
) as fc.Arbitrary<Doc>

/** One thing somebody does in an editor; `pick` chooses where. */
type Edit = {
  readonly what: 'set' | 'drop' | 'add' | 'remove' | 'move'
  readonly pick: number
  readonly value: unknown
  readonly element: Named
}
const edit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom('set', 'drop', 'add', 'remove', 'move' as const),
  pick: fc.nat({ max: 999 }),
  value: fc.oneof(scalar, text, condition),
  element,
}) as fc.Arbitrary<Edit>

function edited(base: Doc, edits: readonly Edit[]): Doc {
  const doc = structuredClone(base)
  for (const { what, pick, value, element } of edits) {
    const lists = ['fields', 'nodes'].map((key) => doc[key] as Named[])
    const chosen = lists[pick % 2] ?? []
    const target: Doc = pick % 3 === 0 || chosen.length === 0 ? doc : (chosen[pick % chosen.length] as Doc)
    const keys = ['label', 'zone', 'when', 'max', 'required']
    const key = keys[pick % keys.length] ?? 'label'
    if (what === 'set') target[key] = value
    else if (what === 'drop') delete target[key]
    else if (what === 'add' && !chosen.some((one) => one.id === element.id))
      chosen.splice(pick % (chosen.length + 1), 0, element)
    else if (what === 'remove') chosen.splice(pick % Math.max(1, chosen.length), 1)
    else if (what === 'move') chosen.push(...chosen.splice(0, 1))
  }
  return doc
}

const startsWith = (path: readonly string[], start: readonly string[]) => start.every((name, at) => path[at] === name)

/** The change is in the merged document, or a conflict tells of it. */
function isKept(change: Change, { document, conflicts }: Merge): boolean {
  const { path, kind, after } = change
  if (conflicts.some((one) => startsWith(one.path, path) || startsWith(path, one.path))) return true
  const now = valueAt(document, path)
  if (kind === 'removed') return now === undefined
  if (kind !== 'moved') return equalJson(now, after) || containsAll(now, after)
  return true
}
/** An element that one side added and the other added too, each with properties of its own: nothing of it is missing. */
const containsAll = (whole: unknown, part: unknown): boolean =>
  diffDocuments(part, whole).every((one) => one.kind === 'added' || one.kind === 'moved')

const settings = { numRuns: 2000, seed: 20261128 }
const edits = fc.array(edit, { maxLength: 6 })

describe('three-way merge', () => {
  it('loses no change of the admin and no fix of the template (2,000 pairs of edits)', () => {
    fc.assert(
      fc.property(document, edits, edits, (base, one, other) => {
        const [mine, theirs] = [edited(base, one), edited(base, other)]
        const merged = mergeDocuments(base, mine, theirs)
        for (const change of [...diffDocuments(base, mine), ...diffDocuments(base, theirs)])
          if (!isKept(change, merged)) throw new Error(JSON.stringify({ change, merged }))
        // Undecided, nothing that mine says is overwritten.
        for (const conflict of merged.conflicts) expect(conflict.taken).toBe('mine')
      }),
      settings,
    )
  })

  it('keeps the order of whoever changed it; where both did, mine is kept and the conflict told', () => {
    const ordered = (doc: Doc) => (doc.fields as Named[]).map((one) => one.id)
    const among = (names: readonly string[], others: readonly string[]) => names.filter((one) => others.includes(one))
    fc.assert(
      fc.property(document, edits, edits, (base, one, other) => {
        const [mine, theirs] = [edited(base, one), edited(base, other)]
        const merged = mergeDocuments(base, mine, theirs)
        const names = ordered(merged.document as Doc)
        const sides = [ordered(mine), ordered(theirs)].map((side) => equalJson(among(names, side), among(side, names)))
        const isDecided = merged.conflicts.some((conflict) => conflict.address === 'fields#order')
        const changed = [ordered(mine), ordered(theirs)].map(
          (side) => !equalJson(among(side, ordered(base)), among(ordered(base), side)),
        )
        // Whose order was changed is in force; where both changed it, mine, with the conflict told.
        if (changed[0]) expect(sides[0]).toBe(true)
        else if (changed[1]) expect(sides[1]).toBe(true)
        if (!changed[0] && !changed[1]) expect(isDecided).toBe(false)
      }),
      settings,
    )
  })

  it('the same upgrade twice changes nothing more; decisions made once hold (2,000 pairs)', () => {
    fc.assert(
      fc.property(
        document,
        edits,
        edits,
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        (base, one, other, coins) => {
          const [mine, theirs] = [edited(base, one), edited(base, other)]
          const first = mergeDocuments(base, mine, theirs)
          const decisions = Object.fromEntries(
            first.conflicts.map(({ address }, at) => [
              address,
              coins[at % coins.length] ? ('mine' as const) : ('theirs' as const),
            ]),
          )
          const merged = mergeDocuments(base, mine, theirs, decisions)
          expect(merged.conflicts.every((conflict) => conflict.decided)).toBe(true)
          // Published, the template is the base of the next upgrade: to the same version there is nothing to do.
          expect(mergeDocuments(theirs, merged.document, theirs)).toEqual({ document: merged.document, conflicts: [] })
        },
      ),
      settings,
    )
  })

  it('over a ladder of versions nothing is lost: of the admin between upgrades, of the template in any of them', () => {
    fc.assert(
      fc.property(document, edits, edits, edits, edits, (base, one, other, later, next) => {
        const theirs1 = edited(base, other)
        const first = mergeDocuments(base, edited(base, one), theirs1)
        const mine = edited(first.document as Doc, later)
        const theirs2 = edited(theirs1, next)
        const second = mergeDocuments(theirs1, mine, theirs2)
        for (const change of [...diffDocuments(theirs1, mine), ...diffDocuments(theirs1, theirs2)])
          if (!isKept(change, second)) throw new Error(JSON.stringify({ change, second }))
      }),
      settings,
    )
  })

  it('a decision of an earlier upgrade holds while mine is as it was decided, and overwrites nothing since', () => {
    const remembered = { kept: 'mine', taken: 'theirs', made: { value: 'M' }, changed: { value: 'M' } } as const
    const base = { kept: 1, taken: 1, made: 1, changed: 1 }
    const mine = { kept: 'K', taken: 'own', made: 'M', changed: 'N' }
    const merged = mergeDocuments(base, mine, { kept: 2, taken: 2, made: 2, changed: 2 }, {}, remembered)
    expect(merged.document).toEqual(mine)
    expect(Object.fromEntries(merged.conflicts.map(({ address, decided }) => [address, decided]))).toEqual({
      kept: true,
      taken: false,
      made: true,
      changed: false,
    })
    expect(mergeDocuments(base, mine, { ...base, kept: 2 }, { kept: 'theirs' }, remembered).document).toEqual({
      ...mine,
      kept: 2,
    })
  })

  it('invents nothing: every value stands in one of the sides', () => {
    fc.assert(
      fc.property(document, edits, edits, (base, one, other) => {
        const [mine, theirs] = [edited(base, one), edited(base, other)]
        const { document: merged } = mergeDocuments(base, mine, theirs)
        for (const { path, kind, after } of diffDocuments(base, merged))
          if (kind === 'changed' || kind === 'removed')
            expect([mine, theirs].some((side) => equalJson(valueAt(side, path), after))).toBe(true)
      }),
      settings,
    )
  })

  it('with one side unchanged it is the other; with both alike it is either; decided for theirs, theirs is there', () => {
    fc.assert(
      fc.property(document, edits, edits, (base, one, other) => {
        const [mine, theirs] = [edited(base, one), edited(base, other)]
        expect(mergeDocuments(base, mine, base)).toEqual({ document: mine, conflicts: [] })
        expect(mergeDocuments(base, base, theirs)).toEqual({ document: theirs, conflicts: [] })
        expect(mergeDocuments(base, mine, mine).conflicts).toEqual([])
        const { conflicts } = mergeDocuments(base, mine, theirs)
        const decisions = Object.fromEntries(conflicts.map(({ address }) => [address, 'theirs' as const]))
        const decided = mergeDocuments(base, mine, theirs, decisions)
        for (const conflict of decided.conflicts) {
          expect(conflict.decided).toBe(true)
          if (conflict.about === 'value')
            expect(equalJson(valueAt(decided.document, conflict.path), conflict.theirs)).toBe(true)
        }
      }),
      { ...settings, numRuns: 1000 },
    )
  })

  const base = {
    fields: [
      { id: 'a', type: 'text', label: 'A' },
      { id: 'b', type: 'text', label: 'B', required: true },
    ],
    columns: ['a', 'b'],
  }

  it('a new field of the admin and a new label of the template both hold', () => {
    const mine = {
      ...base,
      fields: [...base.fields, { id: 'mine', type: 'date', label: 'Mine' }],
      columns: ['a', 'mine', 'b'],
    }
    const theirs = {
      ...base,
      fields: [{ id: 'a', type: 'text', label: 'Better' }, base.fields[1]],
      columns: ['a', 'b', 'new'],
    }
    expect(mergeDocuments(base, mine, theirs)).toEqual({
      document: {
        fields: [
          { id: 'a', type: 'text', label: 'Better' },
          base.fields[1],
          { id: 'mine', type: 'date', label: 'Mine' },
        ],
        columns: ['a', 'mine', 'b', 'new'],
      },
      conflicts: [],
    })
  })

  it('taken away here and changed there is a conflict of the whole element, and a decision settles it', () => {
    const mine = { ...base, fields: [base.fields[1]] }
    const theirs = { ...base, fields: [{ ...base.fields[0], required: true }, base.fields[1]] }
    const merged = mergeDocuments(base, mine, theirs)
    expect(merged.conflicts).toMatchObject([{ address: 'fields/a', taken: 'mine', decided: false }])
    const decided = mergeDocuments(base, mine, theirs, { 'fields/a': 'theirs' })
    expect(valueAt(decided.document, ['fields', 'a', 'required'])).toBe(true)
    const byHand = mergeDocuments(base, mine, theirs, {
      'fields/a': { value: { id: 'a', type: 'text', label: 'Hand' } },
    })
    expect(valueAt(byHand.document, ['fields', 'a', 'label'])).toBe('Hand')
  })

  it('half of one condition and half of another never make a third', () => {
    const when = (value: number) => ({ when: { fact: 'record', path: '$.a', operator: 'equal', value } })
    const theirs = { when: { fact: 'record', path: '$.b', operator: 'equal', value: 1 } }
    expect(mergeDocuments(when(1), when(2), theirs)).toMatchObject({
      document: when(2),
      conflicts: [{ address: 'when', theirs: theirs.when }],
    })
  })

  it('a field that becomes another type is decided as a whole', () => {
    const mine = { fields: [{ id: 'a', type: 'number', label: 'A' }] }
    const theirs = { fields: [{ id: 'a', type: 'text', label: 'A', maxLength: 3 }] }
    const start = { fields: [{ id: 'a', type: 'text', label: 'A' }] }
    expect(mergeDocuments(start, mine, theirs)).toMatchObject({ document: mine, conflicts: [{ address: 'fields/a' }] })
  })

  it('addresses are unambiguous', () => expect(addressOf(['forms/ticket.json', 'a~b'])).toBe('forms~1ticket.json/a~0b'))
})

describe('JSON Patch (RFC 6902)', () => {
  const patched = (doc: unknown, ...patch: PatchOperation[]) => {
    const result = applyPatch(doc, patch)
    return result.ok ? result.value.document : result.error.code
  }
  it.each<[string, unknown, PatchOperation[], unknown]>([
    ['A.1 add a member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { foo: 'bar', baz: 'qux' }],
    [
      'A.2 add an element',
      { foo: ['bar', 'baz'] },
      [{ op: 'add', path: '/foo/1', value: 'qux' }],
      { foo: ['bar', 'qux', 'baz'] },
    ],
    ['A.3 remove a member', { baz: 1, foo: 2 }, [{ op: 'remove', path: '/baz' }], { foo: 2 }],
    ['A.4 remove an element', { foo: [1, 2, 3] }, [{ op: 'remove', path: '/foo/1' }], { foo: [1, 3] }],
    ['A.5 replace', { baz: 1 }, [{ op: 'replace', path: '/baz', value: 2 }], { baz: 2 }],
    ['A.6 move a value', { a: { b: 1 }, c: {} }, [{ op: 'move', from: '/a/b', path: '/c/d' }], { a: {}, c: { d: 1 } }],
    [
      'A.7 move an element',
      { foo: [1, 2, 3, 4] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: [1, 3, 4, 2] },
    ],
    ['A.8 test', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'qux' }], { baz: 'qux' }],
    ['A.9 test that does not hold', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }], 'patch.testFailed'],
    [
      'A.10 add a nested member',
      { foo: 1 },
      [{ op: 'add', path: '/child', value: { g: {} } }],
      { foo: 1, child: { g: {} } },
    ],
    ['A.12 add to what is not there', { foo: 1 }, [{ op: 'add', path: '/baz/bat', value: 1 }], 'patch.targetMissing'],
    ['A.14 escaped names', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
    [
      'A.16 add at the end',
      { foo: ['bar'] },
      [{ op: 'add', path: '/foo/-', value: ['abc'] }],
      { foo: ['bar', ['abc']] },
    ],
    ['§4.1 index beyond the end', { foo: [1] }, [{ op: 'add', path: '/foo/3', value: 2 }], 'patch.targetMissing'],
    ['§4.4 into itself', { a: { b: {} } }, [{ op: 'move', from: '/a', path: '/a/b' }], 'patch.targetMissing'],
    ['a prototype', {}, [{ op: 'add', path: '/__proto__/x', value: 1 }], 'patch.targetMissing'],
  ])('%s', (_, doc, patch, expected) => expect(patched(doc, ...patch)).toEqual(expected))

  it('is whole or not at all, and its inverse leads back', () => {
    const operation = fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy'),
      path: fc.constantFrom('/fields/0', '/fields/1/label', '/columns/-', '/columns/0', '/zone', '/fields/0/options/0'),
      from: fc.constantFrom('/fields/0', '/columns/0', '/zone', '/fields/1'),
      value: scalar,
    }) as fc.Arbitrary<PatchOperation>
    fc.assert(
      fc.property(document, fc.array(operation, { maxLength: 6 }), (doc, patch) => {
        const before = structuredClone(doc)
        const result = applyPatch(doc, patch)
        expect(doc).toEqual(before)
        if (!result.ok) return
        const back = applyPatch(result.value.document, result.value.inverse)
        expect(back.ok && back.value.document).toEqual(before)
      }),
      settings,
    )
  })
})
