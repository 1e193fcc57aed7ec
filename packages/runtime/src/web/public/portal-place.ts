import { useSyncExternalStore } from 'react'

/** What of a portal is looked at, kept in the address. */
export type PortalPlace =
  | { readonly kind: 'home' }
  | { readonly kind: 'list' }
  | { readonly kind: 'record'; readonly form: string; readonly id: string }

export const ownAddress = '#own'
export const recordAddress = (form: string, id: string): string => `${ownAddress}/${form}/${id}`

function placeOf(hash: string): PortalPlace {
  const [name, form, id] = hash.slice(1).split('/')
  if (name !== ownAddress.slice(1)) return { kind: 'home' }
  return form && id && /^[a-z0-9_]+$/.test(form) && /^[0-9a-f-]+$/.test(id)
    ? { kind: 'record', form, id }
    : { kind: 'list' }
}

const subscribe = (changed: () => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export const usePortalPlace = (): PortalPlace => placeOf(useSyncExternalStore(subscribe, () => location.hash))
