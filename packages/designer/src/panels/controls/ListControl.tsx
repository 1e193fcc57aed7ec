import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { isObject, resolveSchema, type SchemaNode, schemaProperties } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import type { SchemaControlProps } from '../contract.ts'
import { freshValue } from '../fresh-value.ts'
import { moved } from '../minimal.ts'
import { useProperty } from '../property-context.ts'
import { titleOf } from '../schema-words.ts'
import styles from './controls.module.css'
import { SortableEntry, SortableList } from './Sortable.tsx'

type Props = SchemaControlProps & { readonly items: SchemaNode; readonly addLabel?: string; readonly kind?: string }

const idOf = (entry: unknown): string | undefined => {
  const id = isObject(entry) ? (entry.id ?? entry.section) : undefined
  return typeof id === 'string' ? id : undefined
}

/** Names for entries that have none, so that a moved entry stays the same one on the page. */
function useKeys(entries: readonly unknown[]): readonly string[] {
  const given = useRef(new WeakMap<object, string>())
  const count = useRef(0)
  const seen = new Set<string>()
  return entries.map((entry, at) => {
    let key = idOf(entry)
    if (key === undefined && typeof entry === 'object' && entry !== null) {
      key = given.current.get(entry)
      if (key === undefined) {
        count.current += 1
        key = `entry ${count.current}`
        given.current.set(entry, key)
      }
    }
    if (key === undefined || seen.has(key)) key = `place ${at}`
    seen.add(key)
    return key
  })
}

/** A list: added to, taken from, put in order by the handle. */
export function ListControl({ items, value, onChange, scope, root, label, schema, addLabel, kind }: Props) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const Property = useProperty()
  const entries = Array.isArray(value) ? (value as readonly unknown[]) : []
  const keys = useKeys(entries)
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY
  const titleIn = resolveSchema(items, root)
  const nameOf = (entry: unknown, at: number) => labelOf(entry, locale) || `${label} ${at + 1}`
  const replace = (at: number, next: unknown) => {
    const before = entries[at]
    if (next === undefined && !isObject(before)) return
    onChange(entries.with(at, next ?? {}))
  }
  const add = () => {
    const name = kind ?? (label && titleOf(titleIn, 'en', 'entry')).toLowerCase().replaceAll(/[^a-z]+/g, '_')
    const isTaken = (id: string) => entries.some((entry) => idOf(entry) === id)
    onChange([...entries, freshValue(items, root, name || 'entry', isTaken) ?? ''])
  }
  const single = Object.keys(schemaProperties(titleIn)).length <= 1
  return (
    <div className={styles.list}>
      <SortableList keys={keys} onMove={(from, to) => onChange(moved(entries, from, to))}>
        {entries.map((entry, at) => (
          <SortableEntry
            key={keys[at]}
            id={keys[at] ?? ''}
            name={nameOf(entry, at)}
            className={single ? styles.line : styles.card}
          >
            <div className={styles.entry}>
              <Property
                schema={items}
                root={root}
                siblings={{}}
                value={entry}
                onChange={(next) => replace(at, next)}
                scope={scope}
                required
                label={nameOf(entry, at)}
              />
            </div>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('removeOne', { name: nameOf(entry, at) })}
              onClick={() => onChange(entries.toSpliced(at, 1))}
            />
          </SortableEntry>
        ))}
      </SortableList>
      {entries.length < most && (
        <Button type="dashed" size="small" block icon={<PlusOutlined aria-hidden />} onClick={add}>
          {addLabel ?? t('addTo', { name: label })}
        </Button>
      )}
    </div>
  )
}
