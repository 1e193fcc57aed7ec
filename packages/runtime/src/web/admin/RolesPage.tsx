import { useQuery } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { Table, type TableColumnType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RoleView } from '../../contract/index.ts'
import { client } from '../shell/client.ts'
import { usePreferences } from '../shell/preferences.ts'
import { Failed, Waiting } from '../shell/states.tsx'
import { AdminPage } from './AdminPage.tsx'

/** The roles of every app; what they may do is drawn in the app itself. */
export default function RolesPage() {
  const { t } = useTranslation(['admin', 'shell'])
  const { locale } = usePreferences()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['admin', 'roles'],
    queryFn: () => client.admin.roles(),
  })
  const columns: TableColumnType<RoleView>[] = [
    { key: 'role', title: t('roles.role'), width: 200, render: (_, role) => resolveText(role.label, locale) },
    { key: 'app', title: t('roles.app'), width: 180, render: (_, role) => resolveText(role.appLabel, locale) },
    { key: 'description', title: t('roles.description'), render: (_, role) => resolveText(role.description, locale) },
    { key: 'people', title: t('roles.people'), width: 90, align: 'right', dataIndex: 'people' },
  ]
  return (
    <AdminPage title={t('shell:adminPage.roles')} hint={t('roles.hint')}>
      {isPending ? (
        <Waiting />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Table<RoleView>
          size="small"
          rowKey={({ app, role }) => `${app}/${role}`}
          columns={columns}
          dataSource={[...data.items]}
          pagination={false}
          scroll={{ x: 640 }}
        />
      )}
    </AdminPage>
  )
}
