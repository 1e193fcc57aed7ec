import { useQuery } from '@tanstack/react-query'
import type { DeletedElements } from '@tenon/runtime/contract'
import { client, Failed, Nothing, usePreferences, Waiting } from '@tenon/runtime/page'
import { Moment } from '@tenon/runtime/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import styles from './history.module.css'
import { useRestore } from './use-restore.ts'

/** What earlier versions had and the draft has not: each can be brought back. */
export default function RecyclePage() {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const { revision, liveVersion } = useDraft()
  const [find, setFind] = useState('')
  const deleted = useQuery({
    queryKey: ['design-elements', session.app, session.name, 'deleted', revision, liveVersion, locale],
    queryFn: () => client.design.deletedElements(session.app, session.name),
    placeholderData: (before) => before,
  })
  const wanted = find.trim().toLowerCase()
  const items = (deleted.data?.items ?? []).filter(({ what }) => what.toLowerCase().includes(wanted))
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('recycle.title')}</h1>
      <p className={styles.hint}>{t('recycle.hint')}</p>
      {deleted.isPending && <Waiting />}
      {deleted.error && <Failed error={deleted.error} retry={() => void deleted.refetch()} />}
      {(deleted.data?.items.length ?? 0) > 8 && (
        <Input
          allowClear
          className={styles.find ?? ''}
          placeholder={t('find')}
          aria-label={t('find')}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
      )}
      {deleted.data && items.length === 0 && (
        <Nothing title={t(wanted === '' ? 'recycle.none' : 'recycle.notFound')} hint={t('recycle.noneHint')} />
      )}
      <ul className={styles.bin} aria-label={t('recycle.title')}>
        {items.map((item) => (
          <Gone key={item.address} item={item} />
        ))}
      </ul>
    </div>
  )
}

function Gone({ item }: { item: DeletedElements['items'][number] }) {
  const { t } = useTranslation('designer')
  const restoring = useRestore()
  const { address, version, what } = item
  return (
    <li className={styles.gone}>
      <div>
        <div>{what}</div>
        <div className={styles.meta}>
          {item.removedIn === null ? t('recycle.inDraft') : t('recycle.inVersion', { version: item.removedIn })}
          {item.by !== null && ` · ${item.by}`}
          {item.at !== null && (
            <>
              {' · '}
              <Moment at={item.at} />
            </>
          )}
        </div>
      </div>
      <Button
        size="small"
        aria-label={t('recycle.restoreOf', { name: what })}
        loading={restoring.isPending}
        onClick={() => restoring.mutate({ address, version, name: what })}
      >
        {t('recycle.restore')}
      </Button>
    </li>
  )
}
