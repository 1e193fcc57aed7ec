import { AimOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { FormModel } from '@tenon/engine'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordItem } from '../../../../contract/index.ts'
import { places } from '../../../shell/places.ts'
import type { ListColumn } from '../../list/columns.ts'
import { CardFacts } from '../CardFacts.tsx'
import styles from '../views.module.css'
import own from './map.module.css'

type Props = {
  readonly app: string
  readonly form: FormModel
  readonly columns: readonly ListColumn[]
  /** In sight of the map. */
  readonly items: readonly RecordItem[]
  readonly all: number
  readonly current: string | undefined
  readonly onShow: (item: RecordItem) => void
  readonly onAll: () => void
}
const step = 50

/** What the map shows, as a list: the way of the keyboard and of screen readers. */
export function PlaceList({ app, form, columns, items, all, current, onShow, onAll }: Props) {
  const { t } = useTranslation('views')
  const [most, setMost] = useState(step)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (current !== undefined)
      list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <section className={own.list} aria-label={t('map.list')}>
      <header className={own.listHead}>
        <span>{t('map.inSight', { count: items.length, all })}</span>
        <Button type="link" size="small" onClick={onAll}>
          {t('map.all')}
        </Button>
      </header>
      {items.length === 0 && <p className={styles.hint}>{t('map.outOfSight')}</p>}
      <ul ref={list} className={own.items}>
        {items.slice(0, most).map((item) => (
          <li key={item.id} className={own.item} aria-current={item.id === current}>
            <div className={own.itemHead}>
              <Link to={places.record(app, form.id, item.id)} className={styles.cardTitle}>
                {item.title}
              </Link>
              <Button
                type="text"
                size="small"
                icon={<AimOutlined />}
                aria-label={t('map.show', { title: item.title })}
                title={t('map.show', { title: item.title })}
                onClick={() => onShow(item)}
              />
            </div>
            <CardFacts item={item} columns={columns} said={[]} />
          </li>
        ))}
      </ul>
      {items.length > most && (
        <button type="button" data-reach onClick={() => setMost(most + step)}>
          {t('more', { shown: most, total: items.length })}
        </button>
      )}
    </section>
  )
}
