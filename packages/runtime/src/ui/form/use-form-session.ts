import type { RJSFSchema, UiSchema } from '@rjsf/utils'
import {
  evaluateForm,
  type Facts,
  type FieldValue,
  type FormLookup,
  type FormModel,
  type FormState,
  fieldLabel,
  type Mask,
  pointerParts,
  type RecordData,
  type RecordFacts,
  renderProblem,
} from '@tenon/engine'
import type { TFunction } from 'i18next'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Refs, useRefs, useUi } from '../environment.tsx'
import { isBlank } from '../fields/FieldValueView.tsx'
import { dropDraft, loadDraft, saveDraft } from './draft.ts'
import { type SchemaProblem, schemaProblems } from './validator.ts'

export type FormMode = 'create' | 'view' | 'edit' | 'task'

export type FormSetup = {
  readonly form: FormModel
  readonly mode: FormMode
  readonly mask: Mask | null
  readonly rights: { readonly [field: string]: 'hidden' | 'read' | 'edit' }
  readonly schema: RJSFSchema
  readonly uiSchema: UiSchema
  /** What the record has now, or the defaults of a new one. */
  readonly data: RecordData
  /** Version of the record the data belongs to; null: a new record. */
  readonly version: number | null
  readonly facts: Omit<Facts, 'record' | 'previous' | 'linked'>
  /** Keeps what is typed across reloads; the same form, record and task have the same key. */
  readonly draftKey?: string | undefined
}

export type FormSession = {
  readonly setup: FormSetup
  readonly values: RecordData
  readonly state: FormState
  /** What differs from the data the form began with: what is sent. */
  readonly changes: { readonly [field: string]: FieldValue }
  readonly dirty: boolean
  /** Messages to be shown now, by field: of fields already left, or of all once somebody tried to send. */
  readonly shown: ReadonlyMap<string, readonly string[]>
  /** The same for single cells of rows: by field, then by `row/column`. */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Everything that stands in the way of sending. */
  readonly problems: readonly { readonly field: string; readonly text: string }[]
  /** The record's version that the person began from; an older draft keeps its own, so that nothing is overwritten unseen. */
  readonly version: number | null
  /** True when the values come from a draft of an earlier visit. */
  readonly restored: boolean
  set(field: string, value: FieldValue): void
  replace(values: RecordData): void
  touch(field: string): void
  /** Shows every problem; true when there is none. */
  reveal(): boolean
  /** Problems the server found; each goes away when its field is changed. */
  blame(problems: readonly { readonly path: string; readonly message: string }[]): void
  /** Forgets the draft: after sending, or to begin anew. */
  discard(): void
}

type Blame = { readonly field: string; readonly at: string; readonly text: string; readonly value: unknown }
type Shown = { readonly field: string; readonly at: string; readonly text: string }

const same = (a: unknown, b: unknown) =>
  a === b || (isBlank(a) && isBlank(b)) || JSON.stringify(a) === JSON.stringify(b)

