import { PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { Button, Input, Table, type TableColumnType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserView } from '../../contract/index.ts'
import { Initial } from '../../ui/show/Person.tsx'
import { TonePill } from '../../ui/show/TonePill.tsx'
import { client } from '../shell/client.ts'
import { usePreferences } from '../shell/preferences.ts'
import { Failed, Waiting } from '../shell/states.tsx'
import { useDelayed } from '../shell/use-delayed.ts'
import { AdminPage } from './AdminPage.tsx'
import styles from './admin.module.css'
import { UserDrawer } from './UserDrawer.tsx'
import { useDepartments, useRoles } from './use-directory.ts'

const pageSize = 50

/** People: who may sign in, where they belong, which roles they have. */
export default function UsersPage() {
  const { t } = useTranslation(['admin', 'shell'])
  const { locale } = usePreferences()
  const [typed, setTyped] = useState('')
  const [page, setPage] = useState(1)
  const [open, setOpen] = useState<UserView | 'new' | null>(null)
  const q = useDelayed(typed.trim(), 250)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['admin', 'users', q, page],
    queryFn: () => client.admin.users({ ...(q ? { q } : {}), page, size: pageSize }),
    placeholderData: keepPreviousData,
  })
  const departments = useDepartments()
  const roles = useRoles()
  const department = (id: string | null) => departments.find((one) => one.id === id)?.name ?? ''
  const role = (app: string, id: string) => {
    const found = roles.find((one) => one.app === app && one.role === id)
    return found ? resolveText(found.label, locale) : id
  }
  const columns: TableColumnType<UserView>[] = [
    {
      key: 'name',
      title: t('users.name'),
      width: 220,
      render: (_, user) => (
        <Button type="link" style={{ padding: 0 }} onClick={() => setOpen(user)}>
          <Initial name={user.name} /> {user.name} <span className={styles.small}>{user.username}</span>
        </Button>
      ),
    },
    { key: 'department', title: t('users.department'), width: 160, render: (_, user) => department(user.department) },
    {
      key: 'roles',
      title: t('users.roles'),
      render: (_, user) => (
        <span className={styles.pills}>
          {user.demoOf !== undefined && <TonePill tone="warning">{t('users.demo')}</TonePill>}
          {user.admin && <TonePill tone="violet">{t('users.admin')}</TonePill>}
          {user.grants.map((grant) => (
            <TonePill key={`${grant.app}/${grant.role}`} tone="info">
              {role(grant.app, grant.role)}
            </TonePill>
          ))}
        </span>
      ),
    },
    {
      key: 'state',
      title: t('users.state'),
      width: 110,
      render: (_, user) => (
        <TonePill tone={user.active ? (user.away ? 'warning' : 'success') : 'neutral'}>
          {t(user.active ? (user.away ? 'users.away' : 'users.active') : 'users.inactive')}
        </TonePill>
      ),
    },
  ]
  return (
    <AdminPage
      title={t('shell:adminPage.users')}
      hint={t('users.hint')}
      actions={
        <>
          <Input
            prefix={<SearchOutlined />}
            allowClear
            value={typed}
            placeholder={t('users.search')}
            aria-label={t('users.search')}
            style={{ width: 220 }}
            onChange={(event) => {
              setTyped(event.target.value)
              setPage(1)
            }}
          />
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            {t('users.add')}
          </Button>
        </>
      }
    >
      {isPending ? (
        <Waiting />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Table<UserView>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={[...data.items]}
          scroll={{ x: 760 }}
          pagination={
            data.total > pageSize
              ? { current: page, pageSize, total: data.total, onChange: setPage, showSizeChanger: false }
              : false
          }
        />
      )}
      {open && <UserDrawer user={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </AdminPage>
  )
}
