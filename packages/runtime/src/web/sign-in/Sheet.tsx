import { GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { loadLocale } from '../shell/i18n.ts'
import { setPreferences, usePreferences } from '../shell/preferences.ts'
import logo from '../shell/tenon.svg'
import styles from './sign-in.module.css'

/** The page before the pages: logo, language, and one card. */
export function Sheet({ wide, children }: { wide: boolean; children: ReactNode }) {
  const { locale } = usePreferences()
  const other = locale === 'en' ? 'zh-CN' : 'en'
  const change = async () => {
    await loadLocale(other)
    setPreferences({ locale: other })
  }
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <img src={logo} alt="" width={28} height={28} />
        <span className={styles.brand}>Tenon</span>
        <Button
          type="text"
          icon={<GlobalOutlined />}
          lang={other}
          onClick={() => void change()}
          style={{ marginInlineStart: 'auto' }}
        >
          {other === 'en' ? 'English' : '中文'}
        </Button>
      </header>
      <div className={styles.card} data-wide={wide}>
        {children}
      </div>
    </main>
  )
}
