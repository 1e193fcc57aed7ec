import { useQuery } from '@tanstack/react-query'
import { isSlug, resolveText } from '@tenon/engine'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PublicReceipt } from '../../contract/index.ts'
import { client } from '../shell/client.ts'
import { usePreferences } from '../shell/preferences.ts'
import { isNotFound } from '../shell/problems.ts'
import { Failed, Missing, Waiting } from '../shell/states.tsx'
import { Filled } from './Filled.tsx'
import { Frame } from './Frame.tsx'
import { PublicForm } from './PublicForm.tsx'

/** Address of the portal that one came from; absent: the link was opened by itself. */
function portalBefore(): string | undefined {
  const from = new URLSearchParams(location.search).get('from')
  return isSlug(from) ? `/p/${from}` : undefined
}

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
    <Frame languages={form.data.locales} back={portalBefore()}>
      {sent?.nth === nth ? (
        <Filled receipt={sent.receipt} again={() => setNth(nth + 1)} />
      ) : (
        <PublicForm key={nth} token={token} view={form.data} onSent={(receipt) => setSent({ receipt, nth })} />
      )}
    </Frame>
  )
}

function Closed() {
  const { t } = useTranslation('public')
  return <Missing title={t('closed.title')} hint={t('closed.hint')} />
}
