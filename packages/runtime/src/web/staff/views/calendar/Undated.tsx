import { CloseOutlined } from '@ant-design/icons'
import { useDraggable } from '@dnd-kit/core'
import { Link } from '@tanstack/react-router'
import type { FormModel } from '@tenon/engine'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ListOptions, RecordItem } from '../../../../contract/index.ts'
import { places } from '../../../shell/places.ts'
import { Failed } from '../../../shell/states.tsx'
import { Reach } from '../Reach.tsx'
import { type When, withoutDate } from '../time.ts'
import { usePages } from '../use-pages.ts'
import styles from '../views.module.css'
import type { CalendarActs } from './Chip.tsx'

type Props = {
  readonly app: string
  readonly form: FormModel
  readonly options: ListOptions
  readonly when: When
  readonly acts: CalendarActs
  readonly title: string
  readonly onClose: () => void
}

/** The records that have no date yet: each can be put on a day. */
export function Undated({ app, form, options, when, acts, title, onClose }: Props) {
  const { t } = useTranslation('views')
  const pages = usePages({ app, form, options, where: withoutDate(when), size: 30 })
  const { items, total, answer } = pages
  return (
    <aside className={styles.undated} aria-label={title}>
      <header className={styles.undatedHead}>
        <h3>{title}</h3>
        <span className={styles.laneCount}>{total ?? '…'}</span>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('close')} onClick={onClose} />
      </header>
      {answer.error && <Failed error={answer.error} retry={() => void answer.refetch()} />}
      {total === 0 && <p className={styles.hint}>{t('calendar.allDated')}</p>}
      {acts.movable && total !== 0 && <p className={styles.hint}>{t('calendar.dragOn')}</p>}
      <ul className={styles.chips}>
        {items
          .filter(({ id }) => !acts.under.has(id))
          .map((item) => (
            <UndatedChip key={item.id} app={app} form={form} item={item} movable={acts.movable} />
          ))}
      </ul>
      <Reach pages={pages} label={t('more', { shown: items.length, total: total ?? items.length })} />
    </aside>
  )
}

type ChipProps = {
  readonly app: string
  readonly form: FormModel
  readonly item: RecordItem
  readonly movable: boolean
}

function UndatedChip({ app, form, item, movable }: ChipProps) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: `${item.id} -`, data: item, disabled: !movable })
  return (
    <li ref={setNodeRef} {...listeners}>
      <Link
        to={places.record(app, form.id, item.id)}
        className={styles.chip}
        data-tone="neutral"
        data-dragging={isDragging}
        draggable={false}
      >
        <span className={styles.chipTitle}>{item.title}</span>
      </Link>
    </li>
  )
}
