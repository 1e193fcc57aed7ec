import {
  BulbOutlined,
  CheckOutlined,
  GlobalOutlined,
  LogoutOutlined,
  PlusOutlined,
  SearchOutlined,
  SettingOutlined,
} from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { resolveText } from '@tenon/engine'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { DropMenu } from '../../ui/index.ts'
import { Initial } from '../../ui/show/Person.tsx'
import { useApps } from './apps.ts'
import { Bell } from './Bell.tsx'
import { useChooseLocale } from './choose-locale.ts'
import { creatables } from './creatables.ts'
import styles from './layout.module.css'
import { usePalette } from './Palette.tsx'
import { places } from './places.ts'
import { setPreferences, usePreferences } from './preferences.ts'
import { useSession, useSignOut } from './session.tsx'
import logo from './tenon.svg'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

function CreateButton({ phone }: { phone: boolean }) {
  const { t } = useTranslation('shell')
  const { locale } = usePreferences()
  const { apps } = useApps()
  const navigate = useNavigate()
  const forms = creatables(apps)
  if (forms.length === 0) return null
  const open = (key: string) => {
    const [app = '', form = ''] = key.split('/')
    void navigate({ to: places.create(app, form) })
  }
  return (
    <DropMenu
      menu={{
        items: forms.map(({ app, form, label }) => ({ key: `${app}/${form}`, label: resolveText(label, locale) })),
        onClick: ({ key }) => open(key),
      }}
    >
      <Button type={phone ? 'text' : 'default'} icon={<PlusOutlined />} aria-label={t('create')}>
        {phone ? null : t('create')}
      </Button>
    </DropMenu>
  )
}

/** Search, create, messages, language, theme, me. */
export function TopBar({ phone }: { phone: boolean }) {
  const { t } = useTranslation('shell')
  const { user } = useSession()
  const { locale, theme } = usePreferences()
  const chooseLocale = useChooseLocale()
  const signOut = useSignOut()
  const navigate = useNavigate()
  const { open } = usePalette()

  const themes = (['system', 'light', 'dark'] as const).map((name) => ({
    key: `theme:${name}`,
    label: t(`theme.${name}`),
    icon: theme === name ? <CheckOutlined /> : <BulbOutlined style={{ visibility: 'hidden' }} />,
    onClick: () => setPreferences({ theme: name }),
  }))
  const menu = [
    { key: 'me', icon: <SettingOutlined />, label: t('mySettings'), onClick: () => void navigate({ to: places.me() }) },
    { key: 'theme', icon: <BulbOutlined />, label: t('theme.title'), children: themes },
    { type: 'divider' as const },
    { key: 'out', icon: <LogoutOutlined />, label: t('signOut'), onClick: () => void signOut() },
  ]

  if (phone) {
    return (
      <header className={styles.top}>
        <Link to="/" aria-label={t('home')} style={{ display: 'flex' }}>
          <img src={logo} alt="" width={24} height={24} />
        </Link>
        <span className={styles.gap} />
        <Button type="text" icon={<SearchOutlined />} aria-label={t('search')} onClick={open} />
        <CreateButton phone />
      </header>
    )
  }
  return (
    <header className={styles.top}>
      <button type="button" className={styles.search} onClick={open} aria-label={t('search')}>
        <SearchOutlined aria-hidden />
        <span className={styles.searchText}>{t('searchHint')}</span>
        <kbd className={styles.key}>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <span className={styles.gap} />
      <CreateButton phone={false} />
      <Bell />
      <Button
        type="text"
        icon={<GlobalOutlined />}
        onClick={() => void chooseLocale(locale === 'en' ? 'zh-CN' : 'en')}
        lang={locale === 'en' ? 'zh-CN' : 'en'}
      >
        {locale === 'en' ? '中文' : 'English'}
      </Button>
      <DropMenu menu={{ items: menu }}>
        <button type="button" className={styles.me} aria-haspopup="menu">
          <Initial name={user.name} size="l" />
          {user.name}
        </button>
      </DropMenu>
    </header>
  )
}
