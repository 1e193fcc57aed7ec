import type { RowSurroundings } from '@tenon/engine'
import { createContext, use, useMemo } from 'react'
import { useUi } from '../environment.tsx'
import { serverNow } from './now.ts'

const Known = createContext<RowSurroundings | undefined>(undefined)

/** What the form that is being filled in knows beside the record: who fills it in, and when. */
export const FormFactsProvider = Known.Provider

/** Away from a form only the clock is known. */
export function useFormFacts(): RowSurroundings {
  const { zone } = useUi()
  const known = use(Known)
  return useMemo(() => known ?? { now: serverNow(), zone }, [known, zone])
}
