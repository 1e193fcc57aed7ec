import { BellOutlined, InboxOutlined, ProfileOutlined, UserOutlined } from '@ant-design/icons'
import { Link, useRouterState } from '@tanstack/react-router'
import { Badge } from 'antd'
import { useTranslation } from 'react-i18next'
import { useApps } from './apps.ts'
import { useBadges } from './badges.ts'
import styles from './layout.module.css'
import { entryGroups } from './navigation.ts'
import { places } from './places.ts'
import { usePreferences } from './preferences.ts'

/** The four places of a phone, under the thumb. */
export function PhoneTabs() {
  const { t } = useTranslation('shell')
  const { locale } = usePreferences()
  const { apps } = useApps()
  const { unread } = useBadges(apps)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const list = entryGroups(apps, locale)
    .flatMap(({ entries }) => entries)
    .find(({ kind }) => kind === 'form')
  const tabs = [
    { to: places.workbench(), icon: <InboxOutlined />, label: t('tab.tasks'), current: path.startsWith('/work') },
    ...(list ? [{ to: list.to, icon: <ProfileOutlined />, label: list.label, current: path.startsWith('/a/') }] : []),
    {
      to: places.messages(),
      icon: (
        <Badge dot={unread > 0} offset={[-2, 2]}>
          <BellOutlined className={styles.tabIcon ?? ''} style={{ color: 'inherit' }} />
        </Badge>
      ),
      label: t('tab.messages'),
      current: path.startsWith('/messages'),
    },
    {
      to: places.me(),
      icon: <UserOutlined />,
      label: t('tab.me'),
      current: path.startsWith('/me') || path.startsWith('/admin'),
    },
  ]
  return (
    <nav className={styles.tabs} aria-label={t('navigation')}>
      {tabs.map(({ to, icon, label, current }) => (
        <Link
          key={to}
          to={to}
          className={styles.tab}
          data-current={current}
          aria-current={current ? 'page' : undefined}
        >
          <span className={styles.tabIcon} aria-hidden>
            {icon}
          </span>
          {label}
        </Link>
      ))}
    </nav>
  )
}
