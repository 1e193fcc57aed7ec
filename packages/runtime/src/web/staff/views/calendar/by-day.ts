import type { FormModel } from '@tenon/engine'
import type { RecordItem } from '../../../../contract/index.ts'
import { daysOf, type Place, placeOf, type Span, type When } from '../time.ts'

/** A record on a day. `goesOn`: it began earlier. */
export type OnDay = { readonly item: RecordItem; readonly place: Place; readonly goesOn: boolean }

/** The records on each day of a span: those that go on from an earlier day first, then by the clock. */
export function byDay(
  items: readonly RecordItem[],
  span: Span,
  when: When,
  form: FormModel,
  zone: string,
): ReadonlyMap<string, readonly OnDay[]> {
  const all = daysOf(span)
  const days = new Map<string, OnDay[]>()
  for (const item of items) {
    const place = placeOf(item, when, form, zone)
    if (!place) continue
    for (const day of all)
      if (day >= place.first && day <= place.last)
        days.set(day, [...(days.get(day) ?? []), { item, place, goesOn: day > place.first }])
  }
  for (const [day, here] of days) days.set(day, here.sort(inOrder))
  return days
}

const inOrder = (one: OnDay, other: OnDay): number =>
  Number(other.goesOn) - Number(one.goesOn) ||
  (one.place.at ?? 0) - (other.place.at ?? 0) ||
  (one.item.title < other.item.title ? -1 : 1)
