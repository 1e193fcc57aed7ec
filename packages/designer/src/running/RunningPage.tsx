import { useQuery } from '@tanstack/react-query'
import { client, Failed, Nothing, usePreferences, Waiting } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import { MoveList } from './MoveList.tsx'
import { OlderVersions } from './OlderVersions.tsx'
import { ParkedList } from './ParkedList.tsx'
import styles from './running.module.css'

/** Running instances whose flow has changed: the ones that wait for a decision, and those on older versions. */
export default function RunningPage() {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const { app } = useDraftSession()
  const { liveVersion } = useDraft()
  const overview = useQuery({
    queryKey: ['design-instances', app, liveVersion, locale],
    queryFn: () => client.design.instances(app),
    enabled: liveVersion > 0,
    refetchInterval: ({ state }) => (state.data?.moves.some((move) => move.state === 'running') ? 2000 : 30_000),
  })
  const { data } = overview
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('running.title')}</h1>
      <p className={styles.hint}>{t('running.hint')}</p>
      {liveVersion === 0 && <Nothing title={t('overview.notLive')} />}
      {liveVersion > 0 && overview.isPending && <Waiting />}
      {overview.error && <Failed error={overview.error} retry={() => void overview.refetch()} />}
      {data && (
        <>
          <ParkedList items={data.parked} />
          <OlderVersions standings={data.standings} />
          <MoveList moves={data.moves} />
        </>
      )}
    </div>
  )
}
