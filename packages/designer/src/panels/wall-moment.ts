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

/** A moment as RFC 3339 text with the offset of a zone: `2026-03-02T09:00:00+08:00`. */
export function momentText(zone: string, at: number): string {
  const minutes = Math.round(zoneOffsetMs(zone, at) / 60_000)
  const pad = (value: number) => String(value).padStart(2, '0')
  const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`
  return `${wallText(zone, at)}:00${offset}`
}
