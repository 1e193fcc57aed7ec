import { newKey } from '../../contract/index.ts'
import type { Ref, Refs } from '../../ui/environment.tsx'

/** One visit to a public form: the secret its uploads are bound to, and what they are called. */
export type Visit = { readonly secret: string; readonly files: Refs }

const keyOf = (token: string) => `tenon.visit.${token}`
/** Uploads that nobody sent in are thrown away after a day; so is the memory of them. */
const keptMs = 23 * 3_600_000

/** The visit that was begun here, so that a reload loses no upload; else a new one. */
export function beginVisit(token: string): Visit {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(token)) ?? '{}') as Partial<Visit> & { at?: number }
    if (typeof kept.secret === 'string' && Date.now() - (kept.at ?? 0) < keptMs)
      return { secret: kept.secret, files: kept.files ?? {} }
  } catch {
    // Forbidden or broken storage: a visit of this page alone.
  }
  return { secret: newKey(), files: {} }
}

/** Remembers one more upload of the visit. */
export function withFile(token: string, visit: Visit, id: string, ref: Ref): Visit {
  const next = { ...visit, files: { ...visit.files, [id]: ref } }
  try {
    localStorage.setItem(keyOf(token), JSON.stringify({ ...next, at: Date.now() }))
  } catch {
    // Then a reload forgets it.
  }
  return next
}

/** Forgets the visit once it is sent in. */
export function endVisit(token: string): void {
  try {
    localStorage.removeItem(keyOf(token))
  } catch {
    // Nothing was kept.
  }
}
