import { formatDay, instantOfWall, parseInstant, zoneOffsetMs } from '@tenon/engine'

/** A moment as a `datetime-local` field of a zone writes it. */
export function wallText(zone: string, at: number): string {
  const wall = at + zoneOffsetMs(zone, at)
  return `${formatDay(wall)}T${new Date(wall).toISOString().slice(11, 16)}`
}

/** The moment a `datetime-local` field means in a zone; undefined while it is not written whole. */
export function momentOfWall(zone: string, text: string): number | undefined {
  const wall = parseInstant(`${text}:00Z`)
  return wall === undefined || wall === null ? undefined : instantOfWall(zone, wall)
}
