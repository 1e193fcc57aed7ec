import { useInfiniteQuery } from '@tanstack/react-query'
import type { WebhookCallList } from '@tenon/runtime/contract'
import { client, Failed, Nothing, Waiting } from '@tenon/runtime/page'
import { Moment, TonePill } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../draft/draft-context.tsx'
import styles from './running.module.css'

type Call = WebhookCallList['items'][number]

/** What the app has called in other systems, and what they answered. */
export default function CallsPage() {
  const { t } = useTranslation('designer')
  const { app } = useDraftSession()
  const calls = useInfiniteQuery({
    queryKey: ['webhook-calls', app],
    queryFn: ({ pageParam }) => client.apps.webhookCalls(app, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
  })
  const items = calls.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('calls.title')}</h1>
      <p className={styles.hint}>{t('calls.hint')}</p>
      {calls.isPending && <Waiting />}
      {calls.error && <Failed error={calls.error} retry={() => void calls.refetch()} />}
      {calls.data && items.length === 0 && <Nothing title={t('calls.none')} hint={t('calls.noneHint')} />}
      <ul className={styles.list} aria-label={t('calls.title')}>
        {items.map((call) => (
          <CallView key={call.id} call={call} app={app} />
        ))}
      </ul>
      {calls.hasNextPage && (
        <Button loading={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
          {t('calls.more')}
        </Button>
      )}
    </div>
  )
}

function CallView({ call, app }: { call: Call; app: string }) {
  const { t } = useTranslation('designer')
  const failed = call.state === 'failed'
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <TonePill tone={failed ? 'danger' : 'success'}>
          {t(`calls.${call.state}`)}
          {call.status === null ? '' : ` ${call.status}`}
        </TonePill>
        <span className={styles.url}>
          {call.method} {call.url}
        </span>
        <span className={styles.meta}>
          <Moment at={call.at} />
          {call.attempts > 1 && ` · ${t('calls.attempts', { count: call.attempts })}`}
        </span>
        {call.record && <a href={`/a/${app}/f/${call.record.form}/${call.record.id}`}>{call.record.title}</a>}
      </div>
      {(call.error ?? call.answer) && <pre className={styles.answer}>{call.error ?? call.answer}</pre>}
    </li>
  )
}
