import {
  AlertOutlined,
  ApartmentOutlined,
  BranchesOutlined,
  ClockCircleOutlined,
  EnvironmentOutlined,
  HighlightOutlined,
  KeyOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { Link, useRouterState } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useApps } from './apps.ts'
import { useBadges } from './badges.ts'
import { NamedIcon } from './icons.tsx'
import styles from './layout.module.css'
import { entryGroups, isCurrent } from './navigation.ts'
import { places } from './places.ts'
import { setPreferences, usePreferences } from './preferences.ts'
import { useSession } from './session.tsx'
import logo from './tenon.svg'

type ItemProps = {
  readonly to: string
  /** Of a page built apart: the browser goes there. */
  readonly apart?: boolean
  readonly icon: ReactNode
  readonly label: string
  readonly current: boolean
  readonly count?: number | undefined
  readonly folded: boolean
}

const PlainLink = ({ to, ...rest }: ComponentProps<'a'> & { to: string }) => <a href={to} {...rest} />

function Item({ to, apart = false, icon, label, current, count, folded }: ItemProps) {
  const Anchor = apart ? PlainLink : Link
  const link = (
    <Anchor
      to={to}
      className={styles.navItem}
      data-current={current}
      aria-current={current ? 'page' : undefined}
      {...(folded ? { 'aria-label': label } : {})}
    >
      <span aria-hidden>{icon}</span>
      <span className={styles.navLabel}>{label}</span>
      {count !== undefined && count > 0 && <span className={styles.badge}>{count > 999 ? '999+' : count}</span>}
    </Anchor>
  )
  return (
    <li>
      {folded ? (
        <Tooltip title={label} placement="right">
          {link}
        </Tooltip>
      ) : (
        link
      )}
    </li>
  )
}

export const adminPages = [
  { page: 'users', icon: <TeamOutlined /> },
  { page: 'roles', icon: <SafetyCertificateOutlined /> },
  { page: 'departments', icon: <ApartmentOutlined /> },
  { page: 'effects', icon: <SendOutlined /> },
  { page: 'rules', icon: <BranchesOutlined /> },
  { page: 'environment', icon: <EnvironmentOutlined /> },
  { page: 'audit', icon: <ClockCircleOutlined /> },
  { page: 'tokens', icon: <KeyOutlined /> },
] as const

/** The bar on the left: entries as the admin arranged them, with what waits behind each. */
export function SideBar({ folded }: { folded: boolean }) {
  const { t } = useTranslation('shell')
  const { locale } = usePreferences()
  const { user } = useSession()
  const { apps } = useApps()
  const { counts } = useBadges(apps)
  const { path, search } = useRouterState({
    select: ({ location }) => ({ path: location.pathname, search: location.search as { view?: string } }),
    structuralSharing: true,
  })
  const groups = entryGroups(apps, locale)
  const designs = apps.some(({ can }) => can.includes('design'))
  const all = groups.flatMap(({ entries }) => entries)
  return (
    <div className={styles.side} data-folded={folded}>
      <Link to="/" className={styles.brand} aria-label={t('home')}>
        <img src={logo} alt="" />
        <span className={styles.brandName}>Tenon</span>
      </Link>
      <nav className={styles.nav} aria-label={t('navigation')}>
        {groups.map((group) => (
          <div key={group.key}>
            {group.label && <div className={styles.group}>{group.label}</div>}
            <ul className={styles.navList}>
              {group.entries.map((entry) => (
                <Item
                  key={entry.key}
                  to={entry.to}
                  icon={<NamedIcon name={entry.item.icon} kind={entry.kind} />}
                  label={entry.label}
                  current={isCurrent(entry, path, search, all)}
                  count={counts.get(entry.key)}
                  folded={folded}
                />
              ))}
            </ul>
          </div>
        ))}
        <ul className={styles.navList}>
          <Item
            to={places.alerts()}
            icon={<AlertOutlined />}
            label={t('alerts')}
            current={path.startsWith(places.alerts())}
            folded={folded}
          />
          {designs && (
            <Item
              to={places.design()}
              apart
              icon={<HighlightOutlined />}
              label={t('design')}
              current={false}
              folded={folded}
            />
          )}
        </ul>
        {user.admin && (
          <div>
            <div className={styles.group}>{t('administration')}</div>
            <ul className={styles.navList}>
              {adminPages.map(({ page, icon }) => (
                <Item
                  key={page}
                  to={places.admin(page)}
                  icon={icon}
                  label={t(`adminPage.${page}`)}
                  current={path === places.admin(page)}
                  folded={folded}
                />
              ))}
            </ul>
          </div>
        )}
      </nav>
      <button
        type="button"
        className={styles.fold}
        onClick={() => setPreferences({ sideFolded: !folded })}
        aria-label={folded ? t('unfold') : t('fold')}
      >
        <span aria-hidden>{folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}</span>
        {!folded && t('fold')}
      </button>
    </div>
  )
}
