import { SearchOutlined } from '@ant-design/icons'
import { useDraggable } from '@dnd-kit/core'
import { type FieldTypeName, fieldTypeNames, fieldTypes } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Input } from 'antd'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from '../form-bench.module.css'
import { type PaletteGroup, paletteGroups } from './palette-groups.ts'
import { TypeIcon } from './TypeIcon.tsx'

type Props = { readonly onAdd: (type: FieldTypeName) => void }

/** Every type of field, by what it is for: dragged onto the canvas, or added behind the chosen field by click and key. */
export const Palette = memo(function Palette({ onAdd }: Props) {
  const { t } = useTranslation('formBench')
  const [find, setFind] = useState('')
  const wanted = find.trim().toLowerCase()
  const isWanted = (type: FieldTypeName) =>
    `${fieldTypes[type].title['zh-CN']} ${fieldTypes[type].title.en}`.toLowerCase().includes(wanted)
  const found = fieldTypeNames.filter(isWanted)
  return (
    <div className={styles.palette}>
      <Input
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('palette.find')}
        aria-label={t('palette.find')}
        value={find}
        onChange={(event) => setFind(event.target.value)}
        onPressEnter={() => found[0] && onAdd(found[0])}
      />
      <div className={styles.types}>
        {found.length === 0 && <p className={styles.hint}>{t('palette.none')}</p>}
        {paletteGroups(found).map(([group, types]) => (
          <TypeGroup key={group} group={group} types={types} onAdd={onAdd} />
        ))}
      </div>
    </div>
  )
})

function TypeGroup({ group, types, onAdd }: Props & { group: PaletteGroup; types: readonly FieldTypeName[] }) {
  const { t } = useTranslation('formBench')
  return (
    <section aria-label={t(`palette.${group}`)}>
      <h3 className={styles.groupName}>{t(`palette.${group}`)}</h3>
      <ul className={styles.typeList}>
        {types.map((type) => (
          <li key={type}>
            <PaletteEntry type={type} onAdd={onAdd} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const PaletteEntry = memo(function PaletteEntry({ type, onAdd }: Props & { type: FieldTypeName }) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const { setNodeRef, listeners } = useDraggable({ id: `type:${type}`, data: { type } })
  const name = fieldTypes[type].title[locale]
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={styles.type}
      aria-label={t('palette.add', { name })}
      onClick={() => onAdd(type)}
      {...listeners}
    >
      <TypeIcon type={type} />
      <span className={styles.typeName}>{name}</span>
    </button>
  )
})
