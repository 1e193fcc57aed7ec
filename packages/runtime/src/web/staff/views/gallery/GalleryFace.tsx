import { PictureOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordItem } from '../../../../contract/index.ts'
import { RefsProvider, useRefs, useUi } from '../../../../ui/environment.tsx'
import { isPicture } from '../../../../ui/show/FileList.tsx'
import { ShownFormProvider } from '../../../../ui/show/ShownForm.tsx'
import { places } from '../../../shell/places.ts'
import { Failed, Waiting } from '../../../shell/states.tsx'
import { CardFacts } from '../CardFacts.tsx'
import type { FaceProps } from '../contract.ts'
import { Reach } from '../Reach.tsx'
import { usePages } from '../use-pages.ts'
import styles from '../views.module.css'

/** Cards with a picture, as many as somebody scrolled to. */
export default function GalleryFace({ app, form, view, list, columns, empty }: FaceProps<'gallery'>) {
  const { t } = useTranslation('views')
  const { cover } = view
  const options = useMemo(
    () => ({
      ...list.options,
      fields: [...new Set([...(list.options.fields ?? []), ...(cover === undefined ? [] : [cover])])],
    }),
    [list.options, cover],
  )
  const pages = usePages({ app, form, options, size: 24 })
  const { items, total, refs, answer } = pages
  if (answer.error) return <Failed error={answer.error} retry={() => void answer.refetch()} />
  if (answer.isPending) return <Waiting rows={8} />
  if (total === 0) return empty
  return (
    <ShownFormProvider form={form}>
      <RefsProvider refs={refs}>
        <div className={styles.face}>
          <p className={styles.hint}>{t('gallery.total', { count: total ?? items.length })}</p>
          <ul className={styles.gallery}>
            {items.map((item) => (
              <li key={item.id} className={styles.picture}>
                <Link to={places.record(app, form.id, item.id)} className={styles.pictureLink}>
                  {cover !== undefined && <Cover item={item} field={cover} />}
                  <span className={styles.cardTitle}>{item.title}</span>
                </Link>
                <CardFacts item={item} columns={columns} said={cover === undefined ? [] : [cover]} />
              </li>
            ))}
          </ul>
          <Reach pages={pages} label={t('more', { shown: items.length, total: total ?? items.length })} />
        </div>
      </RefsProvider>
    </ShownFormProvider>
  )
}

function Cover({ item, field }: { item: RecordItem; field: string }) {
  const refs = useRefs()
  const ui = useUi()
  const ids = item.values[field]
  const first = (Array.isArray(ids) ? (ids as readonly string[]) : []).find((id) => {
    const ref = refs[id]
    return ref?.kind === 'file' && isPicture(ref.mediaType)
  })
  return (
    <span className={styles.cover}>
      {first === undefined ? (
        <PictureOutlined aria-hidden />
      ) : (
        <img src={ui.fileAddress(first, true)} alt="" loading="lazy" />
      )}
    </span>
  )
}
