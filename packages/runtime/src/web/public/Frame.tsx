import { ArrowLeftOutlined, GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { loadLocale } from '../shell/i18n.ts'
import { setPreferences, usePreferences } from '../shell/preferences.ts'
import styles from './public.module.css'

type Props = {
  /** Languages there are; with another than the reader's it can be changed. */
  readonly languages: readonly string[]
  /** Where the way back leads to; absent: there is none. */
  readonly back?: string | undefined
  readonly children: ReactNode
}

/** One column, for people without an account: the way back, the language, the page. */
export function Frame({ languages, back, children }: Props) {
  const { t } = useTranslation('public')
  const { locale } = usePreferences()
  const other = locale === 'en' ? 'zh-CN' : 'en'
  const change = async () => {
    await loadLocale(other)
    setPreferences({ locale: other })
  }
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        {back !== undefined && (
          <Button type="text" icon={<ArrowLeftOutlined />} href={back}>
            {t('portal.back')}
          </Button>
        )}
        {languages.includes(other) && (
          <Button
            type="text"
            className={styles.language ?? ''}
            icon={<GlobalOutlined />}
            lang={other}
            onClick={() => void change()}
          >
            {other === 'en' ? 'English' : '中文'}
          </Button>
        )}
      </header>
      {children}
    </main>
  )
}
