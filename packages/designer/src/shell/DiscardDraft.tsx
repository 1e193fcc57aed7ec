import { usePreferences, useReason, Waiting } from '@tenon/runtime/page'
import { Dialog } from '@tenon/runtime/ui'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUnpublished } from '../versions/use-unpublished.ts'
import { usePeople } from './People.tsx'
import styles from './usages.module.css'

const listed = 12

type Props = {
  /** What people call the draft. */
  readonly name: string
  readonly onDiscard: () => Promise<void>
  readonly onClose: () => void
}

/** Asks before a draft is thrown away: which changes go, and whose work it is beside mine. */
export function DiscardDraft({ name, onDiscard, onClose }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const reason = useReason()
  const people = usePeople()
  const changes = useUnpublished()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const items = changes.data?.items
  const discard = async () => {
    setBusy(true)
    try {
      await onDiscard()
      onClose()
    } catch (error) {
      setProblem(reason(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('draft.discardTitle', { name })}
      width={560}
      okText={t('draft.discard')}
      okButtonProps={{ danger: true, loading: busy }}
      cancelText={t('cancel')}
      onOk={() => void discard()}
      onCancel={onClose}
    >
      <div className={styles.body}>
        {problem && <Alert type="error" showIcon title={problem} />}
        {people.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('draft.discardOthers', {
              names: new Intl.ListFormat(locale).format(people.map((one) => one.name)),
            })}
          />
        )}
        <p>{t('draft.discardHint')}</p>
        {changes.isLoading && <Waiting rows={2} />}
        {items && items.length > 0 && (
          <section>
            <strong>{t('draft.discardChanges', { count: items.length })}</strong>
            <ul>
              {items.slice(0, listed).map((change) => (
                <li key={`${change.address}${change.kind}`}>{change.text}</li>
              ))}
              {items.length > listed && <li>{t('overview.more', { count: items.length - listed })}</li>}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  )
}
