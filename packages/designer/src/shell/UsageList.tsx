import type { Usage } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { useGoTo } from './go-to.ts'
import styles from './usages.module.css'

type Line = Pick<Usage, 'address' | 'file' | 'text'> & { readonly pointer?: string }
type Props = { readonly lines: readonly Line[]; readonly label: string; readonly onLeave: () => void }

/** Places in words; choosing one goes there. */
export function UsageList({ lines, label, onLeave }: Props) {
  const { t } = useTranslation('designer')
  const goTo = useGoTo()
  if (lines.length === 0) return <p className={styles.none}>{t('usages.none')}</p>
  return (
    <ul className={styles.list} aria-label={label}>
      {lines.map((line) => (
        <li key={`${line.address} ${line.text}`}>
          <button
            type="button"
            className={styles.line}
            onClick={() => {
              goTo(line.file, line.pointer)
              onLeave()
            }}
          >
            {line.text}
          </button>
        </li>
      ))}
    </ul>
  )
}
