import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Directory, Person } from './world.ts'

/** Deputies of deputies, no further than this. */
const longestChain = 10

/** Whether somebody is out of office at a moment: they say so, and the period, where they gave one, has it. */
export const isAway = ({ away, awayFrom, awayUntil }: Person, at: Instant): boolean =>
  away && (awayFrom ?? at) <= at && (awayUntil == null || at < awayUntil)

/** Who stands in for somebody who is away: the first in the chain of deputies who is here. Undefined: nobody. */
export function deputyOf(directory: Pick<Directory, 'person'>, id: Id, at: Instant): Person | undefined {
  const seen = new Set<Id>([id])
  for (let person = directory.person(id); person && isAway(person, at) && seen.size <= longestChain; ) {
    const deputy = person.deputy == null ? undefined : directory.person(person.deputy)
    if (!deputy?.active || seen.has(deputy.id)) return undefined
    if (!isAway(deputy, at)) return deputy
    seen.add(deputy.id)
    person = deputy
  }
  return undefined
}
