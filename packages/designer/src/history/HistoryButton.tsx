import { FieldTimeOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import type { ElementHistory } from '@tenon/runtime/contract'
import { client, Failed, Nothing, usePreferences, Waiting } from '@tenon/runtime/page'
import { Moment } from '@tenon/runtime/ui'
import { Button, Drawer, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import { placeName } from '../draft/place-name.ts'
import { splitAddress, useHere } from '../shell/here.ts'
import styles from './history.module.css'
import { useRestore } from './use-restore.ts'

/** Opens how what is chosen, or the definition that is open, came to be what it is. */
export function HistoryButton() {
  const { t } = useTranslation('designer')
  const [open, setOpen] = useState(false)
  if (useHere() === undefined) return null
  return (
    <>
      <Tooltip title={t('history.title')}>
        <Button
          type="text"
          icon={<FieldTimeOutlined />}
          aria-label={t('history.title')}
          aria-expanded={open}
          onClick={() => setOpen(true)}
        />
      </Tooltip>
      <HistoryDrawer open={open} onClose={() => setOpen(false)} />
    </>
  )
}

type DrawerProps = { readonly open: boolean; readonly onClose: () => void }

/** How the chosen element, or the definition that is open, came to be what it is. */
export function HistoryDrawer({ open, onClose }: DrawerProps) {
  const { t } = useTranslation('designer')
  const here = useHere()
  return (
    <Drawer open={open} onClose={onClose} title={t('history.title')} size={400} mask={false}>
      {open && here !== undefined && <History address={here} />}
    </Drawer>
  )
}

type Item = ElementHistory['items'][number]

function History({ address }: { address: string }) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const { documents, revision, liveVersion } = useDraft()
  const history = useQuery({
    queryKey: ['design-elements', session.app, session.name, address, revision, liveVersion, locale],
    queryFn: () => client.design.elementHistory(session.app, { address, draft: session.name }),
    placeholderData: (before) => before,
  })
  const name = placeName(documents, splitAddress(address), locale)
  const items = history.data?.items ?? []
  // What stands in the draft now is nothing to go back to.
  const current = items[0]
  return (
    <>
      <p className={styles.about}>{name}</p>
      {history.isPending && <Waiting rows={3} />}
      {history.error && <Failed error={history.error} retry={() => void history.refetch()} />}
      {history.data && items.length === 0 && <Nothing title={t('history.none')} hint={t('history.noneHint')} />}
      <ol className={styles.steps} aria-label={t('history.of', { name })}>
        {items.map((item) => (
          <Step
            key={item.version ?? 'draft'}
            item={item}
            restore={item === current || item.value === undefined ? undefined : { address, name }}
          />
        ))}
      </ol>
    </>
  )
}

type StepProps = { readonly item: Item; readonly restore: { address: string; name: string } | undefined }

function Step({ item, restore }: StepProps) {
  const { t } = useTranslation('designer')
  const restoring = useRestore()
  const { version } = item
  const lines = item.changes.length > 0 ? item.changes : [t(`history.${item.kind}`)]
  return (
    <li className={styles.step} data-kind={item.kind}>
      <div className={styles.head}>
        <strong>{version === null ? t('history.draft') : t('versionNumber', { version })}</strong>
        <span className={styles.meta}>
          {item.by ?? t('versions.system')} · <Moment at={item.at} />
        </span>
        {restore && version !== null && (
          <Button size="small" loading={restoring.isPending} onClick={() => restoring.mutate({ ...restore, version })}>
            {t('history.back')}
          </Button>
        )}
      </div>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </li>
  )
}
