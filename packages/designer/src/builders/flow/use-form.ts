import { type FormDefinition, type FormModel, formModel, isObject, withLookups } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { useMemo } from 'react'
import { documentAt } from '../../draft/documents.ts'
import { useDraftPart } from '../../draft/draft-context.tsx'
import { useDraftApp } from '../../panels/draft-app.ts'

/** The form of the draft, indexed; undefined: there is none, or it is not fit to be one yet. */
export function useDraftForm(id: string): FormModel | undefined {
  const document = useDraftPart((state) => documentAt(state.documents, `forms/${id}.json`))
  const { app, currency } = useUi()
  const { lookup } = useDraftApp()
  const model = useMemo(() => {
    if (!isObject(document)) return undefined
    try {
      return formModel(document as unknown as FormDefinition, { id: app, currency })
    } catch {
      // What the server calls a problem of the form is told there.
      return undefined
    }
  }, [document, app, currency])
  return useMemo(() => model && withLookups(model, lookup), [model, lookup])
}
