import type { Facts, ZoneSegment } from '@tenon/engine'
import { zoneSegments } from '@tenon/engine'
import { sql } from 'kysely'
import type { Bucket } from '../definitions/query.ts'
import type { Dialect, Sql } from './dialect.ts'

const yearMs = 365.25 * 86_400_000
/** Years beyond now for which changes of the clock are looked up; later moments take the last offset. */
const yearsAhead = 3

/**
 * Wall clock of the zone in which a moment falls, in milliseconds as if it were UTC. The zone is spelled out as offsets
 * from 1970 on, a balanced tree of comparisons, so that the database needs no zone data and both give the same answer.
 */
export function wallMs(moment: Sql, { zone, now }: Pick<Facts, 'zone' | 'now'>): Sql {
  const segments = zoneSegments(zone, 0, now + yearsAhead * yearMs)
  const [first] = segments
  if (segments.length === 1 && first)
    return first.offsetMs === 0 ? moment : sql`(${moment} + ${sql.lit(first.offsetMs)})`
  return sql`(${moment} + ${offsetOf(moment, segments)})`
}

function offsetOf(moment: Sql, segments: readonly ZoneSegment[]): Sql {
  const [first] = segments
  if (segments.length <= 1) return sql.lit(first?.offsetMs ?? 0)
  // Nearly all records are recent: the last stretch is asked first, the long past is searched by halves.
  const middle =
    segments.length > 3 && segments.length % 2 === 1 ? segments.length - 1 : Math.floor(segments.length / 2)
  const from = segments[middle]?.from ?? 0
  const later = offsetOf(moment, segments.slice(middle))
  return sql`case when ${moment} >= ${sql.lit(from)} then ${later} else ${offsetOf(moment, segments.slice(0, middle))} end`
}

export const momentBucket = (moment: Sql, bucket: Bucket, facts: Facts, dialect: Dialect): Sql =>
  dialect.momentBucket(wallMs(moment, facts), bucket)
