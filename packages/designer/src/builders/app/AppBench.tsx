import { usePhone } from '@tenon/runtime/ui'
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BenchProps } from '../contract.ts'
import { usePlace } from '../use-place.ts'
import { AccessTab } from './access/AccessTab.tsx'
import styles from './app-bench.module.css'
import { LanguagesTab } from './languages/LanguagesTab.tsx'
import { NavigationTab } from './NavigationTab.tsx'
import { PortalTab } from './PortalTab.tsx'
import { RolesTab } from './RolesTab.tsx'
import { SettingsTab } from './SettingsTab.tsx'
import { VariablesTab } from './VariablesTab.tsx'

const tabs = ['navigation', 'roles', 'access', 'languages', 'portal', 'settings'] as const
type Tab = (typeof tabs)[number]
const isTab = (name: string | undefined): name is Tab => tabs.includes(name as Tab)

const listed = ['navigation', 'roles'] as const

/** Where an element of the app is shown that an address names. */
function tabOf(at: string | undefined): Tab {
  if (at === 'portal') return 'portal'
  return listed.find((list) => at?.startsWith(`${list}/`)) ?? (at?.startsWith('variables/') ? 'settings' : 'access')
}

/** So that all of them stand beside one another on a phone. */
const narrow = { tabBarGutter: 12 }

/** The app as a whole: who may do what, its menu, its languages, its portal, its settings. */
export default function AppBench({ path }: BenchProps) {
  const { t } = useTranslation('app')
  const { tab, at, go } = usePlace()
  const phone = usePhone()
  const shown = isTab(tab) ? tab : tabOf(at)
  const faces: { readonly [K in Tab]: React.ReactNode } = {
    navigation: <NavigationTab path={path} />,
    roles: <RolesTab path={path} />,
    access: <AccessTab />,
    languages: <LanguagesTab />,
    portal: <PortalTab path={path} />,
    settings: (
      <>
        <SettingsTab path={path} />
        <h2 className={styles.heading}>{t('variables.title')}</h2>
        <VariablesTab path={path} />
      </>
    ),
  }
  return (
    <div className={styles.bench}>
      <Tabs
        activeKey={shown}
        {...(phone ? narrow : {})}
        onChange={(next) => go({ tab: next, at: undefined })}
        destroyOnHidden
        items={tabs.map((key) => ({
          key,
          label: t(`tabs.${key}`),
          children: <div className={styles.tab}>{faces[key]}</div>,
        }))}
      />
    </div>
  )
}
