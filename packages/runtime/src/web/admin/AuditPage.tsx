import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Table, type TableColumnType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AuditPage as Page } from '../../contract/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { client } from '../shell/client.ts'
import { Failed, Nothing, Waiting } from '../shell/states.tsx'
import { AdminPage } from './AdminPage.tsx'
import styles from './admin.module.css'

type Row = Page['items'][number]

/** Who changed what of the installation itself: people, roles, published versions. */
export default function AuditPage() {
  const { t } = useTranslation(['admin', 'shell'])
  const audit = useInfiniteQuery({
    queryKey: ['admin', 'audit'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => client.admin.audit(pageParam ? { cursor: pageParam } : {}),
    getNextPageParam: (page) => page.nextCursor,
  })
  const rows = audit.data?.pages.flatMap(({ items }) => items) ?? []
  const columns: TableColumnType<Row>[] = [
    { key: 'at', title: t('audit.at'), width: 150, render: (_, row) => <Moment at={row.at} /> },
    { key: 'who', title: t('audit.who'), width: 140, render: (_, row) => row.actorName ?? t('audit.system') },
    { key: 'action', title: t('audit.action'), width: 200, render: (_, row) => t(`audit.actions.${row.action.replaceAll('.', '_')}`, { defaultValue: row.action }) },
    { key: 'about', title: t('audit.about'), render: (_, row) => <span className={styles.small}>{row.about}</span> },
  ]
  return (
    <AdminPage title={t('shell:adminPage.audit')} hint={t('audit.hint')}>
      {audit.isPending ? <Waiting /> : audit.error ? <Failed error={audit.error} retry={() => void audit.refetch()} /> : rows.length === 0 ? <Nothing title={t('audit.empty')} /> : (
        <>
          <Table<Row> size="small" rowKey="id" columns={columns} dataSource={rows} pagination={false} scroll={{ x: 640 }} />
          {audit.hasNextPage && (
            <div className={styles.more}>
              <Button type="text" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
                {t('audit.older')}
              </Button>
            </div>
          )}
        </>
      )}
    </AdminPage>
  )
}
