import { type AppModel, buildApp, type FormLookup, formLookup } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { useMemo } from 'react'
import type { Documents } from './documents.ts'
import { useDraftPart } from './draft-context.tsx'

const isSource = (path: string, json: unknown) =>
  path.endsWith('.json') && !path.startsWith('sample/') && typeof json === 'object'

/** The draft as the engine sees it; undefined while something in it is no definition at all. */
export function modelOf(documents: Documents): AppModel | undefined {
  const files = Object.entries(documents).flatMap(([path, json]) => (isSource(path, json) ? [{ path, json }] : []))
  try {
    const built = buildApp(files, { version: 0 })
    return built.ok ? built.value : undefined
  } catch {
    // The engine trusts what it indexes; a draft may still be wrong.
    return undefined
  }
}

/** The draft indexed, and its forms by name; forms of other apps are those that are live. */
export function useAppModel(): { readonly app: AppModel | undefined; readonly lookup: FormLookup } {
  const documents = useDraftPart((state) => state.documents)
  const { lookup: live } = useUi()
  return useMemo(() => {
    const app = modelOf(documents)
    const own = app && formLookup(app, () => undefined)
    return { app, lookup: (name) => own?.(name) ?? live(name) }
  }, [documents, live])
}
