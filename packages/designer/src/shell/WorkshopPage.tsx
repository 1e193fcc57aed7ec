import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { AppEnvironment, Broken, Catcher, client, Failed, Waiting } from '@tenon/runtime/page'
import { RefsProvider, usePhone } from '@tenon/runtime/ui'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftProvider } from '../draft/draft-context.tsx'
import { DraftSession } from '../draft/draft-session.ts'
import { DraftNotices } from './DraftNotices.tsx'
import { LeaveGuard } from './LeaveGuard.tsx'
import { LeftColumn } from './LeftColumn.tsx'
import { TopBar } from './TopBar.tsx'
import { useDraftNews } from './use-draft-news.ts'
import styles from './workshop.module.css'

const noRefs = {}

/** An app's workshop: its draft, opened once for all benches. */
export default function WorkshopPage() {
  const { app } = useParams({ from: '/$app' })
  const draft = useSearch({ from: '/$app', select: (search) => search.draft })
  const opened = useQuery({
    queryKey: ['draft', app, draft ?? 'main'],
    queryFn: () => client.design.draft(app, draft),
    // The session keeps itself up to date from here on.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const session = useMemo(
    () => (opened.data ? new DraftSession(client.design, app, opened.data) : undefined),
    [app, opened.data],
  )
  if (opened.error) return <Failed error={opened.error} retry={() => void opened.refetch()} />
  if (!session) return <Waiting />
  return (
    <DraftProvider session={session}>
      <AppEnvironment app={app}>
        <RefsProvider refs={noRefs}>
          <Workshop />
        </RefsProvider>
      </AppEnvironment>
    </DraftProvider>
  )
}

const Workshop = memo(function Workshop() {
  const { t } = useTranslation('designer')
  const phone = usePhone()
  const main = useRef<HTMLElement>(null)
  const [column, setColumn] = useState(!phone)
  const place = useParams({ strict: false }) as { kind?: string; id?: string }
  useDraftNews()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setColumn(true)
      requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-find] input')?.select())
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  // On a phone the column lies over the bench and goes when something was chosen.
  const chosen = `${place.kind ?? ''}/${place.id ?? ''}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place closes it
  useEffect(() => {
    if (phone) setColumn(false)
  }, [chosen, phone])
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t('skip')}
      </button>
      <TopBar column={column} onColumn={setColumn} />
      <LeaveGuard />
      <DraftNotices />
      <div className={styles.below}>
        {column && <LeftColumn over={phone} onClose={() => setColumn(false)} />}
        <main ref={main} tabIndex={-1} className={styles.main}>
          <Catcher place={chosen} fallback={(reset) => <Broken reset={reset} />}>
            <Outlet />
          </Catcher>
        </main>
      </div>
    </div>
  )
})
