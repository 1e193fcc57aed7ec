import { type FormModel, formModel, isObject, withLookups } from '@tenon/engine'
import { useCallback, useMemo } from 'react'
import { documentAt } from '../../draft/documents.ts'
import { useDocument, useDraftPart, useDraftSession } from '../../draft/draft-context.tsx'
import { useDraftApp } from '../../panels/draft-app.ts'
import type { Form } from './edits/form-edit.ts'

export type EditForm = (label: string, change: (form: Form) => Form, key?: string) => void

/** The form of a bench as the draft has it now, and the way to change it. */
export function useForm(path: string): { readonly form: Form | undefined; readonly edit: EditForm } {
  const { document, edit } = useDocument(path)
  return {
    form: document as Form | undefined,
    edit: useCallback<EditForm>((label, change, key) => edit(label, (before) => change(before as never), key), [edit]),
  }
}

/** App and currency that the fields of the draft stand in. */
export function useHome(): { readonly id: string; readonly currency: string } {
  const session = useDraftSession()
  const currency = useDraftPart(({ documents }) => {
    const app = documentAt(documents, 'app.json')
    return isObject(app) && typeof app.currency === 'string' ? app.currency : 'CNY'
  })
  return useMemo(() => ({ id: session.app, currency }), [session.app, currency])
}

/** The form as its renderer takes it. A draft may say what cannot be read: then there is none. */
export function useFormModel(form: Form): FormModel | undefined {
  const home = useHome()
  const { lookup } = useDraftApp()
  const model = useMemo(() => modelOf(form, home), [form, home])
  return useMemo(() => model && withLookups(model, lookup), [model, lookup])
}

function modelOf(form: Form, home: { id: string; currency: string }): FormModel | undefined {
  try {
    return formModel(form, home)
  } catch {
    return undefined
  }
}
