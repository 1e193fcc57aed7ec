import { useParams } from '@tanstack/react-router'
import { NotVisible, Waiting } from '@tenon/runtime/page'
import { Suspense } from 'react'
import { builders } from '../builders/index.tsx'
import { isKind, pathOf } from '../builders/kinds.ts'
import { documentAt } from '../draft/documents.ts'
import { useDraftPart } from '../draft/draft-context.tsx'

/** The workbench of one definition. */
export default function BenchPage() {
  const { kind, id } = useParams({ from: '/$app/$kind/$id' })
  const path = isKind(kind) ? pathOf(kind, id) : ''
  const exists = useDraftPart((state) => documentAt(state.documents, path) !== undefined)
  if (!isKind(kind) || !exists) return <NotVisible />
  const { Bench } = builders[kind]
  return (
    <Suspense fallback={<Waiting />}>
      <Bench key={path} path={path} />
    </Suspense>
  )
}
