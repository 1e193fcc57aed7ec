import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '../../../contract/index.ts'
import { usePhone } from '../../../ui/theme/use-phone.ts'
import { Notifications } from '../../shell/Bell.tsx'
import { client } from '../../shell/client.ts'
import { places } from '../../shell/places.ts'
import { useReason } from '../../shell/problems.ts'
import { Failed, Nothing, Waiting } from '../../shell/states.tsx'
import { AlertList, useAlerts } from '../alerts/AlertList.tsx'
import { type Queue, useQueue } from '../tasks.ts'
import { TaskList } from './TaskList.tsx'
import { useKeys } from './use-keys.ts'
import styles from './workbench.module.css'

const route = getRouteApi('/work')
const waitingAlerts = { state: 'waiting', size: 50 } as const

/** A staff member's home: what is mine by urgency, what waits for somebody, what reached me. */
export default function WorkbenchPage() {
  const { t } = useTranslation('staff')
  const { tab = 'mine' } = route.useSearch()
  const navigate = useNavigate()
  const phone = usePhone()
  const mine = useQueue('mine')
  const pool = useQueue('pool')
  const notices = useQuery({ queryKey: ['notifications'], queryFn: () => client.notifications.list() })
  const alerts = useAlerts(waitingAlerts)
  const { open, claim, pending } = useTaskActions()

  const queue: Queue = tab === 'pool' ? 'pool' : 'mine'
  const next = mine.data?.items[0]
  const free = pool.data?.items[0]
  const takeNext = () => {
    if (queue === 'mine' && next) return open(next)
    if (free) return claim(free)
    if (next) open(next)
  }
  useKeys({ n: takeNext })

  const titled = (name: string, count: number | undefined) => (
    <span>
      {name}
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </span>
  )
  const tabs = [
    { key: 'mine', label: titled(t('work.mine'), mine.data?.total) },
    { key: 'pool', label: titled(t('work.pool'), pool.data?.total) },
    { key: 'alerts', label: titled(t('work.alerts'), alerts.data?.total) },
    { key: 'notices', label: titled(t('work.notices'), notices.data?.unread) },
  ]
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t('work.title')}</h1>
        {!phone && (
          <Button type="primary" onClick={takeNext} disabled={!next && !free} loading={pending}>
            {t('work.next')} <kbd className={styles.key}>N</kbd>
          </Button>
        )}
      </div>
      <div className={styles.card}>
        <Tabs
          activeKey={tab}
          items={tabs}
          tabBarStyle={{ margin: 0, paddingInline: phone ? 12 : 16 }}
          tabBarGutter={phone ? 14 : 24}
          onChange={(key) => void navigate({ to: '/work', search: key === 'mine' ? {} : { tab: key } })}
        />
        {tab === 'alerts' ? (
          <AlertList query={waitingAlerts} />
        ) : tab === 'notices' ? (
          <Notifications unreadOnly />
        ) : (
          <QueueList key={queue} queue={queue} answer={queue === 'mine' ? mine : pool} onOpen={open} onClaim={claim} />
        )}
      </div>
      {!phone && tab !== 'notices' && tab !== 'alerts' && <p className={styles.keys}>{t('work.keys')}</p>}
      {phone && (
        <div className={styles.thumb}>
          <Button type="primary" size="large" block onClick={takeNext} disabled={!next && !free} loading={pending}>
            {t('work.next')}
          </Button>
        </div>
      )}
    </div>
  )
}

type ListProps = {
  readonly queue: Queue
  readonly answer: ReturnType<typeof useQueue>
  readonly onOpen: (task: TaskView) => void
  readonly onClaim: (task: TaskView) => void
}

function QueueList({ queue, answer, onOpen, onClaim }: ListProps) {
  const { t } = useTranslation('staff')
  const { data, error, isPending, refetch } = answer
  if (isPending) return <Waiting rows={6} />
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (data.items.length === 0) return <Nothing title={t(`work.empty.${queue}`)} hint={t(`work.emptyHint.${queue}`)} />
  return (
    <>
      <TaskList tasks={data.items} refs={data.refs} onOpen={onOpen} onClaim={onClaim} />
      {data.total > data.items.length && (
        <p className={styles.more}>{t('work.more', { shown: data.items.length, total: data.total })}</p>
      )}
    </>
  )
}

function useTaskActions() {
  const { t } = useTranslation('staff')
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { message, notification } = App.useApp()
  const reason = useReason()
  const open = (task: TaskView) =>
    void navigate({ to: places.record(task.app, task.form, task.record.id), search: { task: task.id } })
  const claiming = useMutation({
    mutationFn: (task: TaskView) => client.tasks.claim(task.id),
    onSuccess: (_, task) => {
      void message.success(t('task.claimed', { title: task.record.title }))
      open(task)
    },
    onError: (error) => notification.warning({ title: t('task.claimFailed'), description: reason(error), duration: 0 }),
    onSettled: () => void cache.invalidateQueries({ queryKey: ['tasks'] }),
  })
  return { open, claim: claiming.mutate, pending: claiming.isPending }
}
