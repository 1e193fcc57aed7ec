import type { Breakage } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Dialog } from '@tenon/runtime/ui'
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalmDocuments } from '../draft/draft-context.tsx'
import { placeName } from '../draft/place-name.ts'
import { splitAddress } from './here.ts'
import { UsageList } from './UsageList.tsx'
import styles from './usages.module.css'

type Props = {
  readonly title: string
  readonly breaks: readonly Breakage[]
  readonly onRemove: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks before something is taken out of the draft: what would break, each with the way there. */
export function RemovalDialog({ title, breaks, onRemove, onClose, children }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  return (
    <Dialog
      title={title}
      width={560}
      okText={t(breaks.length > 0 ? 'removeAnyway' : 'remove')}
      okButtonProps={{ danger: true }}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={onRemove}
    >
      <div className={styles.body}>
        <p>{t('removeHint')}</p>
        {children}
        {breaks.length > 0 && (
          <section>
            <Alert type="warning" showIcon title={t('usages.breaks', { count: breaks.length })} />
            <UsageList
              lines={breaks.map(({ address, file, element, problem, text }) => ({
                address,
                file,
                pointer: problem.path.slice(file.length + 1),
                text: `${placeName(documents, splitAddress(element), locale)}: ${text}`,
              }))}
              label={t('usages.breaks', { count: breaks.length })}
              onLeave={onClose}
            />
          </section>
        )}
      </div>
    </Dialog>
  )
}
