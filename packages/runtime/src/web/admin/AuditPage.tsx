import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { Button, Table, type TableColumnType } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AuditPage as Page } from '../../contract/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { useApps } from '../shell/apps.ts'
import { client } from '../shell/client.ts'
import { usePreferences } from '../shell/preferences.ts'
import { Failed, Nothing, Waiting } from '../shell/states.tsx'
import { AdminPage } from './AdminPage.tsx'
import styles from './admin.module.css'
import { useDepartments } from './use-directory.ts'

type Row = Page['items'][number]

/** Names of the people the entries are about. */
function usePeople(rows: readonly Row[]): ReadonlyMap<string, string> {
  const ids = [...new Set(rows.flatMap(({ about }) => (about.startsWith('user/') ? [about.slice(5)] : [])))]
    .sort()
    .join()
  const { data } = useQuery({
    queryKey: ['people', ids],
    enabled: ids !== '',
    queryFn: () => client.people({ ids, size: 200 }),
    staleTime: 60_000,
  })
  return new Map((data?.items ?? []).map(({ id, name }) => [id, name]))
}

const shownFields = [
  'name',
  'email',
  'phone',
  'department',
  'superior',
  'skills',
  'skillLevels',
  'certifications',
  'languages',
  'regions',
  'capacity',
  'away',
  'admin',
  'active',
  'grants',
  'password',
  'locale',
  'zone',
  'code',
  'parent',
  'manager',
] as const

/** Which properties a change touched, by the names the pages give them. */
const changed = ({ action, data }: Row, t: TFunction<['admin', 'shell']>): string =>
  action.endsWith('.changed')
    ? shownFields
        .filter((field) => field in data)
        .map((field) => t(`audit.fields.${field}`))
        .join(t('audit.comma'))
    : ''

/** Who changed what of the installation itself: people, roles, published versions. */
export default function AuditPage() {
  const { t } = useTranslation(['admin', 'shell'])
  const { locale } = usePreferences()
  const { apps } = useApps()
  const audit = useInfiniteQuery({
    queryKey: ['admin', 'audit'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => client.admin.audit(pageParam ? { cursor: pageParam } : {}),
    getNextPageParam: (page) => page.nextCursor,
  })
  const rows = audit.data?.pages.flatMap(({ items }) => items) ?? []
  const people = usePeople(rows)
  const departments = useDepartments()
  const nameOf = ({ about, data }: Row): string => {
    const [kind = '', id = ''] = about.split('/')
    const given = typeof data.name === 'string' ? data.name : ''
    const found =
      kind === 'app'
        ? resolveText(apps.find((app) => app.id === id)?.label, locale)
        : kind === 'department'
          ? departments.find((one) => one.id === id)?.name
          : people.get(id)
    return found || given || t('audit.gone')
  }
  const columns: TableColumnType<Row>[] = [
    { key: 'at', title: t('audit.at'), width: 150, render: (_, row) => <Moment at={row.at} /> },
    { key: 'who', title: t('audit.who'), width: 140, render: (_, row) => row.actorName ?? t('audit.system') },
    {
      key: 'action',
      title: t('audit.action'),
      width: 200,
      render: (_, row) => t(`audit.actions.${row.action.replaceAll('.', '_')}`, { defaultValue: t('audit.other') }),
    },
    { key: 'about', title: t('audit.about'), width: 200, render: (_, row) => nameOf(row) },
    {
      key: 'what',
      title: t('audit.what'),
      render: (_, row) => <span className={styles.small}>{changed(row, t)}</span>,
    },
  ]
  return (
    <AdminPage title={t('shell:adminPage.audit')} hint={t('audit.hint')}>
      {audit.isPending ? (
        <Waiting />
      ) : audit.error ? (
        <Failed error={audit.error} retry={() => void audit.refetch()} />
      ) : rows.length === 0 ? (
        <Nothing title={t('audit.empty')} />
      ) : (
        <>
          <Table<Row>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={rows}
            pagination={false}
            scroll={{ x: 800 }}
          />
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
