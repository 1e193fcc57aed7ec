import type { FieldValue, MetricRequest, ValueType } from '@tenon/engine'
import { formatWide, storedOf } from '../aggregates/numbers.ts'

/** What one window gave: the metric's value and the number of records behind it. */
export type WindowReading = { readonly value: FieldValue; readonly sample: number }

/** Digits of a ratio: cut off, not rounded, so that what is just below a line stays below it. */
const ratioScale = 12

/** The figure of a request from what its windows gave. Null: too few records, or nothing to compare with. */
export function figureOfWindows(
  request: MetricRequest,
  type: ValueType,
  now: WindowReading,
  before: WindowReading | undefined,
): FieldValue {
  if (isTooSmall(request, now)) return null
  if (request.value === 'value') return now.value
  if (!before || isTooSmall(request, before)) return null
  const later = storedOf(now.value, type)
  const earlier = storedOf(before.value, type)
  if (later === undefined || earlier === undefined) return null
  if (request.value === 'ratio')
    return earlier === 0n ? null : formatWide((later * 10n ** BigInt(ratioScale)) / earlier, ratioScale)
  return type.kind === 'duration' ? signedDuration(later - earlier) : formatWide(later - earlier, type.scale ?? 0)
}

/** A count of nothing is a figure: 0. Only where a sample is asked for, too few records are none. */
const isTooSmall = ({ minimumSample }: MetricRequest, { sample }: WindowReading): boolean =>
  minimumSample > 1 && sample < minimumSample

/** The difference of two durations in seconds: ISO 8601 durations of ours have no sign. */
const signedDuration = (ms: bigint): string => formatWide(ms, 3)
