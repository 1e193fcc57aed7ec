import { BellOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NotificationView } from '../../contract/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { useApps } from './apps.ts'
import { useBadges } from './badges.ts'
import { client } from './client.ts'
import styles from './layout.module.css'
import { places } from './places.ts'
import { Failed, Nothing, Waiting } from './states.tsx'

/** What reached me, newest first; opening one marks it as read. */
export function Notifications({ onLeave, unreadOnly = false }: { onLeave?: () => void; unreadOnly?: boolean }) {
  const { t } = useTranslation('shell')
  const cache = useQueryClient()
  const navigate = useNavigate()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['notifications'],
    queryFn: () => client.notifications.list(),
  })
  const read = useMutation({
    mutationFn: (ids?: readonly string[]) => client.notifications.read(ids),
    onSuccess: (page) => {
      cache.setQueryData(['notifications'], page)
      void cache.invalidateQueries({ queryKey: ['badges'] })
    },
  })
  const open = (notice: NotificationView) => {
    if (!notice.readAt) read.mutate([notice.id])
    if (!notice.record) return
    onLeave?.()
    void navigate({
      to: places.record(notice.record.app, notice.record.form, notice.record.id, notice.task ?? undefined),
    })
  }
  if (isPending) return <Waiting rows={3} />
  if (error) return <Failed error={error} retry={() => void refetch()} />
  const items = unreadOnly ? data.items.filter(({ readAt }) => readAt === null) : data.items
  if (items.length === 0) return <Nothing title={t('bell.empty')} hint={t('bell.emptyHint')} />
  return (
    <>
      {data.unread > 0 && (
        <div style={{ padding: '4px 8px', textAlign: 'end' }}>
          <Button type="link" size="small" loading={read.isPending} onClick={() => read.mutate(undefined)}>
            {t('bell.readAll')}
          </Button>
        </div>
      )}
      <ul className={styles.noticeList}>
        {items.map((notice) => (
          <li key={notice.id}>
            <button type="button" className={styles.notice} onClick={() => open(notice)}>
              <span className={styles.noticeTitle}>
                {!notice.readAt && <span className={styles.unread} title={t('bell.unread')} />}
                {notice.title}
              </span>
              {notice.body && <span className={styles.noticeBody}>{notice.body}</span>}
              <div className={styles.noticeTime}>
                <Moment at={notice.at} />
              </div>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

export function Bell() {
  const { t } = useTranslation('shell')
  const [open, setOpen] = useState(false)
  const { apps } = useApps()
  const { unread } = useBadges(apps)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      styles={{ container: { padding: 0 } } as never}
      content={
        <div style={{ width: 360, maxHeight: 480, overflowY: 'auto' }}>
          {open && <Notifications onLeave={() => setOpen(false)} />}
        </div>
      }
    >
      <Badge count={unread} size="small" offset={[-4, 4]} overflowCount={99}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={unread > 0 ? t('bell.labelUnread', { count: unread }) : t('bell.label')}
        />
      </Badge>
    </Popover>
  )
}
