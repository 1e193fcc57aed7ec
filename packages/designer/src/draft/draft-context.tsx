import { createContext, type ReactNode, useCallback, useContext, useDeferredValue, useSyncExternalStore } from 'react'
import { type Documents, documentAt, withDocument } from './documents.ts'
import type { DraftSession, DraftState } from './draft-session.ts'

type Props = { readonly session: DraftSession; readonly children: ReactNode }

const Current = createContext<DraftSession | null>(null)
const Calm = createContext<Documents>({})

export const DraftProvider = ({ session, children }: Props) => (
  <Current value={session}>
    <CalmDocuments session={session}>{children}</CalmDocuments>
  </Current>
)

function CalmDocuments({ session, children }: Props) {
  const { documents } = useSyncExternalStore(session.subscribe, session.state)
  return <Calm value={useDeferredValue(documents)}>{children}</Calm>
}

/**
 * The documents of the draft for what is told about them elsewhere: names, lists, things to pick. They follow a moment
 * behind the typing and never hold it up. What is being edited itself is read by `useDocument`.
 */
export const useCalmDocuments = (): Documents => useContext(Calm)

export function useDraftSession(): DraftSession {
  const session = useContext(Current)
  if (!session) throw new Error('a workbench stands inside an open draft')
  return session
}

/** The whole draft; drawn again at every edit. Benches use `useDocument`, which is not. */
export function useDraft(): DraftState {
  const session = useDraftSession()
  return useSyncExternalStore(session.subscribe, session.state)
}

/** A part of the draft; drawn again only when `pick` gives something else. */
export function useDraftPart<T>(pick: (state: DraftState) => T): T {
  const session = useDraftSession()
  return useSyncExternalStore(session.subscribe, () => pick(session.state()))
}

export type Definition = { readonly [key: string]: unknown }
export type EditDocument = (label: string, change: (document: Definition) => Definition, key?: string) => void

/** One definition of the draft and the way to change it; undefined: there is no such file. */
export function useDocument(path: string): { readonly document: Definition | undefined; readonly edit: EditDocument } {
  const session = useDraftSession()
  const document = useDraftPart((state) => documentAt(state.documents, path))
  const edit = useCallback<EditDocument>(
    (label, change, key) =>
      session.edit(
        label,
        (documents) => changedAt(documents, path, change),
        key === undefined ? undefined : `${path} ${key}`,
      ),
    [session, path],
  )
  return { document, edit }
}

function changedAt(documents: Documents, path: string, change: (document: Definition) => Definition): Documents {
  const before = documentAt(documents, path)
  if (!before) return documents
  const after = change(before)
  return after === before ? documents : withDocument(documents, path, after)
}
