import { useQuery } from '@tanstack/react-query'
import type { FlowFigure } from '@tenon/runtime/contract'
import { client, Failed, usePreferences } from '@tenon/runtime/page'
import { formatDuration, formatMoment, serverNow, useUi } from '@tenon/runtime/ui'
import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './history.module.css'
import type { History } from './use-history.ts'

type Props = { readonly history: History; readonly figure: FlowFigure; readonly element: string }

/** The records behind a number, each a link to it. */
export function FigureRecords({ history: { app, id, query }, figure, element }: Props) {
  const { t } = useTranslation('flow')
  const { locale } = usePreferences()
  const ui = useUi()
  const { data, error, refetch } = useQuery({
    queryKey: ['flow-history', app, id, query, figure, element],
    queryFn: () => client.design.flowHistoryRecords(app, id, { ...query, figure, element }),
  })
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Spin size="small" />
  return (
    <>
      <ul className={styles.records} aria-label={t('history.records')}>
        {data.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one record may be counted at one moment twice
          <li key={`${item.id} ${item.at} ${index}`} className={styles.record}>
            <a href={`/a/${app}/f/${item.form}/${item.id}`}>{item.title}</a>
            <span className={styles.more}>
              {item.ms === null ? formatMoment(Date.parse(item.at), serverNow(), ui) : formatDuration(item.ms, locale)}
            </span>
          </li>
        ))}
      </ul>
      {data.more && <p className={styles.more}>{t('history.more', { count: data.items.length })}</p>}
    </>
  )
}
