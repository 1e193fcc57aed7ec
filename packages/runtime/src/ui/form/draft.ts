/** A half-filled form, kept in the browser until it is sent. */
export type Draft = {
  readonly values: { readonly [field: string]: unknown }
  readonly version: number | null
  readonly at: number
}

const prefix = 'tenon.draft.'
const keptMs = 14 * 86_400_000

export function loadDraft(key: string): Draft | undefined {
  try {
    const text = localStorage.getItem(prefix + key)
    if (!text) return undefined
    const draft = JSON.parse(text) as Draft
    if (typeof draft.at !== 'number' || Date.now() - draft.at > keptMs) {
      localStorage.removeItem(prefix + key)
      return undefined
    }
    return draft
  } catch {
    // Storage may be forbidden or the text cut off: a draft is a convenience, its absence no failure.
    return undefined
  }
}

export function saveDraft(key: string, draft: Draft): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(draft))
  } catch {
    // Full or forbidden storage: the form itself goes on working.
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(prefix + key)
  } catch {
    // As above.
  }
}
