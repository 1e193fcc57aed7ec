import { PlusOutlined } from '@ant-design/icons'
import { useDraggable } from '@dnd-kit/core'
import { type FieldTypeName, type FormModel, fieldTypes, resolveText } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { FormFrame, type PlacedSection, SectionGrid, ShownFormProvider, sectionsOf } from '@tenon/runtime/ui'
import { Button } from 'antd'
import {
  type ClipboardEvent,
  type ComponentProps,
  type MouseEvent,
  memo,
  type RefObject,
  startTransition,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldDefinition, Form } from '../edits/form-edit.ts'
import { placeOf, unplaced, unplacedFields } from '../edits/place-fields.ts'
import { tabOf, tabsOf } from '../edits/tabs.ts'
import styles from '../form-bench.module.css'
import { CanvasField, type FieldSign } from './CanvasField.tsx'
import { TypeIcon } from './TypeIcon.tsx'
import { actingOn, useCanvasKeys } from './use-canvas-keys.ts'
import type { FieldCommands } from './use-commands.ts'
import { type Selection, useChosenIds } from './use-selection.ts'

type Props = {
  readonly form: Form
  readonly model: FormModel
  readonly home: { readonly id: string; readonly currency: string }
  readonly canvas: RefObject<HTMLDivElement | null>
  readonly selection: Selection
  /** Set by commands: the chosen field gets the focus when it is drawn next. */
  readonly wantsFocus: RefObject<boolean>
  readonly section: string | undefined
  readonly cut: ReadonlySet<string>
  readonly signs: ReadonlyMap<string, FieldSign>
  readonly commands: FieldCommands
  readonly width: 'desktop' | 'phone'
  readonly onSection: (id: string) => void
  readonly onMoveSection: (id: string, by: number) => void
  readonly onRemoveSection: (id: string) => void
  readonly onAddSection: () => void
  /** Tab that is chosen itself. */
  readonly chosenTab: string | undefined
  readonly onTab: (id: string) => void
  readonly onMoveTab: (id: string, by: number) => void
  readonly onAddTab: () => void
  readonly onRemove: (ids: readonly string[]) => void
  readonly onOpen: () => void
}

/** So many fields are drawn at once, more than a window shows. */
const atOnce = 40

/** How many are drawn yet: the others follow by and by, each time so few that who works already does not wait. */
function useGrowing(all: number): number {
  const [count, setCount] = useState(atOnce)
  useEffect(() => {
    if (count < all) startTransition(() => setCount(count + atOnce))
  }, [count, all])
  return count
}

const firstTypes: readonly FieldTypeName[] = ['text', 'select', 'date', 'user']

