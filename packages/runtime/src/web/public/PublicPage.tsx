import { GlobalOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PublicReceipt } from '../../contract/index.ts'
import { client } from '../shell/client.ts'
import { loadLocale } from '../shell/i18n.ts'
import { setPreferences, usePreferences } from '../shell/preferences.ts'
import { isNotFound } from '../shell/problems.ts'
import { Failed, Missing, Waiting } from '../shell/states.tsx'
import { Filled } from './Filled.tsx'
import { PublicForm } from './PublicForm.tsx'
import styles from './public.module.css'

/** A form for people without an account: fill it in, send it, keep the number. */
export default function PublicPage({ token }: { token: string }) {
  const { locale } = usePreferences()
  const form = useQuery({
    queryKey: ['publicForm', token],
    queryFn: () => client.publicForms.get(token),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const [sent, setSent] = useState<{ readonly receipt: PublicReceipt; readonly nth: number }>()
  const [nth, setNth] = useState(0)
  const title = form.data && resolveText(form.data.title, locale)
  useEffect(() => {
    if (title) document.title = title
  }, [title])
  if (isNotFound(form.error)) return <Frame languages={[]}>{<Closed />}</Frame>
  if (form.error) return <Failed error={form.error} retry={() => void form.refetch()} />
  if (!form.data) return <Waiting rows={8} />
  return (
    <Frame languages={form.data.locales}>
      {sent?.nth === nth ? (
        <Filled receipt={sent.receipt} again={() => setNth(nth + 1)} />
      ) : (
        <PublicForm key={nth} token={token} view={form.data} onSent={(receipt) => setSent({ receipt, nth })} />
      )}
    </Frame>
  )
}

function Frame({ languages, children }: { languages: readonly string[]; children: ReactNode }) {
  const { locale } = usePreferences()
  const other = locale === 'en' ? 'zh-CN' : 'en'
  const change = async () => {
    await loadLocale(other)
    setPreferences({ locale: other })
  }
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        {languages.includes(other) && (
          <Button type="text" icon={<GlobalOutlined />} lang={other} onClick={() => void change()}>
            {other === 'en' ? 'English' : '中文'}
          </Button>
        )}
      </header>
      {children}
    </main>
  )
}

function Closed() {
  const { t } = useTranslation('public')
  return <Missing title={t('closed.title')} hint={t('closed.hint')} />
}
