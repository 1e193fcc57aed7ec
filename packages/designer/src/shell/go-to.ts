import { useNavigate, useParams } from '@tanstack/react-router'
import { elementsOf } from '@tenon/engine'
import { placeOf } from '../builders/kinds.ts'
import { useDraftSession } from '../draft/draft-context.tsx'

/** Goes to a place in a definition: its file and the JSON Pointer in it. Benches choose the element at `at`. */
export function useGoTo(): (file: string, pointer?: string) => void {
  const navigate = useNavigate()
  const session = useDraftSession()
  const { app } = useParams({ from: '/$app' })
  return (file, pointer = '') => {
    const place = placeOf(file)
    if (!place) return
    const at = elementAt(session.state().documents[file], pointer) ?? partAt(file, pointer)
    void navigate({
      to: '/$app/$kind/$id',
      params: { app, ...place },
      search: (before: { readonly draft?: string }) => ({
        ...(before.draft === undefined ? {} : { draft: before.draft }),
        ...(at === undefined ? {} : { at }),
      }),
    })
  }
}

/** The portal is no element of a list, but has a place of its own. */
const partAt = (file: string, pointer: string): string | undefined =>
  file === 'app.json' && /^\/portal(\/|$)/.test(pointer) ? 'portal' : undefined

/** Address (`nodes/repair`) of the innermost element at a JSON Pointer; undefined: it is about the whole definition. */
const elementAt = (document: unknown, pointer: string): string | undefined => elementFinder(document)(pointer)

/** The same for many pointers into one definition. */
export function elementFinder(document: unknown): (pointer: string) => string | undefined {
  const addresses = new Map(elementsOf(document).map(({ path, address }) => [path, address]))
  return (pointer) => {
    for (let path = pointer; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
      const address = addresses.get(path)
      if (address !== undefined) return address
    }
    return undefined
  }
}
