import { type FieldTypeName, fieldTypes } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../../draft/draft-context.tsx'
import { isRetiredIn } from '../../../edits/retired.ts'
import { placeOf as definitionAt } from '../../kinds.ts'
import { useSay } from '../announce.tsx'
import { addField } from '../edits/add-field.ts'
import { addColumn, copyAsColumns, isColumnType } from '../edits/columns.ts'
import { copyFields, duplicateFields, pasteFields, readCopied } from '../edits/copy-fields.ts'
import { firstShown } from '../edits/first-shown.ts'
import type { Form } from '../edits/form-edit.ts'
import { type Place, placeAfter, placeFields } from '../edits/place-fields.ts'
import type { EditForm } from '../use-form.ts'
import { useNames } from '../use-names.ts'
import { clipboard } from './clipboard.ts'

export type FieldCommands = {
  /** A new field of a type, in a gap; without one, behind the chosen field. */
  readonly add: (type: FieldTypeName, place?: Place) => void
  /** A new column of a sub-table; a type that is no column's is passed over. */
  readonly addColumn: (table: string, type: string, index: number) => void
  /** Copies of fields as columns of a sub-table. */
  readonly copyAsColumns: (table: string, ids: readonly string[], index: number) => void
  readonly move: (ids: readonly string[], place: Place) => void
  readonly duplicate: (ids: readonly string[]) => void
  readonly copy: (ids: readonly string[]) => string
  /** Marks fields to be moved by pasting; nothing is lost meanwhile. */
  readonly cut: (ids: readonly string[]) => string
  /** False: the text is not of fields. */
  readonly paste: (text: string) => boolean
}
type Given = {
  readonly path: string
  readonly form: Form
  readonly edit: EditForm
  readonly chosen: () => readonly string[]
  readonly select: (ids: readonly string[]) => void
  /** Chooses an element inside the chosen field. */
  readonly choose: (at: string) => void
}

/** What can be done with fields, each one step of undo that says in words what it was. */
export function useFieldCommands({ path, form, edit, chosen, select, choose }: Given): FieldCommands {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const names = useNames()
  const say = useSay()
  return useMemo(() => {
    const behind = (): Place => placeAfter(form, chosen().at(-1))
    /** Forms a link may lead to, others before the form itself. */
    const linkable = () => {
      const own = definitionAt(path)?.id ?? ''
      const forms = Object.keys(session.state().documents).flatMap((file) => {
        const found = definitionAt(file)
        return found?.kind === 'form' ? [found.id] : []
      })
      return [...forms.filter((id) => id !== own), own]
    }
    const retired = () => isRetiredIn(session.state().documents, path, 'fields')
    const done = (label: string, next: Form, ids: readonly string[]) => {
      edit(label, () => next)
      select(ids)
      say(label)
    }
    const paste = (text: string): boolean => {
      const copied = readCopied(text)
      if (!copied) return false
      const ids = copied.map(({ field }) => field.id)
      const held = clipboard.held()
      const isMove =
        held?.text === text && held.cutFrom === path && ids.every((id) => form.fields.some((one) => one.id === id))
      if (isMove) {
        done(t('did.move', { what: names(form, ids) }), placeFields(form, ids, behind()), ids)
        clipboard.release()
        return true
      }
      const pasted = pasteFields(form, copied, behind(), retired())
      done(t('did.paste', { what: names(pasted.form, pasted.ids) }), pasted.form, pasted.ids)
      return true
    }
    return {
      addColumn(table, type, index) {
        if (!isColumnType(type)) return
        const isRetired = isRetiredIn(session.state().documents, path, `fields/${table}/fields`)
        const added = addColumn(form, table, type, index, { forms: linkable(), isRetired })
        done(t('did.addColumn', { what: t('quoted', { name: fieldTypes[type].title[locale] }) }), added.form, [table])
        choose(`fields/${table}/fields/${added.id}`)
      },
      copyAsColumns(table, ids, index) {
        const isRetired = isRetiredIn(session.state().documents, path, `fields/${table}/fields`)
        const copied = copyAsColumns(form, table, ids, index, isRetired)
        const [first] = copied.ids
        if (first === undefined) return
        done(t('did.copyAsColumn', { what: names(form, ids) }), copied.form, [table])
        choose(`fields/${table}/fields/${first}`)
      },
      add(type, place = behind()) {
        const added = addField(form, type, place, {
          forms: linkable(),
          shows: firstShown(form, (name) => session.state().documents[`forms/${name}.json`]),
          isRetired: retired(),
        })
        done(t('did.add', { what: t('quoted', { name: fieldTypes[type].title[locale] }) }), added.form, [added.id])
      },
      move(ids, place) {
        const next = placeFields(form, ids, place)
        if (
          JSON.stringify([next.layout, next.fields.map(({ id }) => id)]) !==
          JSON.stringify([form.layout, form.fields.map(({ id }) => id)])
        )
          done(t('did.move', { what: names(form, ids) }), next, ids)
      },
      duplicate(ids) {
        if (ids.length === 0) return
        const copies = duplicateFields(form, ids, behind(), retired())
        done(t('did.duplicate', { what: names(form, ids) }), copies.form, copies.ids)
      },
      copy(ids) {
        const text = copyFields(form, ids)
        clipboard.hold(text)
        say(t('did.copy', { what: names(form, ids) }))
        return text
      },
      cut(ids) {
        const text = copyFields(form, ids)
        clipboard.hold(text, path)
        say(t('did.cut', { what: names(form, ids) }))
        return text
      },
      paste,
    } satisfies FieldCommands
  }, [path, form, edit, chosen, select, choose, session, t, locale, names, say])
}
