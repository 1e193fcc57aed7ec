const iso = /^(-)?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(\.\d+)?S)?)?$/

/**
 * Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds. A day is 24 hours; months and years
 * have no fixed length and give undefined.
 */
export function parseDurationMs(text: string): number | undefined {
  const match = iso.exec(text)
  if (!match || text.endsWith('P') || text.endsWith('T')) return undefined
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0, fraction = '0'] = match
  const total = ((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 3_600_000 + Number(minutes) * 60_000
  const ms = total + Number(seconds) * 1000 + Math.round(Number(`0${fraction}`) * 1000)
  return sign ? -ms : ms
}

/** Canonical ISO 8601 text of a number of milliseconds: `PT0S`, `P1DT2H`, `-PT30M`. */
export function formatDurationMs(ms: number): string {
  const rest = Math.abs(ms)
  const days = Math.floor(rest / 86_400_000)
  const hours = Math.floor((rest % 86_400_000) / 3_600_000)
  const minutes = Math.floor((rest % 3_600_000) / 60_000)
  const seconds = (rest % 60_000) / 1000
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`
  const body = `${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
  return body === '' ? 'PT0S' : `${ms < 0 ? '-' : ''}P${body}`
}
