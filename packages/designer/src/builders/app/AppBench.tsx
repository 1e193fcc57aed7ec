import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BenchProps } from '../contract.ts'
import { SchemaBench } from '../SchemaBench.tsx'
import { usePlace } from '../use-place.ts'
import { AccessTab } from './access/AccessTab.tsx'
import styles from './app-bench.module.css'
import { LanguagesTab } from './languages/LanguagesTab.tsx'

const tabs = ['access', 'languages', 'settings'] as const
type Tab = (typeof tabs)[number]
const isTab = (name: string | undefined): name is Tab => tabs.includes(name as Tab)

/** The app as a whole: who may do what, its menu, its languages, its settings. */
export default function AppBench({ path }: BenchProps) {
  const { t } = useTranslation('app')
  const { tab, go } = usePlace()
  const shown = isTab(tab) ? tab : 'access'
  const faces: { readonly [K in Tab]: React.ReactNode } = {
    access: <AccessTab />,
    languages: <LanguagesTab />,
    settings: <SchemaBench path={path} />,
  }
  return (
    <div className={styles.bench}>
      <Tabs
        activeKey={shown}
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
