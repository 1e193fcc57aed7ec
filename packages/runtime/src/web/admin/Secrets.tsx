import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Popconfirm, Select, Space, Table, type TableColumnType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SecretList } from '../../contract/index.ts'
import { Dialog } from '../../ui/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { client } from '../shell/client.ts'
import { useReason } from '../shell/problems.ts'
import { Failed, Nothing, Waiting } from '../shell/states.tsx'
import styles from './admin.module.css'

type Secret = SecretList['items'][number]
type Place = Pick<Secret, 'app' | 'name' | 'origin'>
type Props = { readonly apps: readonly string[]; readonly labelOf: (app: string) => string }

/** Secrets for calls of other systems: stored, replaced, taken away; never shown again. */
export function Secrets({ apps, labelOf }: Props) {
  const { t } = useTranslation(['admin', 'shell'])
  const { message } = App.useApp()
  const reason = useReason()
  const cache = useQueryClient()
  const [open, setOpen] = useState<Partial<Place>>()
  const secrets = useQuery({ queryKey: ['admin', 'secrets'], queryFn: () => client.admin.secrets() })
  const drop = useMutation({
    mutationFn: ({ app, name }: Place) => client.admin.dropSecret(app, name),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['admin', 'secrets'] }),
    onError: (problem) => void message.error(reason(problem)),
  })
  const columns: TableColumnType<Secret>[] = [
    {
      key: 'name',
      title: t('secrets.name'),
      width: 260,
      render: (_, { name, app }) => (
        <>
          <div>{name}</div>
          <div className={styles.small}>{labelOf(app)}</div>
        </>
      ),
    },
    { key: 'origin', title: t('secrets.origin'), dataIndex: 'origin' },
    {
      key: 'updated',
      title: t('environment.updated'),
      width: 150,
      render: (_, { updatedAt }) => <Moment at={updatedAt} />,
    },
    {
      key: 'act',
      title: '',
      width: 170,
      align: 'right',
      render: (_, { app, name, origin }) => (
        <Space>
          <Button size="small" onClick={() => setOpen({ app, name, origin })}>
            {t('secrets.replace')}
          </Button>
          <Popconfirm
            title={t('secrets.dropAsk')}
            okText={t('shell:delete')}
            okButtonProps={{ danger: true }}
            cancelText={t('shell:cancel')}
            onConfirm={() => drop.mutate({ app, name, origin })}
          >
            <Button size="small" danger>
              {t('shell:delete')}
            </Button>
          </Popconfirm>
        </Space>
      ),
    },
  ]
  return (
    <section className={styles.section}>
      <header className={styles.sectionHead}>
        <div>
          <h2 className={styles.sectionTitle}>{t('secrets.title')}</h2>
          <p className={styles.hint}>{t('secrets.hint')}</p>
        </div>
        <Button icon={<PlusOutlined />} onClick={() => setOpen(apps[0] === undefined ? {} : { app: apps[0] })}>
          {t('secrets.add')}
        </Button>
      </header>
      {secrets.isPending ? (
        <Waiting />
      ) : secrets.error ? (
        <Failed error={secrets.error} retry={() => void secrets.refetch()} />
      ) : secrets.data.items.length === 0 ? (
        <Nothing title={t('secrets.empty')} />
      ) : (
        <Table<Secret>
          size="small"
          rowKey={({ app, name }) => `${app}/${name}`}
          columns={columns}
          dataSource={[...secrets.data.items]}
          pagination={false}
          scroll={{ x: 720 }}
        />
      )}
      {open && <SecretDialog place={open} apps={apps} labelOf={labelOf} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

type DialogProps = Props & { readonly place: Partial<Place>; readonly onClose: () => void }

function SecretDialog({ place, apps, labelOf, onClose }: DialogProps) {
  const { t } = useTranslation(['admin', 'shell'])
  const reason = useReason()
  const cache = useQueryClient()
  const save = useMutation({
    mutationFn: ({ app, name, origin, value }: Place & { readonly value: string }) =>
      client.admin.saveSecret(app, name, { origin, value }),
    onSuccess() {
      void cache.invalidateQueries({ queryKey: ['admin', 'secrets'] })
      onClose()
    },
  })
  const required = { required: true, message: t('required') }
  const known = place.name !== undefined
  return (
    <Dialog
      title={known ? t('secrets.replaceTitle', { name: place.name }) : t('secrets.add')}
      okText={t('shell:save')}
      okButtonProps={{ htmlType: 'submit', form: 'secret-form', loading: save.isPending }}
      cancelText={t('shell:cancel')}
      onCancel={onClose}
    >
      {save.error && <Alert type="error" showIcon title={reason(save.error)} />}
      <Form<Place & { value: string }>
        id="secret-form"
        layout="vertical"
        initialValues={place}
        onFinish={(entered) => save.mutate(entered)}
      >
        <Form.Item name="app" label={t('secrets.app')} rules={[required]}>
          <Select disabled={known} options={apps.map((value) => ({ value, label: labelOf(value) }))} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('secrets.name')}
          extra={t('secrets.nameHint')}
          rules={[required, { pattern: /^[a-z][a-z0-9_]*$/, message: t('secrets.namePattern') }]}
        >
          <Input disabled={known} maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="origin"
          label={t('secrets.origin')}
          extra={t('secrets.originHint')}
          rules={[required, { pattern: /^https?:\/\/[A-Za-z0-9.:[\]-]+$/, message: t('secrets.originPattern') }]}
        >
          <Input maxLength={300} placeholder="https://erp.example.com" autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="value"
          label={t('secrets.value')}
          extra={t('secrets.valueHint')}
          rules={[required, { min: 8, message: t('secrets.valueShort') }]}
        >
          <Input.Password maxLength={4000} autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Dialog>
  )
}
