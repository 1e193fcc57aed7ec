import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Nothing } from '@tenon/runtime/page'
import { usePhone } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Documents, documentAt, withDocument } from '../../draft/documents.ts'
import { type Definition, useDocument, useDraftSession } from '../../draft/draft-context.tsx'
import { problemsOf, useProblems } from '../../draft/use-problems.ts'
import { changedElement, elementsIn, type ListElement, withElement, withoutElement } from '../../edits/elements.ts'
import { isRetiredIn, retire } from '../../edits/retired.ts'
import { moved, SchemaPanel, SortableEntry, SortableList } from '../../panels/index.ts'
import { RemoveElement } from '../../shell/RemoveElement.tsx'
import { useIsUsed } from '../../shell/use-usages.ts'
import { usePlace } from '../use-place.ts'
import styles from './elements.module.css'

type Props = {
  readonly path: string
  /** Property of the definition that holds the entries. */
  readonly list: string
  /** Schema of one entry. */
  readonly schema: object
  readonly form: string | undefined
  /** What one entry is called: 角色. */
  readonly what: string
  readonly hint: string
  readonly nameOf: (element: ListElement) => string
  /** A second line: what the entry does, in words. */
  readonly lineOf?: (element: ListElement) => ReactNode
  readonly iconOf?: (element: ListElement) => ReactNode
  readonly fresh: { readonly stem: string; readonly rest: object }
  /** The app without an entry and what depends on it; absent: without the entry alone. */
  readonly take?: (documents: Documents, element: ListElement) => Documents
}

/** The entries of a list of a definition: in order, moved by their handles, the chosen one with its properties. */
export function ElementsEditor(props: Props) {
  const { path, list, schema, form, what, hint, nameOf, lineOf, iconOf, fresh, take } = props
  const { t } = useTranslation('elements')
  const { document, edit } = useDocument(path)
  const { at, go } = usePlace()
  const session = useDraftSession()
  const isUsed = useIsUsed()
  const phone = usePhone()
  const panel = useRef<HTMLElement>(null)
  const [removing, setRemoving] = useState<ListElement>()
  const problems = problemsOf(useProblems(), path)
  if (!document) return null
  const elements = elementsIn(document, list)
  const chosen = elements.find(({ id }) => at === `${list}/${id}`) ?? elements[0]
  // On a phone what is chosen stands below the whole list.
  const show = () => requestAnimationFrame(() => phone && panel.current?.scrollIntoView({ block: 'start' }))
  const choose = (id: string | undefined) => go({ at: id === undefined ? undefined : `${list}/${id}` })
  const add = () => {
    const isRetired = isRetiredIn(session.state().documents, path, list)
    const made = withElement(document, list, fresh.stem, fresh.rest, isRetired)
    edit(t('added', { what }), (before) => withElement(before, list, fresh.stem, fresh.rest, isRetired).document)
    choose(made.id)
    show()
  }
  const addressOf = ({ id }: ListElement) => `${path}/${list}/${id}`
  const without = (all: Documents, element: ListElement) =>
    retire(
      take
        ? take(all, element)
        : withDocument(all, path, withoutElement(documentAt(all, path) ?? {}, list, element.id)),
      [addressOf(element)],
    )
  const remove = (element: ListElement) => {
    if (isUsed(addressOf(element))) return setRemoving(element)
    session.edit(t('removed', { name: nameOf(element) }), (all) => without(all, element))
    choose(undefined)
  }
  return (
    <div className={styles.editor}>
      <div className={styles.list}>
        <SortableList
          keys={elements.map(({ id }) => id)}
          onMove={(from, to) =>
            edit(
              t('moved', { name: nameOf(elements[from] ?? { id: '' }) }),
              (before): Definition => ({ ...before, [list]: moved(elementsIn(before, list), from, to) }),
            )
          }
        >
          {elements.map((element) => (
            <SortableEntry key={element.id} id={element.id} name={nameOf(element)} className={styles.row}>
              <button
                type="button"
                className={styles.entry}
                aria-current={element.id === chosen?.id}
                onClick={() => {
                  choose(element.id)
                  show()
                }}
              >
                {iconOf && <span aria-hidden>{iconOf(element)}</span>}
                <span className={styles.names}>
                  <span className={styles.name}>{nameOf(element)}</span>
                  {lineOf && <span className={styles.line}>{lineOf(element)}</span>}
                </span>
              </button>
            </SortableEntry>
          ))}
        </SortableList>
        <Button icon={<PlusOutlined />} onClick={add}>
          {t('add', { what })}
        </Button>
      </div>
      {chosen ? (
        <section ref={panel} className={styles.panel} aria-label={nameOf(chosen)}>
          <header className={styles.head}>
            <h2 className={styles.title}>{nameOf(chosen)}</h2>
            <Button size="small" danger icon={<DeleteOutlined />} onClick={() => remove(chosen)}>
              {t('remove', { what })}
            </Button>
          </header>
          <Told problems={problems} at={`/${list}/${elements.indexOf(chosen)}`} />
          <SchemaPanel
            key={chosen.id}
            schema={schema}
            value={chosen}
            omit={['id']}
            scope={{ path, form }}
            onChange={(next) =>
              edit(
                t('changed', { name: nameOf(chosen) }),
                (before) => changedElement(before, list, chosen.id, next),
                `${list} ${chosen.id}`,
              )
            }
          />
        </section>
      ) : (
        <Nothing title={t('none', { what })} hint={hint} />
      )}
      {removing && (
        <RemoveElement
          address={addressOf(removing)}
          label={nameOf(removing)}
          take={(all) => without(all, removing)}
          onClose={() => setRemoving(undefined)}
          onRemoved={() => choose(undefined)}
        />
      )}
    </div>
  )
}

type ToldProps = { readonly problems: readonly { path: string; message: string }[]; readonly at: string }

/** What the server says is wrong with this entry, where it is changed. */
function Told({ problems, at }: ToldProps) {
  const own = problems.filter(({ path }) => path === at || path.startsWith(`${at}/`))
  if (own.length === 0) return null
  return (
    <div role="alert">
      <ul className={styles.problems}>
        {own.map(({ path, message }) => (
          <li key={`${path} ${message}`}>{message}</li>
        ))}
      </ul>
    </div>
  )
}
