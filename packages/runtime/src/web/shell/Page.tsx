import { ConfigProvider, App as KitApp } from 'antd'
import { type ReactNode, useEffect } from 'react'
import '../../ui/theme/base.css'
import { antdTheme } from '../../ui/theme/antd-theme.ts'
import { nonceForStyles } from '../../ui/theme/style-nonce.ts'
import { applyTokens } from '../../ui/theme/tokens.ts'
import { usePhone } from '../../ui/theme/use-phone.ts'
import { kitLocale } from './i18n.ts'
import { useMode, usePreferences } from './preferences.ts'

const nonce = nonceForStyles()

/** Language, theme and the kit's own context, for signed-in and signed-out pages alike. */
export function Page({ children }: { children: ReactNode }) {
  const { locale } = usePreferences()
  const mode = useMode()
  const phone = usePhone()
  useEffect(() => applyTokens(document.documentElement, mode), [mode])
  const words = kitLocale(locale)
  return (
    <ConfigProvider
      theme={antdTheme(mode, phone)}
      csp={{ nonce }}
      {...(words ? { locale: words } : {})}
      button={{ autoInsertSpace: false }}
      form={{ requiredMark: true }}
    >
      <KitApp component={false} message={{ maxCount: 3 }}>
        {children}
      </KitApp>
    </ConfigProvider>
  )
}
