import { useSyncExternalStore } from 'react'

const query = '(max-width: 767px)'

/** Asked for once: a new list for every look is a dear one, and a workbench looks a hundred times. */
let kept: MediaQueryList | undefined
const media = () => {
  kept ??= window.matchMedia(query)
  return kept
}

function subscribe(changed: () => void) {
  media().addEventListener('change', changed)
  return () => media().removeEventListener('change', changed)
}

/** True while the window is as narrow as a phone. */
export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => media().matches)
