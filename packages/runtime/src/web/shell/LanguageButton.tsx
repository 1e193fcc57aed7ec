import { GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { loadLocale } from './i18n.ts'
import { setPreferences, usePreferences } from './preferences.ts'

/** Changes to the other language in this browser, for people who have not signed in; at the end of its row. */
export function LanguageButton() {
  const { locale } = usePreferences()
  const other = locale === 'en' ? 'zh-CN' : 'en'
  const change = async () => {
    await loadLocale(other)
    setPreferences({ locale: other })
  }
  return (
    <Button
      type="text"
      icon={<GlobalOutlined />}
      lang={other}
      onClick={() => void change()}
      style={{ marginInlineStart: 'auto' }}
    >
      {other === 'en' ? 'English' : '中文'}
    </Button>
  )
}
