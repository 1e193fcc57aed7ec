import type { Locale } from '@tenon/engine'
import { useMemo, useRef } from 'react'
import { type Kind, pathOf, placeOf } from '../builders/kinds.ts'
import type { Documents } from '../draft/documents.ts'
import { labelOf } from '../draft/labels.ts'

export type Entry = { readonly kind: Kind; readonly id: string; readonly path: string; readonly label: string }

/** Every definition by its name, `app` being the app's own; the very same list as long as it says the same. */
export function useEntries(documents: Documents, locale: Locale, app: string): readonly Entry[] {
  const found = useMemo(() => entriesOf(documents, locale, app), [documents, locale, app])
  const before = useRef(found)
  if (JSON.stringify(before.current) !== JSON.stringify(found)) before.current = found
  return before.current
}

function entriesOf(documents: Documents, locale: Locale, app: string): readonly Entry[] {
  const found = Object.keys(documents).flatMap((path) => {
    const place = placeOf(path)
    if (!place) return []
    const label = place.kind === 'app' ? app : labelOf(documents[path], locale, place.id)
    return [{ ...place, path: pathOf(place.kind, place.id), label }]
  })
  return found.sort((one, other) => one.label.localeCompare(other.label, locale))
}
