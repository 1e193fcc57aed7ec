import { DeleteOutlined, ReloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Tone } from '@tenon/engine'
import { App, Button, Popconfirm, Space, Table, type TableColumnType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { EffectList } from '../../contract/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { TonePill } from '../../ui/show/TonePill.tsx'
import { client } from '../shell/client.ts'
import { useReason } from '../shell/problems.ts'
import { Failed, Nothing, Waiting } from '../shell/states.tsx'
import { AdminPage } from './AdminPage.tsx'
import styles from './admin.module.css'

type Row = EffectList['items'][number]
const tones: { readonly [S in Row['state']]: Tone } = {
  ready: 'info',
  leased: 'info',
  backoff: 'warning',
  dead: 'danger',
  done: 'success',
}

/** What could not be delivered or fired, or is stuck, with the reason; each can be tried again. */
export default function EffectsPage() {
  const { t } = useTranslation(['admin', 'shell'])
  const { message, notification } = App.useApp()
  const reason = useReason()
  const cache = useQueryClient()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['admin', 'effects'],
    queryFn: () => client.admin.effects(),
    refetchInterval: 15_000,
  })
  const retry = useMutation({
    mutationFn: (key: string) => client.admin.retryEffect(key),
    onSuccess: () => {
      void message.success(t('effects.retried'))
      void cache.invalidateQueries({ queryKey: ['admin', 'effects'] })
    },
    onError: (problem) =>
      notification.error({ title: t('effects.retryFailed'), description: reason(problem), duration: 0 }),
  })
  const drop = useMutation({
    mutationFn: (key: string) => client.admin.dropEffect(key),
    onSuccess: () => {
      void message.success(t('effects.dropped'))
      void cache.invalidateQueries({ queryKey: ['admin', 'effects'] })
    },
    onError: (problem) =>
      notification.error({ title: t('effects.dropFailed'), description: reason(problem), duration: 0 }),
  })
  const columns: TableColumnType<Row>[] = [
    {
      key: 'type',
      title: t('effects.type'),
      width: 140,
      render: (_, row) => t(`effects.types.${row.type.replace('.', '_')}`, { defaultValue: t('effects.types.other') }),
    },
    {
      key: 'state',
      title: t('effects.state'),
      width: 120,
      render: (_, row) => <TonePill tone={tones[row.state]}>{t(`effects.states.${row.state}`)}</TonePill>,
    },
    { key: 'attempts', title: t('effects.attempts'), width: 90, align: 'right', dataIndex: 'attempts' },
    {
      key: 'next',
      title: t('effects.next'),
      width: 150,
      render: (_, row) => (row.nextAt ? <Moment at={row.nextAt} /> : ''),
    },
    {
      key: 'error',
      title: t('effects.error'),
      render: (_, row) => <span className={styles.error}>{row.lastError ?? ''}</span>,
    },
    {
      key: 'act',
      title: '',
      width: 200,
      align: 'right',
      render: (_, row) =>
        row.state === 'dead' || row.state === 'backoff' ? (
          <Space>
            <Button
              size="small"
              icon={<ReloadOutlined />}
              loading={retry.isPending && retry.variables === row.key}
              onClick={() => retry.mutate(row.key)}
            >
              {t('effects.retry')}
            </Button>
            {row.state === 'dead' ? (
              <Popconfirm
                title={t(row.type === 'flow' ? 'effects.cancelFlowAsk' : 'effects.dropAsk')}
                okText={t(row.type === 'flow' ? 'effects.cancelFlow' : 'effects.drop')}
                okButtonProps={{ danger: true }}
                cancelText={t('effects.keep')}
                onConfirm={() => drop.mutate(row.key)}
              >
                <Button
                  size="small"
                  danger
                  icon={<DeleteOutlined />}
                  loading={drop.isPending && drop.variables === row.key}
                >
                  {t(row.type === 'flow' ? 'effects.cancelFlow' : 'effects.drop')}
                </Button>
              </Popconfirm>
            ) : null}
          </Space>
        ) : null,
    },
  ]
  return (
    <AdminPage title={t('shell:adminPage.effects')} hint={t('effects.hint')}>
      {isPending ? (
        <Waiting />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data.items.length === 0 ? (
        <Nothing title={t('effects.empty')} hint={t('effects.emptyHint')} />
      ) : (
        <Table<Row>
          size="small"
          rowKey="key"
          columns={columns}
          dataSource={[...data.items]}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          scroll={{ x: 800 }}
        />
      )}
    </AdminPage>
  )
}