/** The form as people will fill it in, drawn by the very renderer; what is on it is chosen, dragged and dropped. */
export const Canvas = memo(function Canvas(props: Props) {
  const { form, model, home, canvas, selection, signs, cut, commands, width, wantsFocus, onOpen } = props
  const { t } = useTranslation('formBench')
  const sections = useMemo(() => sectionsOf(model), [model])
  const byId = useMemo(() => new Map(form.fields.map((field) => [field.id, field])), [form.fields])
  const hidden = useMemo(() => hiddenFields(form, sections), [form, sections])
  const goTo = (ids: readonly string[]) => {
    wantsFocus.current = true
    selection.select(ids)
  }
  const keys = useCanvasKeys({ form, canvas, selection, goTo, commands, onRemove: props.onRemove, onOpen })
  const first = sections.flatMap(({ items }) => items)[0]?.field

  const click = (event: MouseEvent) => {
    const target = event.target as HTMLElement
    const id = target.closest<HTMLElement>('[data-field]')?.dataset.field
    if (id === undefined) {
      if (target === event.currentTarget || target.closest('[data-body]')) selection.select([])
      return
    }
    const chosen = selection.ids()
    if (event.shiftKey) goTo(range(canvas.current, chosen.at(-1), id))
    else if (event.ctrlKey || event.metaKey)
      goTo(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
    else goTo([id])
  }
  const onClipboard = (event: ClipboardEvent, put: (ids: readonly string[]) => string) => {
    const focused = fieldAt(event.target)
    if (focused === undefined) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', put(inReadingOrder(canvas.current, actingOn(selection.ids(), focused))))
  }
  const drawnFields = useGrowing(form.fields.length)
  let count = 0
  const cell = (field: FieldDefinition | undefined, span: number) =>
    field &&
    ++count <= drawnFields && (
      <CanvasField
        key={field.id}
        field={field}
        home={home}
        span={span}
        selection={selection}
        isFirst={field.id === first}
        isCut={cut.has(field.id)}
        sign={signs.get(`fields/${field.id}`)}
      />
    )
  const tab = useOpenTab(props)
  const drawn = (section: PlacedSection) => (
    <Section key={section.id} {...props} section={section} isChosen={props.section === section.id}>
      {section.items.map(({ field, span }) => cell(byId.get(field), span))}
    </Section>
  )
  return (
    <ShownFormProvider form={model}>
      <Ground
        canvas={canvas}
        data-width={width}
        onClick={click}
        onKeyDown={keys}
        onCopy={(event) => onClipboard(event, commands.copy)}
        onCut={(event) => onClipboard(event, commands.cut)}
        onPaste={(event) => {
          if (isOnField(event.target) && commands.paste(event.clipboardData.getData('text/plain')))
            event.preventDefault()
        }}
      >
        <FormFrame className={styles.sheet}>
          {form.fields.length === 0 && <Empty onAdd={commands.add} />}
          {sections.filter(({ tab: own, id }) => own === undefined && id !== unplaced).map(drawn)}
          <CanvasTabs {...props} tab={tab} />
          {sections.filter(({ tab: own, id }) => (own === undefined ? id === unplaced : own === tab)).map(drawn)}
          {hidden.length > 0 && (
            <section aria-label={t('hidden.title')}>
              <h3 className={styles.quiet}>{t('hidden.title')}</h3>
              <p className={styles.hint}>{t('hidden.hint')}</p>
              <SectionGrid columns={2}>{hidden.map((id) => cell(byId.get(id), 1))}</SectionGrid>
            </section>
          )}
        </FormFrame>
        <Button className={styles.addSection ?? ''} type="dashed" icon={<PlusOutlined />} onClick={props.onAddSection}>
          {t('section.add')}
        </Button>
        <FocusKeeper canvas={canvas} selection={selection} wantsFocus={wantsFocus} />
      </Ground>
    </ShownFormProvider>
  )
})

type GroundProps = ComponentProps<'div'> & { readonly canvas: Props['canvas'] }

/** Where drags begin; what the kit tells about them draws nothing inside again. */
function Ground({ canvas, ...rest }: GroundProps) {
  const { setNodeRef, listeners } = useDraggable({ id: 'canvas' })
  return (
    <div
      ref={(element) => {
        setNodeRef(element)
        canvas.current = element
      }}
      className={styles.canvas}
      {...rest}
      {...onlyOnFields(listeners)}
    />
  )
}

type SectionProps = Omit<Props, 'section'> & {
  readonly section: PlacedSection
  readonly isChosen: boolean
  readonly children: readonly React.ReactNode[]
}

function Section({ section, isChosen, children, ...props }: SectionProps) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const isRest = section.id === unplaced
  const name = isRest ? t('rest.title') : resolveText(section.label, locale) || t('section.unnamed')
  const isOnly = isRest && props.form.layout === undefined
  return (
    <section
      className={styles.section}
      data-section={section.id}
      data-in-tab={section.tab}
      data-chosen={isChosen}
      aria-label={isOnly ? undefined : name}
    >
      {isRest ? (
        !isOnly && (
          <>
            <h3 className={styles.quiet}>{name}</h3>
            <p className={styles.hint}>{t('rest.hint')}</p>
          </>
        )
      ) : (
        <button
          type="button"
          className={styles.sectionHead}
          data-section-head={section.id}
          data-unnamed={section.label === undefined}
          aria-pressed={isChosen}
          aria-label={t('section.named', { name })}
          onClick={() => {
            props.onSection(section.id)
          }}
          onKeyDown={(event) => {
            const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
            if (event.altKey && by !== undefined) {
              event.preventDefault()
              props.onMoveSection(section.id, by)
            } else if (event.key === 'Delete') props.onRemoveSection(section.id)
            else if (event.key === 'Enter') {
              props.onSection(section.id)
              props.onOpen()
            }
          }}
        >
          <span>{name}</span>
          {section.visibleWhen && <span className={styles.sign}>{t('condition.visibleWhen')}</span>}
          {section.collapsed && <span className={styles.sign}>{t('section.folded')}</span>}
        </button>
      )}
      <SectionGrid columns={section.columns} className={styles.body} data-body>
        {children}
        {children.length === 0 && props.form.fields.length > 0 && (
          <p className={styles.dropHere}>{t('section.empty')}</p>
        )}
      </SectionGrid>
    </section>
  )
}

function Empty({ onAdd }: { onAdd: FieldCommands['add'] }) {
  const { t } = useTranslation('formBench')
  return (
    <div className={styles.empty} data-section={unplaced}>
      <div data-body>
        <h3>{t('empty.title')}</h3>
        <p className={styles.hint}>{t('empty.hint')}</p>
        <div className={styles.row}>
          {firstTypes.map((type) => (
            <TypeButton key={type} type={type} onAdd={onAdd} />
          ))}
        </div>
      </div>
    </div>
  )
}

function TypeButton({ type, onAdd }: { type: FieldTypeName; onAdd: FieldCommands['add'] }) {
  const { locale } = usePreferences()
  return (
    <Button icon={<TypeIcon type={type} />} onClick={() => onAdd(type)}>
      {fieldTypes[type].title[locale]}
    </Button>
  )
}

