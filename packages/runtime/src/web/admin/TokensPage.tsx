import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, InputNumber, Table, type TableColumnType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiToken, CreateToken } from '../../contract/index.ts'
import { Dialog } from '../../ui/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { client } from '../shell/client.ts'
import { useReason } from '../shell/problems.ts'
import { Failed, Nothing, Waiting } from '../shell/states.tsx'
import { AdminPage } from './AdminPage.tsx'
import styles from './admin.module.css'

/** Tokens for scripts that act in my name; a secret is shown once. */
export default function TokensPage() {
  const { t } = useTranslation(['admin', 'shell'])
  const { modal, notification } = App.useApp()
  const reason = useReason()
  const cache = useQueryClient()
  const [adding, setAdding] = useState(false)
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['tokens'], queryFn: () => client.tokens.list() })
  const again = () => cache.invalidateQueries({ queryKey: ['tokens'] })
  const remove = useMutation({
    mutationFn: (id: string) => client.tokens.remove(id),
    onSuccess: again,
    onError: (problem) =>
      notification.error({ title: t('tokens.removeFailed'), description: reason(problem), duration: 0 }),
  })
  const columns: TableColumnType<ApiToken>[] = [
    { key: 'name', title: t('tokens.name'), dataIndex: 'name' },
    { key: 'created', title: t('tokens.created'), width: 150, render: (_, token) => <Moment at={token.createdAt} /> },
    {
      key: 'used',
      title: t('tokens.used'),
      width: 150,
      render: (_, token) => (token.lastUsedAt ? <Moment at={token.lastUsedAt} /> : t('tokens.never')),
    },
    {
      key: 'expires',
      title: t('tokens.expires'),
      width: 150,
      render: (_, token) => (token.expiresAt ? <Moment at={token.expiresAt} /> : t('tokens.unlimited')),
    },
    {
      key: 'act',
      title: '',
      width: 90,
      align: 'right',
      render: (_, token) => (
        <Button
          size="small"
          danger
          onClick={() =>
            modal.confirm({
              title: t('tokens.removeTitle', { name: token.name }),
              content: t('tokens.removeHint'),
              okButtonProps: { danger: true },
              onOk: () => remove.mutateAsync(token.id).catch(() => {}),
            })
          }
        >
          {t('shell:delete')}
        </Button>
      ),
    },
  ]
  return (
    <AdminPage
      title={t('shell:adminPage.tokens')}
      hint={t('tokens.hint')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('tokens.add')}
        </Button>
      }
    >
      {isPending ? (
        <Waiting />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data.items.length === 0 ? (
        <Nothing title={t('tokens.empty')} />
      ) : (
        <Table<ApiToken>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={[...data.items]}
          pagination={false}
          scroll={{ x: 640 }}
        />
      )}
      {adding && (
        <AddDialog
          onClose={() => {
            setAdding(false)
            void again()
          }}
        />
      )}
    </AdminPage>
  )
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['admin', 'shell'])
  const reason = useReason()
  const create = useMutation({
    mutationFn: ({ name, expiresInDays }: CreateToken) =>
      client.tokens.create({ name, ...(expiresInDays ? { expiresInDays } : {}) }),
  })
  if (create.data) {
    const { secret } = create.data
    return (
      <Dialog
        title={t('tokens.created')}
        okText={t('shell:close')}
        cancelButtonProps={{ style: { display: 'none' } }}
        onOk={onClose}
        onCancel={onClose}
      >
        <Alert type="warning" showIcon title={t('tokens.once')} />
        <code className={styles.secret}>{secret}</code>
        <Button size="small" onClick={() => void navigator.clipboard?.writeText(secret)}>
          {t('tokens.copy')}
        </Button>
      </Dialog>
    )
  }
  return (
    <Dialog
      title={t('tokens.add')}
      okText={t('tokens.add')}
      okButtonProps={{ htmlType: 'submit', form: 'token-form', loading: create.isPending }}
      onCancel={onClose}
    >
      {create.error && <Alert type="error" showIcon title={reason(create.error)} style={{ marginBottom: 12 }} />}
      <Form<CreateToken> id="token-form" layout="vertical" onFinish={(entered) => create.mutate(entered)}>
        <Form.Item
          name="name"
          label={t('tokens.name')}
          extra={t('tokens.nameHint')}
          rules={[{ required: true, message: t('required') }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="expiresInDays" label={t('tokens.days')} extra={t('tokens.daysHint')}>
          <InputNumber min={1} max={3650} precision={0} />
        </Form.Item>
      </Form>
    </Dialog>
  )
}
