import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageButton } from '../shell/LanguageButton.tsx'
import { usePreferences } from '../shell/preferences.ts'
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
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        {back !== undefined && (
          <Button type="text" icon={<ArrowLeftOutlined />} href={back}>
            {t('portal.back')}
          </Button>
        )}
        {languages.some((language) => language !== locale) && <LanguageButton />}
      </header>
      {children}
    </main>
  )
}
