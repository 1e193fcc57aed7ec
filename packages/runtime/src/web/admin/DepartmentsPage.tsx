import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Select, Table, type TableColumnType } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DepartmentView, SaveDepartment } from '../../contract/index.ts'
import { RefsProvider, useUi } from '../../ui/environment.tsx'
import { Dialog } from '../../ui/index.ts'
import { client } from '../shell/client.ts'
import { useReason } from '../shell/problems.ts'
import { Failed, Nothing, Waiting } from '../shell/states.tsx'
import { AdminPage } from './AdminPage.tsx'
import styles from './admin.module.css'
import { PersonItem } from './PersonItem.tsx'

type Node = DepartmentView & { readonly children?: readonly Node[] }

/** Departments as a tree; those whose parent is unknown stand at the top. */
function departmentTree(all: readonly DepartmentView[]): readonly Node[] {
  const ids = new Set(all.map(({ id }) => id))
  const below = (parent: string | null): readonly Node[] =>
    all
      .filter((one) => (parent === null ? one.parent === null || !ids.has(one.parent) : one.parent === parent))
      .map((one) => {
        const children = below(one.id)
        return children.length > 0 ? { ...one, children } : one
      })
  return below(null)
}

export default function DepartmentsPage() {
  const { t } = useTranslation(['admin', 'shell'])
  const [open, setOpen] = useState<DepartmentView | 'new' | null>(null)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['departments'],
    queryFn: () => client.departments(),
  })
  const managers = [...new Set((data?.items ?? []).flatMap(({ manager }) => (manager ? [manager] : [])))].sort().join()
  const people = useQuery({
    queryKey: ['people', managers],
    enabled: managers !== '',
    queryFn: () => client.people({ ids: managers, size: 200 }),
  })
  const refs = useMemo(
    () =>
      Object.fromEntries(
        (people.data?.items ?? []).map(({ id, name, username }) => [id, { kind: 'user', name, username } as const]),
      ),
    [people.data],
  )
  const tree = useMemo(() => departmentTree(data?.items ?? []), [data])
  const columns: TableColumnType<Node>[] = [
    {
      key: 'name',
      title: t('departments.name'),
      render: (_, one) => (
        <Button type="link" style={{ padding: 0 }} onClick={() => setOpen(one)}>
          {one.name}
        </Button>
      ),
    },
    {
      key: 'code',
      title: t('departments.code'),
      width: 180,
      render: (_, one) => <span className={styles.small}>{one.code}</span>,
    },
    {
      key: 'manager',
      title: t('departments.manager'),
      width: 180,
      render: (_, one) => (one.manager ? (refs[one.manager]?.name ?? '') : ''),
    },
  ]
  return (
    <RefsProvider refs={refs}>
      <AdminPage
        title={t('shell:adminPage.departments')}
        hint={t('departments.hint')}
        actions={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            {t('departments.add')}
          </Button>
        }
      >
        {isPending ? (
          <Waiting />
        ) : error ? (
          <Failed error={error} retry={() => void refetch()} />
        ) : tree.length === 0 ? (
          <Nothing title={t('departments.empty')} />
        ) : (
          <Table<Node>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...tree]}
            pagination={false}
            expandable={{ defaultExpandAllRows: true }}
            scroll={{ x: 560 }}
          />
        )}
        {open && (
          <DepartmentDialog
            department={open === 'new' ? undefined : open}
            all={data?.items ?? []}
            onClose={() => setOpen(null)}
          />
        )}
      </AdminPage>
    </RefsProvider>
  )
}

type DialogProps = {
  readonly department: DepartmentView | undefined
  readonly all: readonly DepartmentView[]
  readonly onClose: () => void
}
function DepartmentDialog({ department, all, onClose }: DialogProps) {
  const { t } = useTranslation(['admin', 'shell'])
  const { searchPeople } = useUi()
  const { message } = App.useApp()
  const reason = useReason()
  const cache = useQueryClient()
  const search = useCallback((q: string) => searchPeople(q), [searchPeople])
  const save = useMutation({
    mutationFn: ({ code, name, parent, manager }: SaveDepartment) => {
      const body: SaveDepartment = { code, name, parent: parent ?? null, manager: manager ?? null }
      return department ? client.admin.changeDepartment(department.id, body) : client.admin.createDepartment(body)
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['departments'] })
      void message.success(t('saved'))
      onClose()
    },
  })
  return (
    <Dialog
      title={department ? department.name : t('departments.add')}
      okText={t('shell:save')}
      okButtonProps={{ htmlType: 'submit', form: 'department-form', loading: save.isPending }}
      onCancel={onClose}
    >
      {save.error && <Alert type="error" showIcon title={reason(save.error)} style={{ marginBottom: 12 }} />}
      <Form<SaveDepartment>
        id="department-form"
        layout="vertical"
        initialValues={department ?? {}}
        onFinish={(entered) => save.mutate(entered)}
      >
        <Form.Item name="name" label={t('departments.name')} rules={[{ required: true, message: t('required') }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="code"
          label={t('departments.code')}
          extra={t('departments.codeHint')}
          rules={[{ required: true, pattern: /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,59}$/, message: t('departments.codeRule') }]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="parent" label={t('departments.parent')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={all.filter(({ id }) => id !== department?.id).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="manager" label={t('departments.manager')}>
          <PersonItem search={search} placeholder={t('departments.manager')} />
        </Form.Item>
      </Form>
    </Dialog>
  )
}
