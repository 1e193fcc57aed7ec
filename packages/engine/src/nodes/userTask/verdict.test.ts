import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { needed, verdictOf } from './verdict.ts'

const outcomes = [
  { id: 'agree', label: 'x' },
  { id: 'refuse', label: 'x' },
  { id: 'veto', label: 'x', veto: true },
]
type Policy = Parameters<typeof verdictOf>[0]
type Vote = 'agree' | 'refuse' | 'veto'

/** What the words of the policy mean when everybody has answered. */
function naive({ quorum }: Policy, votes: readonly Vote[]): string {
  if (votes.includes('veto')) return 'veto'
  const agreed = votes.filter((vote) => vote === 'agree').length
  return isEnough(quorum, agreed, votes.length) ? 'agree' : (votes.find((vote) => vote !== 'agree') ?? 'agree')
}

function isEnough(quorum: Policy['quorum'], agreed: number, total: number): boolean {
  if (quorum === undefined) return agreed === total
  if (typeof quorum === 'number') return agreed >= Math.min(quorum, total)
  // In whole tenths, so that the oracle cannot share a rounding error.
  return 'moreThan' in quorum
    ? agreed * 10 > Math.round(quorum.moreThan * 10) * total
    : agreed * 10 >= Math.round(quorum.ratio * 10) * total
}

/** All that can still come. */
function completions(votes: readonly (Vote | undefined)[]): readonly (readonly Vote[])[] {
  return votes.reduce<readonly (readonly Vote[])[]>(
    (all, vote) => all.flatMap((one) => (vote ? [vote] : (['agree', 'refuse'] as const)).map((next) => [...one, next])),
    [[]],
  )
}

const policies = fc.record({
  mode: fc.constantFrom('any' as const, 'all' as const, 'sequential' as const),
  quorum: fc.option(
    fc.oneof(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 10 }).map((tenths) => ({ ratio: tenths / 10 })),
      fc.integer({ min: 1, max: 9 }).map((tenths) => ({ moreThan: tenths / 10 })),
    ),
    { nil: undefined },
  ),
  waitForAll: fc.option(fc.boolean(), { nil: undefined }),
})
const sequences = fc.array(fc.tuple(fc.nat(), fc.constantFrom<Vote>('agree', 'agree', 'refuse', 'veto')), {
  minLength: 1,
  maxLength: 6,
})

describe('the verdict of several people', () => {
  test('2,000 sequences: it comes exactly when it is due, and is what the naive count of all votes says', () => {
    fc.assert(
      fc.property(policies, sequences, (drawn, sequence) => {
        const policy = { ...drawn, outcomes } as Policy
        const votes: (Vote | undefined)[] = sequence.map(() => undefined)
        const order = sequence.map(([rank, vote], seat) => ({ rank, vote, seat }))
        if (policy.mode !== 'sequential') order.sort((a, b) => a.rank - b.rank)
        let first: Vote | undefined
        for (const { seat, vote } of order) {
          votes[seat] = vote
          first ??= vote
          const verdict = verdictOf(policy, votes)
          const isLast = votes.every((one) => one !== undefined)
          if (policy.mode === 'any') {
            expect(verdict).toBe(first)
            return
          }
          if (vote === 'veto' && policy.waitForAll !== true) {
            expect(verdict).toBe('veto')
            return
          }
          const hearsAll = policy.waitForAll ?? (policy.mode === 'all' && policy.quorum === undefined)
          if (isLast) {
            expect(verdict).toBe(naive(policy, votes as Vote[]))
            return
          }
          if (hearsAll) expect(verdict).toBeUndefined()
          else {
            // Certain: whatever the others say now, consent is reached, or is not.
            const ends = completions(votes).map((all) => naive(policy, all) === 'agree')
            expect(verdict !== undefined).toBe(new Set(ends).size === 1)
            if (verdict !== undefined) {
              expect(verdict === 'agree').toBe(ends[0])
              return
            }
          }
        }
      }),
      { numRuns: 2000, seed: 20 },
    )
  })

  test.each([
    [undefined, 5, 5],
    [3, 5, 3],
    [9, 5, 5],
    [{ ratio: 0.6 }, 5, 3],
    [{ ratio: 0.5 }, 5, 3],
    [{ ratio: 0.1 }, 3, 1],
    [{ ratio: 0.7 }, 10, 7],
    [{ moreThan: 0.5 }, 3, 2],
    [{ moreThan: 0.5 }, 4, 3],
    [{ moreThan: 0.5 }, 1, 1],
    [{ moreThan: 0.6 }, 5, 4],
    [{ moreThan: 0.66 }, 3, 2],
    [{ moreThan: 0.99 }, 100, 100],
  ])('quorum %o of %i people needs %i', (quorum, total, count) => expect(needed(quorum, total)).toBe(count))
})
