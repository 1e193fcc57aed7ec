import { useNavigate, useParams, useSearch } from '@tanstack/react-router'

export type Place = { readonly tab?: string | undefined; readonly at?: string | undefined }

/** What of a definition is looked at (`tab`, `at`), kept in the address; and the way to another part of it. */
export function usePlace(): Place & { readonly go: (place: Place) => void } {
  const params = useParams({ from: '/$app/$kind/$id' })
  const { tab, at } = useSearch({ from: '/$app' })
  const navigate = useNavigate()
  const go = (place: Place) =>
    void navigate({
      to: '/$app/$kind/$id',
      params,
      replace: true,
      search: (before: Place & { readonly draft?: string }) => {
        const next = { ...before, ...place }
        return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined))
      },
    })
  return { tab, at, go }
}
