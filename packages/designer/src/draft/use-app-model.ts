import { type AppModel, buildApp } from '@tenon/engine'
import { useMemo } from 'react'
import type { Documents } from './documents.ts'
import { useDraftPart } from './draft-context.tsx'

const isSource = (path: string, json: unknown) =>
  path.endsWith('.json') && !path.startsWith('sample/') && typeof json === 'object'

function modelOf(documents: Documents): AppModel | undefined {
  const files = Object.entries(documents).flatMap(([path, json]) => (isSource(path, json) ? [{ path, json }] : []))
  try {
    const built = buildApp(files, { version: 0 })
    return built.ok ? built.value : undefined
  } catch {
    // The engine trusts what it indexes; a draft may still be wrong.
    return undefined
  }
}

/** The draft as the engine sees it; undefined while something in it is no definition at all. */
export function useAppModel(): AppModel | undefined {
  const documents = useDraftPart((state) => state.documents)
  return useMemo(() => modelOf(documents), [documents])
}
