import { type Static, Type } from 'typebox'
import { about, Closed, inPercent } from '../definitions/schema.ts'

/** A part of all of them: at least so much, or more than so much. */
export const shares = [
  Closed({
    ratio: Type.Number({
      minimum: 0.01,
      maximum: 1,
      ...about(
        '至少占',
        'At least a share',
        'At least this share of all of them, rounded up; 60 % of 5 is 3.',
        inPercent,
      ),
    }),
  }),
  Closed({
    moreThan: Type.Number({
      minimum: 0.01,
      maximum: 0.99,
      ...about(
        '超过',
        'More than a share',
        'More than this share of all of them; more than 50 % of 4 is 3.',
        inPercent,
      ),
    }),
  }),
] as const
type Share = Static<(typeof shares)[number]>

/** How many of `total` such a share is. */
export function countOf(share: Share, total: number): number {
  // 0.6 × 5 is 3.0000000000000004 in binary: the share is meant as written.
  const exactly = (part: number) => Number((part * total).toFixed(9))
  return 'moreThan' in share ? Math.floor(exactly(share.moreThan)) + 1 : Math.max(1, Math.ceil(exactly(share.ratio)))
}
