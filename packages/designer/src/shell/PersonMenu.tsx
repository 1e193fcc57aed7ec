import { CheckOutlined, DownOutlined } from '@ant-design/icons'
import { setPreferences, useChooseLocale, usePreferences, useSession, useSignOut } from '@tenon/runtime/page'
import { DropMenu, Initial } from '@tenon/runtime/ui'
import type { MenuProps } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './workshop.module.css'

/** Language, look, and who I am. */
export function PersonMenu() {
  const { user } = useSession()
  const items = usePersonItems()
  return (
    <DropMenu menu={{ items }}>
      <button type="button" className={styles.person} aria-label={user.name}>
        <Initial name={user.name} />
        <DownOutlined aria-hidden />
      </button>
    </DropMenu>
  )
}

/** The entries of the person's own menu. */
export function usePersonItems(): NonNullable<MenuProps['items']> {
  const { t } = useTranslation('designer')
  const { locale, theme } = usePreferences()
  const chooseLocale = useChooseLocale()
  const signOut = useSignOut()
  const ticked = (on: boolean) => (on ? <CheckOutlined /> : <span className={styles.untick} />)
  return [
    { key: 'zh', label: '中文', icon: ticked(locale === 'zh-CN'), onClick: () => void chooseLocale('zh-CN') },
    { key: 'en', label: 'English', icon: ticked(locale === 'en'), onClick: () => void chooseLocale('en') },
    { type: 'divider' },
    ...(['system', 'light', 'dark'] as const).map((name) => ({
      key: name,
      label: t(`theme.${name}`),
      icon: ticked(theme === name),
      onClick: () => setPreferences({ theme: name }),
    })),
    { type: 'divider' },
    { key: 'staff', label: <a href="/">{t('toStaff')}</a>, icon: ticked(false) },
    { key: 'out', label: t('signOut'), icon: ticked(false), onClick: () => void signOut() },
  ]
}
