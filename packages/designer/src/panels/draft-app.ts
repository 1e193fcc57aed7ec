import {
  type AppDefinition,
  type FormDefinition,
  type FormLookup,
  type FormModel,
  formModel,
  isObject,
  type ReferenceRule,
  withLookups,
} from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { useMemo } from 'react'
import { type Documents, documentAt } from '../draft/documents.ts'
import { useCalmDocuments } from '../draft/draft-context.tsx'
import type { PanelScope } from './contract.ts'

const models = new WeakMap<object, FormModel>()

/** Form of the draft, indexed; undefined: there is none, or it is not whole enough to be one. */
function modelAt(documents: Documents, name: string, app: string, currency: string): FormModel | undefined {
  const document = documentAt(documents, `forms/${name}.json`)
  if (!document || !Array.isArray(document.fields)) return undefined
  const known = models.get(document)
  if (known) return known
  try {
    const model = formModel(document as unknown as FormDefinition, { id: app, currency })
    models.set(document, model)
    return model
  } catch {
    return undefined
  }
}

export type DraftApp = {
  readonly documents: Documents
  readonly definition: AppDefinition | undefined
  /** Forms of the draft by id, those of other apps as they are published: `crm/customer`. */
  readonly lookup: FormLookup
}

/** The app as the draft says it, as far as pickers, conditions and formulas ask. */
export function useDraftApp(): DraftApp {
  const documents = useCalmDocuments()
  const { lookup: published, currency: usual } = useUi()
  return useMemo(() => {
    const found = documentAt(documents, 'app.json')
    const definition = isObject(found) ? (found as unknown as AppDefinition) : undefined
    const id = definition?.id ?? ''
    const currency = definition?.currency ?? usual
    const plain = (name: string) => modelAt(documents, name, id, currency)
    const known = new Map<string, FormModel | undefined>()
    const lookup: FormLookup = (name) => {
      const [first = '', second] = name.split('/')
      if (second !== undefined && first !== id) return published(name)
      const own = second ?? first
      if (!known.has(own)) {
        const model = plain(own)
        known.set(own, model && withLookups(model, plain))
      }
      return known.get(own)
    }
    return { documents, definition, lookup }
  }, [documents, published, usual])
}

/** The form whose fields are meant at a place: inside a sub-table, that of its rows. */
export function formOfScope({ form, rows }: PanelScope, lookup: FormLookup): FormModel | undefined {
  const whole = form === undefined ? undefined : lookup(form)
  return rows === undefined ? whole : whole?.fields.get(rows)?.rows
}

export function useScopeForm(form: string | undefined): FormModel | undefined {
  const { lookup } = useDraftApp()
  return form === undefined ? undefined : lookup(form)
}

/** A row follows no links. */
export const fieldRule = ({ rows }: PanelScope): ReferenceRule =>
  rows === undefined ? { kind: 'field', path: true } : { kind: 'field' }
