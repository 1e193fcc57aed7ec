import { CopyOutlined, DeleteOutlined, DownOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { freshId } from '../../edits/fresh-id.ts'
import { moved, SortableEntry, SortableList } from '../../panels/index.ts'
import styles from './split-bench.module.css'

type Props<T> = {
  readonly items: readonly T[]
  readonly keyOf: (item: T, at: number) => string
  readonly nameOf: (item: T, at: number) => string
  /** What the entry does, in words behind its name. */
  readonly lineOf: (item: T, at: number) => ReactNode
  readonly onChange: (next: readonly T[]) => void
  /** A copy with an id of its own; absent: entries are not copied. */
  readonly copyOf?: (item: T) => T
  /** Key of the card that is open. */
  readonly open: string | undefined
  readonly onOpen: (key: string | undefined) => void
  readonly children: (item: T, at: number) => ReactNode
  /** What stands below the line whether the card is open or not. */
  readonly always?: (item: T, at: number) => ReactNode
  readonly empty: string
  readonly add: ReactNode
}

/** Entries of a definition as cards: read as words, opened for their properties, moved, copied and removed. */
export function CardList<T>(props: Props<T>) {
  const { items, keyOf, nameOf, lineOf, onChange, copyOf, open, onOpen, children, always, empty, add } = props
  const { t } = useTranslation('frame')
  const cards = useRef<HTMLDivElement>(null)
  useFreshCard(cards, items.length)
  const copy = (item: T, at: number) => {
    const made = copyOf?.(item)
    if (made === undefined) return
    const next = items.toSpliced(at + 1, 0, made)
    onChange(next)
    onOpen(keyOf(made, at + 1))
  }
  return (
    <div className={styles.cards} ref={cards}>
      <SortableList keys={items.map(keyOf)} onMove={(from, to) => onChange(moved(items, from, to))}>
        {items.map((item, at) => {
          const key = keyOf(item, at)
          const name = nameOf(item, at)
          const isOpen = open === key
          return (
            <SortableEntry key={key} id={key} name={name} className={styles.card}>
              <div className={styles.cardBody}>
                <button
                  type="button"
                  className={styles.cardHead}
                  aria-expanded={isOpen}
                  onClick={() => onOpen(isOpen ? undefined : key)}
                >
                  {isOpen ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
                  <span className={styles.cardWords}>
                    <strong>{name}</strong>
                    <span className={styles.cardLine}>{lineOf(item, at)}</span>
                  </span>
                </button>
                {always?.(item, at)}
                {isOpen && children(item, at)}
              </div>
              <span className={styles.cardTools}>
                {copyOf && (
                  <Button
                    type="text"
                    size="small"
                    icon={<CopyOutlined aria-hidden />}
                    aria-label={t('duplicate', { name })}
                    onClick={() => copy(item, at)}
                  />
                )}
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('remove', { name })}
                  onClick={() => onChange(items.toSpliced(at, 1))}
                />
              </span>
            </SortableEntry>
          )
        })}
      </SortableList>
      {items.length === 0 && <p className={styles.hint}>{empty}</p>}
      {add}
    </div>
  )
}

/** A card that was added has the keyboard: its properties come next. */
function useFreshCard(cards: RefObject<HTMLElement | null>, count: number): void {
  const before = useRef(count)
  useEffect(() => {
    if (count > before.current) cards.current?.querySelector<HTMLElement>('[aria-expanded=true]')?.focus()
    before.current = count
  }, [cards, count])
}

/** The entry under an id that none of the others has. */
export const copiedEntry = <T extends { readonly id: string }>(
  item: T,
  among: readonly { readonly id: string }[],
): T => ({
  ...item,
  id: freshId(item.id.replaceAll(/_\d+$/g, ''), item.id, (id) => among.some((one) => one.id === id)),
})