/** The tab that is open: where what is chosen stands, unless another one was opened since. */
function useOpenTab({ form, chosenTab, selection, section }: Props): string | undefined {
  const [last, setLast] = useState<string>()
  const tabs = tabsOf(form)
  const home = useSyncExternalStore(selection.subscribe, () => {
    const field = tabs.length === 0 ? undefined : selection.ids().at(-1)
    return field === undefined ? section : placeOf(form, field)?.section
  })
  const wanted = chosenTab ?? tabOf(form, home)
  // What was seen last stays open when nothing is chosen any more.
  if (wanted !== undefined && last !== wanted) setLast(wanted)
  return tabs.find(({ id }) => id === (wanted ?? last))?.id ?? tabs[0]?.id
}

/** The tabs of the form: chosen, moved by Alt and arrows, a place for sections to be dropped. */
function CanvasTabs({
  form,
  tab,
  chosenTab,
  onTab,
  onMoveTab,
  onAddTab,
}: Props & { readonly tab: string | undefined }) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const tabs = tabsOf(form)
  if (!form.layout) return null
  if (tabs.length === 0)
    return (
      <Button className={styles.addTab ?? ''} type="link" size="small" icon={<PlusOutlined />} onClick={onAddTab}>
        {t('tabs.add')}
      </Button>
    )
  return (
    <div className={styles.canvasTabs} role="tablist" aria-label={t('tabs.title')}>
      {tabs.map(({ id, label }, index) => (
        <button
          key={id}
          type="button"
          role="tab"
          className={styles.canvasTab}
          data-tab-id={id}
          data-chosen={chosenTab === id}
          aria-selected={id === tab}
          tabIndex={id === tab ? 0 : -1}
          onClick={() => onTab(id)}
          onKeyDown={(event) => {
            const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
            if (by === undefined) return
            event.preventDefault()
            if (event.altKey) return onMoveTab(id, by)
            const next = tabs[index + by]
            if (!next) return
            onTab(next.id)
            event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-tab-id="${next.id}"]`)?.focus()
          }}
        >
          {resolveText(label, locale) || t('unnamed')}
        </button>
      ))}
      <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t('tabs.add')} onClick={onAddTab} />
    </div>
  )
}

const fieldAt = (target: EventTarget): string | undefined =>
  target instanceof HTMLElement ? target.closest<HTMLElement>('[data-field]')?.dataset.field : undefined
const isOnField = (target: EventTarget): boolean => fieldAt(target) !== undefined

const isOnHead = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.closest('[data-section-head]') !== null

/** A drag begins on a field or the head of a section only: elsewhere the pointer scrolls and selects as usual. */
function onlyOnFields(listeners: ReturnType<typeof useDraggable>['listeners']) {
  return Object.fromEntries(
    Object.entries(listeners ?? {}).map(([name, listen]) => [
      name,
      (event: { target: EventTarget }) => {
        if (isOnField(event.target) || isOnHead(event.target)) listen(event)
      },
    ]),
  )
}

/** Fields that the page shows nowhere: the system gives their value, and no section has them. */
function hiddenFields(form: Form, sections: readonly PlacedSection[]): readonly string[] {
  const shown = new Set(sections.flatMap(({ items }) => items.map(({ field }) => field)))
  return unplacedFields(form).filter((id) => !shown.has(id))
}

const shownIds = (canvas: HTMLElement | null): readonly string[] =>
  [...(canvas?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].map((element) => element.dataset.field ?? '')

export const inReadingOrder = (canvas: HTMLElement | null, ids: readonly string[]): readonly string[] =>
  shownIds(canvas).filter((id) => ids.includes(id))

function range(canvas: HTMLElement | null, from: string | undefined, to: string): readonly string[] {
  const all = shownIds(canvas)
  const [start, end] = [from === undefined ? all.indexOf(to) : all.indexOf(from), all.indexOf(to)]
  const between = all.slice(Math.min(start, end), Math.max(start, end) + 1)
  return [...between.filter((id) => id !== to), to]
}

/** The chosen field has the focus after every command of the canvas, also where the move made a new element of it. */
function FocusKeeper({ canvas, selection, wantsFocus }: Pick<Props, 'canvas' | 'selection' | 'wantsFocus'>) {
  const last = useChosenIds(selection).at(-1)
  const seen = useRef<string>(undefined)
  useEffect(() => {
    const isNew = seen.current !== last
    const takesFocus = wantsFocus.current
    const element = last === undefined ? null : canvas.current?.querySelector<HTMLElement>(`[data-field="${last}"]`)
    // One that is drawn later is gone to when it is drawn.
    seen.current = element ? last : undefined
    wantsFocus.current = false
    if (!element || !(isNew || takesFocus)) return
    if (takesFocus) element.focus()
    else element.scrollIntoView?.({ block: 'nearest' })
  })
  return null
}
