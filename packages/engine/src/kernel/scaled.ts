/**
 * Scaled integers: a decimal or an amount is stored as value × 10^scale, so sums are exact on both databases.
 * Beyond 2^53 − 1 a value is refused rather than rounded.
 */
const decimalText = /^([+-])?(\d+)(?:\.(\d+))?$/

/** The scaled integer of decimal text; undefined if it is no number, has more decimals than `scale`, or is too large. */
export function parseScaled(text: string, scale: number): number | undefined {
  const match = decimalText.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole = '0', fraction = ''] = match
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > scale) return undefined
  const scaled = Number(`${whole}${kept.padEnd(scale, '0')}`)
  if (!Number.isSafeInteger(scaled)) return undefined
  return sign === '-' && scaled !== 0 ? -scaled : scaled
}

/** Canonical decimal text with exactly `scale` decimals. */
export function formatScaled(scaled: number, scale: number): string {
  const digits = String(Math.abs(scaled)).padStart(scale + 1, '0')
  const sign = scaled < 0 ? '-' : ''
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
