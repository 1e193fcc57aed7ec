import { type Breakage, withoutElement } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Alert, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Documents } from '../draft/documents.ts'
import { useDraftSession } from '../draft/draft-context.tsx'
import { placeName } from '../draft/place-name.ts'
import { splitAddress } from './here.ts'
import { UsageList } from './UsageList.tsx'
import styles from './usages.module.css'
import { useUsages } from './use-usages.ts'

type Props = {
  /** `forms/ticket.json/fields/priority`, or a whole definition. */
  readonly address: string
  readonly label: string
  readonly onClose: () => void
  readonly onRemoved?: () => void
}

/**
 * Takes an element out of the draft: says who refers to it and what would break, and offers to take out with it the
 * mentions that can simply go. What is live stays until the draft is published.
 */
export function RemoveElement({ address, label, onClose, onRemoved }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const used = useUsages(address)
  const loose = used?.usages.filter(({ how }) => how === 'entry' || how === 'key') ?? []
  const [tidy, setTidy] = useState(true)
  const breaks = (tidy ? used?.tidied : used?.breaks) ?? []
  const placed = (one: Breakage): Breakage => ({
    ...one,
    text: `${placeName(session.state().documents, splitAddress(one.element), locale)}: ${one.text}`,
  })
  const title = t('removeTitle', { name: label })
  return (
    <Modal
      open
      title={title}
      width={560}
      okText={t('remove')}
      okButtonProps={{ danger: true }}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={() => {
        session.edit(
          t('removed', { name: label }),
          (documents) => withoutElement(documents, address, tidy ? loose : []) as Documents,
        )
        onClose()
        onRemoved?.()
      }}
    >
      <div className={styles.body}>
        <p>{t('removeHint')}</p>
        {used && used.usages.length > 0 && (
          <section>
            <h3 className={styles.heading}>{t('usages.count', { count: used.usages.length })}</h3>
            <UsageList lines={used.usages} label={t('usages.title')} onLeave={onClose} />
          </section>
        )}
        {loose.length > 0 && (
          <Checkbox checked={tidy} onChange={(event) => setTidy(event.target.checked)}>
            {t('usages.tidy', { count: loose.length })}
          </Checkbox>
        )}
        {breaks.length > 0 && (
          <section>
            <Alert type="warning" showIcon title={t('usages.breaks', { count: breaks.length })} />
            <UsageList
              lines={breaks.map(placed)}
              label={t('usages.breaks', { count: breaks.length })}
              onLeave={onClose}
            />
          </section>
        )}
      </div>
    </Modal>
  )
}
