import { CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { resolveText, type TextValue, type View } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Alert, Button } from 'antd'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../../draft/draft-context.tsx'
import { problemsOf, useProblems } from '../../../draft/use-problems.ts'
import { isRetiredIn } from '../../../edits/retired.ts'
import { SortableEntry, SortableList, useTelling } from '../../../panels/index.ts'
import { useSay } from '../announce.tsx'
import { BenchFrame, type OpenPanel } from '../BenchFrame.tsx'
import { ElementPanel } from '../ElementPanel.tsx'
import { addEntry, changeEntry, type Entry, type EntryList, entriesOf, moveEntry } from '../edits/entries.ts'
import type { Form } from '../edits/form-edit.ts'
import type { FieldSign } from '../fields/CanvasField.tsx'
import { useSigns } from '../fields/use-signs.ts'
import styles from '../form-bench.module.css'
import { RemovalNotice } from '../RemovalNotice.tsx'
import type { Chosen } from '../use-chosen.ts'
import { type EditForm, useFormModel } from '../use-form.ts'
import { useRemoval } from '../use-removal.ts'
import { LivePreview } from '../views/LivePreview.tsx'
import { ViewType } from '../views/ViewType.tsx'
import { entryKinds, type Texts } from './entry-kinds.ts'

type Props = {
  readonly path: string
  readonly form: Form
  readonly edit: EditForm
  readonly list: EntryList
  readonly chosen: Chosen
  readonly panels: OpenPanel
}

/** Views, buttons, checks or stages: the list in its order, and what can be said about the chosen one. */
export function EntriesTab({ path, form, edit, list, chosen, panels }: Props) {
  const { t } = useTranslation('formBench')
  const { t: views } = useTranslation('viewBench')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const say = useSay()
  const signs = useSigns(form, problemsOf(useProblems(), path))
  const entries = entriesOf(form, list)
  const entry = entries.find(({ id }) => id === chosen.entry)
  const view = list === 'views' ? (entry as View | undefined) : undefined
  const { choose, open } = chosen
  const removal = useRemoval(
    path,
    useCallback(() => open(list), [open, list]),
  )
  const telling = useTelling(useMemo(() => ({ path, form: form.id }), [path, form.id]))
  const texts: Texts = {
    viewType: (type) => views(`types.${type}.name`),
    toCustomers: (name) => t('stages.toCustomers', { name }),
  }
  const nameOf = (one: Entry) => entryKinds[list].nameOf(one, locale) || t('unnamed')
  const insert = (fresh: Omit<Entry, 'id'>, label: string) => {
    const added = addEntry(form, list, fresh, isRetiredIn(session.state().documents, path, list))
    edit(label, () => added.form)
    say(label)
    choose(`${list}/${added.id}`)
    panels.enter('right')
  }
  const add = () => insert(entryKinds[list].fresh(form), t('did.addEntry', { what: t(`${list}.one`) }))
  const duplicate = (one: Entry) => {
    const { id: _, ...rest } = one
    const label = copiedLabel(one.label, (name, language) => views('copyOf', { name, lng: language }))
    insert({ ...rest, label }, views('didDuplicate', { name: nameOf(one) }))
  }
  return (
    <>
      <RemovalNotice removal={removal} />
      <BenchFrame
        panels={panels}
        rightTitle={t('properties.title')}
        right={
          entry ? (
            <EntryProperties
              {...{ path, form, edit, list, entry }}
              name={nameOf(entry)}
              sign={signs.get(`${list}/${entry.id}`)}
            />
          ) : (
            <div className={styles.panelBody}>
              <p className={styles.hint}>{t(`${list}.choose`)}</p>
            </div>
          )
        }
      >
        <div className={styles.entries}>
          <div className={styles.entriesHead}>
            <div>
              <h2 className={styles.entriesTitle}>{t(`tab.${list}`)}</h2>
              <p className={styles.hint}>{t(`${list}.hint`)}</p>
            </div>
            <Button
              type="primary"
              icon={<PlusOutlined />}
              disabled={form.fields.length === 0 && list !== 'stages'}
              onClick={add}
            >
              {t(`${list}.add`)}
            </Button>
          </div>
          {entries.length === 0 && <p className={styles.emptyList}>{t(`${list}.none`)}</p>}
          <SortableList
            keys={entries.map(({ id }) => id)}
            onMove={(from, to) =>
              edit(t('did.order'), (before) => moveEntry(before, list, entries[from]?.id ?? '', to))
            }
          >
            <ul className={styles.entryList} data-above={view !== undefined}>
              {entries.map((one) => (
                <EntryRow
                  key={one.id}
                  id={one.id}
                  name={nameOf(one)}
                  summary={entryKinds[list].summaryOf(one, telling, texts)}
                  isChosen={one.id === entry?.id}
                  sign={signs.get(`${list}/${one.id}`)}
                  onChoose={() => {
                    choose(`${list}/${one.id}`)
                    panels.enter('right')
                  }}
                  {...(list === 'views' ? { onDuplicate: () => duplicate(one) } : {})}
                  onRemove={() => removal.ask(list, [one.id], t('quoted', { name: nameOf(one) }))}
                />
              ))}
            </ul>
          </SortableList>
          {view && <LivePreview form={form} view={view} />}
        </div>
      </BenchFrame>
    </>
  )
}

