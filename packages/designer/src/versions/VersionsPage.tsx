import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { client, Failed, Waiting } from '@tenon/runtime/page'
import { Moment } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import { ArchiveActions } from './ArchiveActions.tsx'
import { RollBackDialog } from './RollBackDialog.tsx'
import { useUnpublished } from './use-unpublished.ts'
import styles from './versions.module.css'

/** What was published when and by whom, what each version changed, and the way back to it. */
export default function VersionsPage() {
  const { t } = useTranslation('designer')
  const { app } = useParams({ from: '/$app' })
  const [chosen, setChosen] = useState<number>()
  const [back, setBack] = useState<number>()
  const versions = useQuery({ queryKey: ['design-versions', app], queryFn: () => client.design.versions(app) })
  const items = versions.data?.items ?? []
  const newest = items[0]?.version
  return (
    <div className={styles.page}>
      <div className={styles.titleLine}>
        <h1 className={styles.title}>{t('versions.title')}</h1>
        <span className={styles.space} />
        <ArchiveActions />
      </div>
      <Unpublished />
      {versions.isPending && <Waiting />}
      {versions.error && <Failed error={versions.error} retry={() => void versions.refetch()} />}
      <ol className={styles.list}>
        {items.map((item, at) => (
          <li key={item.version} className={styles.item}>
            <div className={styles.head}>
              <strong>{t('versionNumber', { version: item.version })}</strong>
              {item.version === newest && <span className={styles.live}>{t('versions.live')}</span>}
              <span className={styles.meta}>
                {item.by ?? t('versions.system')} · <Moment at={item.publishedAt} />
              </span>
              <span className={styles.space} />
              {at < items.length - 1 && (
                <Button
                  size="small"
                  aria-expanded={chosen === item.version}
                  onClick={() => setChosen(chosen === item.version ? undefined : item.version)}
                >
                  {t('versions.changes')}
                </Button>
              )}
              {item.version !== newest && (
                <Button size="small" onClick={() => setBack(item.version)}>
                  {t('versions.back')}
                </Button>
              )}
            </div>
            {chosen === item.version && <Changes app={app} from={items[at + 1]?.version ?? 1} to={item.version} />}
          </li>
        ))}
      </ol>
      {back !== undefined && <RollBackDialog version={back} onClose={() => setBack(undefined)} />}
    </div>
  )
}

function Changes({ app, from, to }: { app: string; from: number; to: number }) {
  const { t } = useTranslation('designer')
  const diff = useQuery({
    queryKey: ['design-diff', app, from, to],
    queryFn: () => client.design.diff(app, { from, to }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (diff.isPending) return <Waiting rows={2} />
  if (diff.error) return <Failed error={diff.error} />
  if (diff.data.items.length === 0) return <p className={styles.meta}>{t('publish.nothing')}</p>
  return (
    <ul className={styles.lines}>
      {diff.data.items.map((change) => (
        <li key={`${change.address}${change.kind}`}>{change.text}</li>
      ))}
    </ul>
  )
}

/** What the draft changes in the version it was made from, and the edits that led there. */
function Unpublished() {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  const { revision } = useDraft()
  const name = session.name
  const diff = useUnpublished()
  const history = useQuery({
    queryKey: ['design-history', session.app, name, revision],
    queryFn: () => client.design.draftHistory(session.app, name === 'main' ? undefined : name),
    placeholderData: (before) => before,
  })
  const changes = diff.data?.items ?? []
  const edits = (history.data?.items ?? []).filter(({ undone }) => !undone)
  if (changes.length === 0) return null
  return (
    <section className={styles.item}>
      <h2 className={styles.heading}>{t('versions.unpublished', { count: changes.length })}</h2>
      <ul className={styles.lines}>
        {changes.map((change) => (
          <li key={`${change.address}${change.kind}`}>{change.text}</li>
        ))}
      </ul>
      {edits.length > 0 && (
        <details>
          <summary className={styles.summary}>{t('versions.edits', { count: edits.length })}</summary>
          <ul className={styles.lines}>
            {edits.map((edit) => (
              <li key={edit.seq}>
                {edit.label}
                <span className={styles.meta}>
                  {' '}
                  {edit.by ?? t('versions.system')} · <Moment at={edit.at} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