/** A form being filled in: values, what follows from them, what is wrong with them, and a draft that survives a reload. */
export function useFormSession(setup: FormSetup): FormSession {
  const { t } = useTranslation('ui')
  const ui = useUi()
  const { form, draftKey, version } = setup
  const draft = useMemo(() => (draftKey ? loadDraft(draftKey) : undefined), [draftKey])
  const [edits, setEdits] = useState<RecordData>(() => (draft?.values as RecordData | undefined) ?? {})
  const [restored, setRestored] = useState(Boolean(draft && Object.keys(draft.values).length > 0))
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [revealed, setRevealed] = useState(false)
  const [blames, setBlames] = useState<readonly Blame[]>([])

  const began = restored && draft ? draft.version : version
  const refs = useRefs()

  const state = useMemo(() => evaluate(setup, edits, ui.lookup, refs), [setup, edits, ui.lookup, refs])
  // What somebody types stays as typed until she leaves; everything else is what the engine made of it.
  const values = useMemo<RecordData>(() => {
    const known = Object.fromEntries([...state.fields].map(([field, { value }]) => [field, value]))
    return { ...known, ...edits, ...state.computed }
  }, [state, edits])

  const changes = useMemo(() => {
    const found = Object.entries(edits).filter(
      ([field, value]) => !same(value, setup.data[field]) && state.fields.get(field)?.editable !== false,
    )
    return Object.fromEntries(found)
  }, [edits, setup.data, state])
  const dirty = Object.keys(changes).length > 0

  useEffect(() => {
    if (!draftKey) return
    // A pause in typing, not every key: storage is synchronous.
    const timer = setTimeout(
      () => (dirty ? saveDraft(draftKey, { values: changes, version: began, at: Date.now() }) : dropDraft(draftKey)),
      300,
    )
    return () => clearTimeout(timer)
  }, [draftKey, changes, dirty, began])

  const problems = useMemo(() => {
    const labelOf = (field: string) => {
      const model = form.fields.get(field)
      return model ? fieldLabel(model, ui.locale) : ''
    }
    const visible = (field: string) => state.fields.get(field)?.visible !== false
    const engine = state.problems.map((problem): Shown => {
      const [field = '', ...at] = pointerParts(problem.path)
      return { field, at: at.join('/'), text: renderProblem(problem, ui.locale) }
    })
    const named = new Set(engine.map(({ field }) => field))
    const schema = schemaProblems(setup.schema, enteredData(state))
      .map((problem) => ({ problem, field: pointerParts(problem.path)[0] ?? '' }))
      .filter(({ field }) => field !== '' && !named.has(field))
      .map(({ problem, field }): Shown => ({ field, at: '', text: schemaText(problem, labelOf(field), t) }))
    const server = blames
      .filter(({ field, value }) => same(values[field], value))
      .map(({ field, at, text }): Shown => ({ field, at, text }))
    return [...engine, ...schema, ...server].filter(({ field }) => visible(field))
  }, [state, values, blames, setup.schema, form, ui.locale, t])

  const { shown, places } = useMemo(() => {
    const byField = new Map<string, string[]>()
    const byPlace = new Map<string, Map<string, string>>()
    for (const { field, at, text } of problems) {
      const blamed = blames.some((one) => one.field === field)
      if (!revealed && !blamed && !touched.has(field)) continue
      const row = at === '' ? undefined : Number(at.split('/')[0]) + 1
      const texts = byField.get(field) ?? []
      const told = row === undefined ? text : t('table.at', { row, text })
      // A table of many rows says the first things that are wrong; every cell shows its own.
      if (!texts.includes(told) && texts.length < 3) byField.set(field, [...texts, told])
      if (row !== undefined) byPlace.set(field, (byPlace.get(field) ?? new Map<string, string>()).set(at, text))
    }
    return { shown: byField, places: byPlace }
  }, [problems, blames, revealed, touched, t])

  const latest = useRef({ problems, values })
  latest.current = { problems, values }

  return {
    setup,
    values,
    state,
    changes,
    dirty,
    shown,
    places,
    problems,
    restored,
    version: began,
    set: useCallback((field, value) => setEdits((before) => ({ ...before, [field]: value })), []),
    replace: useCallback((next) => {
      const before = latest.current.values
      const moved = Object.entries(next).filter(([field, value]) => !same(value, before[field]))
      const gone = Object.keys(before).filter((field) => !(field in next) && !isBlank(before[field]))
      if (moved.length + gone.length > 0) {
        setEdits((all) => ({
          ...all,
          ...Object.fromEntries(moved),
          ...Object.fromEntries(gone.map((field) => [field, null])),
        }))
      }
    }, []),
    touch: useCallback(
      (field) => setTouched((before) => (before.has(field) ? before : new Set([...before, field]))),
      [],
    ),
    reveal: useCallback(() => {
      setRevealed(true)
      return latest.current.problems.length === 0
    }, []),
    blame: useCallback((found) => {
      setBlames(
        found.map(({ path, message }) => {
          const parts = pointerParts(path)
          const [field = '', ...at] = parts[0] === 'values' ? parts.slice(1) : parts
          return { field, at: at.join('/'), text: message, value: latest.current.values[field] }
        }),
      )
    }, []),
    discard: useCallback(() => {
      if (draftKey) dropDraft(draftKey)
      setEdits({})
      setRestored(false)
      setRevealed(false)
      setTouched(new Set())
      setBlames([])
    }, [draftKey]),
  }
}

function evaluate(setup: FormSetup, edits: RecordData, lookup: FormLookup, refs: Refs): FormState {
  const { form, mode, mask, rights, facts } = setup
  // Of a linked record the page knows what its card shows; the server looks again at everything.
  const linked = (_form: string, id: string) => {
    const ref = refs[id]
    return ref?.kind === 'record' ? ({ ...ref.card, id } as RecordFacts) : undefined
  }
  return evaluateForm(form, {
    mode: mode === 'create' ? 'create' : 'edit',
    data: edits,
    facts: { ...facts, linked, record: setup.data },
    rights: new Map(Object.entries(rights)),
    mask: mask ?? undefined,
    lookup,
    partial: true,
  })
}

const enteredData = (state: FormState) =>
  Object.fromEntries(
    [...state.fields]
      .filter(([, { editable, value }]) => editable && !isBlank(value))
      .map(([field, { value }]) => [field, value]),
  )

const told = new Set(['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'pattern', 'enum'])
function schemaText(problem: SchemaProblem, label: string, t: TFunction<'ui'>): string {
  const key = told.has(problem.keyword) ? problem.keyword : 'invalid'
  return t(`error.${key}`, { label, limit: typeof problem.limit === 'number' ? problem.limit : '' })
}
