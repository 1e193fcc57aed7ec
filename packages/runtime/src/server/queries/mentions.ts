/** Whether a part of a definition speaks of any of these fields. Read off its text: one too many tells nobody anything. */
export function mentions(part: unknown, fields: readonly string[]): boolean {
  const text = JSON.stringify(part)
  return fields.some((field) => new RegExp(`\\b${field}\\b`).test(text))
}