type RowProps = {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly isChosen: boolean
  readonly sign: FieldSign | undefined
  readonly onChoose: () => void
  readonly onDuplicate?: () => void
  readonly onRemove: () => void
}

function EntryRow({ id, name, summary, isChosen, sign, onChoose, onDuplicate, onRemove }: RowProps) {
  const { t } = useTranslation('formBench')
  const { t: views } = useTranslation('viewBench')
  const button = useRef<HTMLButtonElement>(null)
  // A link may lead to one that stands below the window.
  useEffect(() => {
    if (isChosen) button.current?.scrollIntoView?.({ block: 'nearest' })
  }, [isChosen])
  return (
    <SortableEntry as="li" id={id} name={name} className={styles.entry} data-chosen={isChosen}>
      <button
        ref={button}
        type="button"
        className={styles.entryName}
        aria-pressed={isChosen}
        onClick={onChoose}
        onKeyDown={(event) => {
          if (event.key === 'Delete') onRemove()
        }}
      >
        <span>{name}</span>
        <span className={styles.hint}>{summary}</span>
        {sign && <span className={sign.severity === 'error' ? styles.problem : styles.warning}>{sign.text}</span>}
      </button>
      {onDuplicate && (
        <Button type="text" icon={<CopyOutlined />} aria-label={views('duplicate', { name })} onClick={onDuplicate} />
      )}
      <Button type="text" icon={<DeleteOutlined />} aria-label={t('removeOf', { name })} onClick={onRemove} />
    </SortableEntry>
  )
}

type EntryProps = Pick<Props, 'path' | 'form' | 'edit' | 'list'> & {
  readonly entry: Entry
  readonly name: string
  readonly sign: FieldSign | undefined
}

function EntryProperties({ path, form, edit, list, entry, name, sign }: EntryProps) {
  const { t } = useTranslation('formBench')
  const { t: views } = useTranslation('viewBench')
  const model = useFormModel(form)
  return (
    <>
      <div className={styles.panelHead}>
        <h3 className={styles.panelTitle}>{name}</h3>
        <span className={styles.hint}>{t(`${list}.one`)}</span>
      </div>
      {sign && <Alert banner type={sign.severity} title={sign.text} />}
      <div className={styles.panelBody}>
        {list === 'views' && model && (
          <ViewType
            view={entry as View}
            form={model}
            onChange={(next) =>
              edit(views('didType', { name, type: views(`types.${next.type}.name`) }), (before) =>
                changeEntry(before, list, entry.id, next),
              )
            }
          />
        )}
        <ElementPanel
          key={`${entry.id} ${String(entry.type)}`}
          path={path}
          form={form.id}
          schema={entryKinds[list].schemaOf(entry)}
          value={entry}
          only={entryKinds[list].propertiesOf(entry)}
          onChange={(next, key) =>
            edit(
              t('did.change', { what: t('quoted', { name }) }),
              (before) => changeEntry(before, list, entry.id, next as Entry),
              `${list}/${entry.id} ${key}`,
            )
          }
        />
      </div>
    </>
  )
}

/** The name of a copy in each language the original has one in. */
function copiedLabel(label: unknown, copyOf: (name: string, language: string) => string): TextValue {
  if (typeof label !== 'object' || label === null) return copyOf(resolveText(label as TextValue, 'zh-CN'), 'zh-CN')
  return Object.fromEntries(
    Object.entries(label as Record<string, string>).map(([language, name]) => [language, copyOf(name, language)]),
  )
}
