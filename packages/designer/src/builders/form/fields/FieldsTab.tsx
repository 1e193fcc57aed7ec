import { DndContext, type DragStartEvent, MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import { type FieldTypeName, fieldTypes } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../../draft/draft-context.tsx'
import { problemsOf, useProblems } from '../../../draft/use-problems.ts'
import { isRetiredIn } from '../../../edits/retired.ts'
import { useCalm } from '../../frame/use-calm.ts'
import { useSteady } from '../../frame/use-steady.ts'
import { useSay } from '../announce.tsx'
import { BenchFrame, type OpenPanel } from '../BenchFrame.tsx'
import { hasColumns, isColumnType } from '../edits/columns.ts'
import { readCopied } from '../edits/copy-fields.ts'
import { type Form, isDrawnAlike } from '../edits/form-edit.ts'
import type { Place } from '../edits/place-fields.ts'
import { addSection, moveSection, removeSection } from '../edits/sections.ts'
import { addTab, moveTab, placeSection } from '../edits/tabs.ts'
import styles from '../form-bench.module.css'
import { RemovalNotice } from '../RemovalNotice.tsx'
import type { Chosen } from '../use-chosen.ts'
import { type EditForm, useFormModel, useHome } from '../use-form.ts'
import { useNames } from '../use-names.ts'
import { useRemoval } from '../use-removal.ts'
import { Canvas, inReadingOrder } from './Canvas.tsx'
import { clipboard } from './clipboard.ts'
import { DragLayer } from './DragLayer.tsx'
import { type IntoTable, IntoTableNotice } from './IntoTableNotice.tsx'
import { Palette } from './Palette.tsx'
import { Properties } from './Properties.tsx'
import { useFieldCommands } from './use-commands.ts'
import { useSelection } from './use-selection.ts'
import { useSigns } from './use-signs.ts'

type Props = {
  readonly path: string
  readonly form: Form
  readonly edit: EditForm
  readonly chosen: Chosen
  readonly width: 'desktop' | 'phone'
  readonly panels: OpenPanel
}
type Dragged = {
  readonly name: string
  readonly type?: FieldTypeName
  readonly ids?: readonly string[]
  readonly section?: string
}

const noCut: ReadonlySet<string> = new Set()

/** A sub-table goes into none. */
const isTable = (form: Form, ids: readonly string[] = []) =>
  form.fields.some((field) => ids.includes(field.id) && hasColumns(field))

/** What is chosen is not a field as a whole: a section, a tab, a column of a sub-table. */
const isInner = (at: string | undefined) => at !== undefined && (!at.startsWith('fields/') || at.split('/').length > 2)

const ids = new WeakMap<object, ReadonlySet<string>>()
function fieldIds(form: unknown): ReadonlySet<string> {
  const fields = (form as Form | undefined)?.fields ?? []
  const found = ids.get(fields) ?? new Set(fields.map(({ id }) => id))
  ids.set(fields, found)
  return found
}

/** Fields and layout: palette, canvas, properties. */
export function FieldsTab({ path, form, edit, chosen, width, panels }: Props) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const say = useSay()
  const names = useNames()
  const home = useHome()
  const drawn = useCalm(form, isDrawnAlike)
  const model = useFormModel(drawn)
  const canvas = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const afterRemoval = useRef<string>(undefined)
  const selection = useSelection(chosen, (id) => fieldIds(session.state().documents[path]).has(id))
  const problems = useProblems()
  const signs = useSigns(
    drawn,
    useMemo(() => problemsOf(problems, path), [problems, path]),
  )
  const held = useSyncExternalStore(clipboard.subscribe, clipboard.held)
  const cut = useMemo(
    () => (held?.cutFrom === path ? new Set((readCopied(held.text) ?? []).map(({ field }) => field.id)) : noCut),
    [held, path],
  )

  const selectAndFocus = useCallback(
    (ids: readonly string[]) => {
      wantsFocus.current = true
      selection.select(ids)
    },
    [selection],
  )
  const commands = useSteady(
    useFieldCommands({
      path,
      form,
      edit,
      chosen: selection.ids,
      select: selectAndFocus,
      choose: chosen.choose,
    }),
  )

  const removal = useRemoval(
    path,
    useCallback(() => {
      selectAndFocus(afterRemoval.current === undefined ? [] : [afterRemoval.current])
    }, [selectAndFocus]),
  )
  const remove = (chosenIds: readonly string[]) => {
    const ids = inReadingOrder(canvas.current, chosenIds)
    const all = inReadingOrder(
      canvas.current,
      form.fields.map(({ id }) => id),
    )
    const left = all.filter((id) => !ids.includes(id))
    const at = all.indexOf(ids[0] ?? '')
    afterRemoval.current = all.slice(at).find((id) => left.includes(id)) ?? left.at(-1)
    removal.ask('fields', ids, names(form, ids))
  }

  const [dragged, setDragged] = useState<Dragged>()
  const [refused, setRefused] = useState<IntoTable>()
  const place = useRef<Place>(undefined)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  )
  const begin = ({ active, activatorEvent }: DragStartEvent) => {
    place.current = undefined
    const type = active.data.current?.type as FieldTypeName | undefined
    if (type) return setDragged({ type, name: fieldTypes[type].title[locale] })
    const head = (activatorEvent.target as HTMLElement).closest<HTMLElement>('[data-section-head]')
    if (head) return setDragged({ section: head.dataset.sectionHead ?? '', name: head.textContent ?? '' })
    const id = (activatorEvent.target as HTMLElement).closest<HTMLElement>('[data-field]')?.dataset.field ?? ''
    const chosenIds = selection.ids()
    const ids = chosenIds.includes(id) ? inReadingOrder(canvas.current, chosenIds) : [id]
    setDragged({ ids, name: names(form, ids) })
  }
  const drop = () => {
    if (place.current?.table !== undefined && dragged?.type)
      commands.addColumn(place.current.table, dragged.type, place.current.index)
    else if (place.current && dragged?.type) commands.add(dragged.type, place.current)
    const { section } = dragged ?? {}
    if (place.current && section !== undefined) sectionCommands.place(section, place.current)
    const { ids } = dragged ?? {}
    if (place.current?.table !== undefined && ids)
      setRefused({ ids, table: place.current.table, index: place.current.index })
    else if (place.current && ids) commands.move(ids, place.current)
    setDragged(undefined)
  }

  const sectionCommands = useSteady({
    add(behind?: string) {
      const label = { 'zh-CN': '新分区', en: 'New section' }
      const added = addSection(form, label, behind, isRetiredIn(session.state().documents, path, 'layout'))
      edit(t('did.addSection'), () => added.form)
      chosen.choose(`layout/${added.id}`)
      say(t('did.addSection'))
    },
    place(id: string, { section, tab }: Place) {
      const next = placeSection(form, id, section === '' ? undefined : section, tab)
      if (next === form || JSON.stringify(next.layout) === JSON.stringify(form.layout)) return
      edit(t('did.moveSection'), () => next)
      say(t('did.moveSection'))
      chosen.choose(`layout/${id}`)
    },
    addTab(section?: string) {
      const label = { 'zh-CN': '新页签', en: 'New tab' }
      const added = addTab(form, label, section, isRetiredIn(session.state().documents, path, 'tabs'))
      edit(t('did.addTab'), () => added.form)
      chosen.choose(`tabs/${added.id}`)
      say(t('did.addTab'))
    },
    move(id: string, by: number) {
      edit(t('did.moveSection'), (before) => moveSection(before, id, by))
      say(t('did.moveSection'))
    },
    remove(id: string) {
      edit(t('did.removeSection'), (before) => removeSection(before, id))
      chosen.choose(undefined)
      say(t('did.removeSection'))
    },
  })
  const does = useSteady({
    addByPalette: (type: FieldTypeName) => {
      commands.add(type)
      panels.open('right')
    },
    onSection: (id: string) => chosen.choose(`layout/${id}`),
    onAddSection: () => sectionCommands.add(),
    onTab: (id: string) => chosen.choose(`tabs/${id}`),
    onMoveTab: (id: string, by: number) => edit(t('did.order'), (before) => moveTab(before, id, by)),
    onAddTab: () => sectionCommands.addTab(chosen.section),
    onRemove: remove,
    onOpen: () => panels.enter('right'),
    onRemoveColumn: (table: string, column: string, name: string) => {
      afterRemoval.current = table
      removal.ask(`fields/${table}/fields`, [column], t('quoted', { name }))
    },
  })

  if (!model) return <p className={styles.hint}>{t('unreadable')}</p>
  return (
    <DndContext
      sensors={sensors}
      onDragStart={begin}
      onDragEnd={drop}
      onDragCancel={() => setDragged(undefined)}
      accessibility={{
        screenReaderInstructions: { draggable: t('keys') },
        announcements: {
          onDragStart: () => t('said.drag'),
          onDragOver: () => undefined,
          onDragEnd: () => undefined,
          onDragCancel: () => t('said.dragCancel'),
        },
      }}
    >
      <RemovalNotice removal={removal} />
      {refused && (
        <IntoTableNotice
          form={form}
          asked={refused}
          onCopy={(ids) => commands.copyAsColumns(refused.table, ids, refused.index)}
          onClose={() => setRefused(undefined)}
        />
      )}
      <BenchFrame
        panels={panels}
        leftTitle={t('palette.title')}
        rightTitle={t('properties.title')}
        left={<Palette onAdd={does.addByPalette} />}
        right={
          <Properties
            path={path}
            form={form}
            edit={edit}
            inner={isInner(chosen.at) ? chosen.at : undefined}
            choose={chosen.choose}
            selection={selection}
            commands={commands}
            sections={sectionCommands}
            signs={signs}
            onRemove={does.onRemove}
            onRemoveColumn={does.onRemoveColumn}
            canvas={canvas}
          />
        }
      >
        <Canvas
          form={drawn}
          model={model}
          home={home}
          canvas={canvas}
          selection={selection}
          wantsFocus={wantsFocus}
          section={chosen.section}
          cut={cut}
          signs={signs}
          commands={commands}
          width={width}
          onSection={does.onSection}
          onMoveSection={sectionCommands.move}
          onRemoveSection={sectionCommands.remove}
          onAddSection={does.onAddSection}
          chosenTab={chosen.at?.startsWith('tabs/') ? chosen.at.slice('tabs/'.length) : undefined}
          onTab={does.onTab}
          onMoveTab={does.onMoveTab}
          onAddTab={does.onAddTab}
          onRemove={does.onRemove}
          onOpen={does.onOpen}
        />
      </BenchFrame>
      {dragged && (
        <DragLayer
          name={dragged.name}
          canvas={canvas}
          isSection={dragged.section !== undefined}
          isColumn={dragged.type === undefined ? !isTable(form, dragged.ids) : isColumnType(dragged.type)}
          {...(dragged.ids ? { overTable: t('intoTable.over', { what: dragged.name }) } : {})}
          onPlace={(next) => {
            place.current = next
          }}
        />
      )}
    </DndContext>
  )
}
