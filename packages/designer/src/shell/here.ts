import { useParams, useSearch } from '@tanstack/react-router'
import { isKind, pathOf } from '../builders/kinds.ts'

/** Address of what is open: `flows/ticket_sop.json/nodes/repair`; undefined: no definition is. */
export function useHere(): string | undefined {
  const { kind, id } = useParams({ strict: false }) as { kind?: string; id?: string }
  const at: string | undefined = useSearch({ strict: false, select: (search: { readonly at?: string }) => search.at })
  if (kind === undefined || id === undefined || !isKind(kind)) return undefined
  const path = pathOf(kind, id)
  return at === undefined ? path : `${path}/${at}`
}

/** The definition an address is in, and the address of the element in it. */
export function splitAddress(address: string): { readonly file: string; readonly at: string | undefined } {
  const end = address.indexOf('.json')
  const file = end < 0 ? address : address.slice(0, end + 5)
  const at = address.slice(file.length + 1)
  return { file, at: at === '' ? undefined : at }
}
