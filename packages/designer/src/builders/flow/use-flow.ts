import { useNavigate, useSearch } from '@tanstack/react-router'
import { isObject } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Documents } from '../../draft/documents.ts'
import { useCalmDocuments, useDocument } from '../../draft/draft-context.tsx'
import { type Flow, flowOf } from '../../edits/flow/flow.ts'
import type { Surroundings } from '../../edits/flow/stencils.ts'
import { useAfterPaint } from '../frame/after-paint.ts'
import { useSteady } from '../frame/use-steady.ts'
import type { Wording } from './flow-words.ts'
import { useWhoNames } from './use-who-names.ts'

/** A flow of the draft and the way to change it. */
export function useFlow(path: string) {
  const { document, edit } = useDocument(path)
  const flow = useMemo(() => (document ? flowOf(document) : undefined), [document])
  /** `change` gives nothing where it cannot be done; the answer says whether it was. */
  const change = useCallback(
    <T extends { readonly flow: Flow }>(label: string, make: (flow: Flow) => T | undefined, key?: string) => {
      let made: T | undefined
      edit(
        label,
        (before) => {
          made = make(flowOf(before))
          return made ? made.flow : before
        },
        key,
      )
      return made
    },
    [edit],
  )
  return { flow, change }
}
export type ChangeFlow = ReturnType<typeof useFlow>['change']

/** The draft without the flow itself, for names: it stays the same object while the flow is edited. */
function useOtherDocuments(path: string): Documents {
  const documents = useCalmDocuments()
  const [kept, keep] = useState(documents)
  const isSame = (one: Documents, other: Documents) =>
    Object.keys(one).length === Object.keys(other).length &&
    Object.entries(one).every(([file, document]) => file === path || other[file] === document)
  if (kept === documents || isSame(kept, documents)) return kept
  keep(documents)
  return documents
}

export function useWording(path: string, flow: Flow | undefined): Wording {
  const { t } = useTranslation('flow')
  const { locale } = usePreferences()
  const documents = useOtherDocuments(path)
  const form = String(flow?.form ?? '')
  const names = useWhoNames(flow)
  return useMemo(() => ({ documents, form, locale, t, names }), [documents, form, locale, t, names])
}

/** What of the app a new node can stand on. */
export function useSurroundings(path: string): Surroundings {
  const documents = useOtherDocuments(path)
  return useMemo(() => {
    const ids = (folder: string) =>
      Object.entries(documents)
        .filter(([file, document]) => file.startsWith(`${folder}/`) && file !== path && isObject(document))
        .map(([, document]) => String((document as { readonly id?: unknown }).id))
    return { decisions: ids('decisions'), flows: ids('flows') }
  }, [documents, path])
}

const nothing: ReadonlySet<string> = new Set()
const settled = Symbol('settled')
type Choice = {
  readonly at: string | undefined
  /** What the address still says until it has followed; `settled`: it has. */
  readonly former: string | undefined | typeof settled
  readonly chosen: ReadonlySet<string>
}

/** What is chosen: one element is said in the address, so that it can be shared and reached; several only here. */
export function useChosen() {
  const at: string | undefined = useSearch({ strict: false, select: (search: { readonly at?: string }) => search.at })
  const navigate = useNavigate()
  const { later } = useAfterPaint()
  const own = at === undefined ? undefined : at.split('/').slice(0, 2).join('/')
  const [state, setState] = useState<Choice>({ at: undefined, former: settled, chosen: nothing })
  let { chosen } = state
  if (state.at === own && state.former !== settled) setState({ ...state, former: settled })
  else if (state.at !== own && state.former !== own) {
    // Somebody has followed a link to an element.
    chosen = own === undefined ? nothing : new Set([own])
    setState({ at: own, former: settled, chosen })
  }
  const { choose } = useSteady({
    choose: (next: ReadonlySet<string>) => {
      const [first] = next
      const only = next.size === 1 ? first : undefined
      setState((before) =>
        before.chosen === next ? before : { at: only, former: only === own ? settled : own, chosen: next },
      )
      const search = (before: { readonly at?: string }) => {
        const { at: _former, ...rest } = before
        return only === undefined ? rest : { ...rest, at: only }
      }
      // What is chosen is seen first; the address follows.
      later(() => void navigate({ to: '.', search: search as never, replace: true }))
    },
  })
  return { chosen, choose }
}
