import { PaperClipOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useRefs, useUi } from '../environment.tsx'
import styles from './file-list.module.css'
import { formatBytes } from './format.ts'

export const isPicture = (mediaType: string) => /^image\/(png|jpe?g|gif|webp)$/.test(mediaType)

/** Files by id: pictures as thumbnails, everything opens in a tab of its own or downloads. */
export function FileList({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('ui')
  const refs = useRefs()
  const ui = useUi()
  if (ids.length === 0) return null
  return (
    <ul className={styles.files}>
      {ids.map((id) => {
        const ref = refs[id]
        if (ref?.kind !== 'file') return <li key={id}>{t('notVisible')}</li>
        return (
          <li key={id} className={styles.file}>
            {isPicture(ref.mediaType) ? (
              <a href={ui.fileAddress(id, true)} target="_blank" rel="noreferrer" className={styles.picture}>
                <img src={ui.fileAddress(id, true)} alt={ref.name} loading="lazy" />
              </a>
            ) : (
              <a href={ui.fileAddress(id)} className={styles.name} download={ref.name}>
                <PaperClipOutlined aria-hidden /> {ref.name}
              </a>
            )}
            <span className={styles.size}>{formatBytes(ref.sizeBytes, ui.locale)}</span>
          </li>
        )
      })}
    </ul>
  )
}
