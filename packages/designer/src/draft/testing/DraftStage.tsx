import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { Client, DraftView } from '@tenon/runtime/contract'
import { addTexts, setPreferences, startI18n } from '@tenon/runtime/page'
import { App as Kit } from 'antd'
import { type ReactNode, useState } from 'react'
import { DraftProvider } from '../draft-context.tsx'
import { DraftSession } from '../draft-session.ts'

/** The designer's own texts, in English, for the tests of a file. */
export async function speakEnglish(): Promise<void> {
  addTexts({
    'zh-CN': async () => ({ designer: (await import('../../shell/locales/zh-CN/designer.json')).default }),
    en: async () => ({ designer: (await import('../../shell/locales/en/designer.json')).default }),
  })
  await startI18n('en')
  setPreferences({ locale: 'en' })
}

const app = { id: 'demo', kind: 'app', schemaVersion: 1, version: '1.0.0', label: 'Demo', locales: ['en'], roles: [] }

type Props = {
  readonly view?: Partial<DraftView>
  readonly design?: Partial<Client['design']>
  readonly children: ReactNode
}

/** What stands around a part of the designer: a draft of the app `demo`, and a client that asks once. */
export function DraftStage({ view = {}, design = {}, children }: Props) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }))
  const [session] = useState(() => {
    const files = [{ path: 'app.json', text: JSON.stringify(app) }]
    const draft = { name: 'main', revision: 1, baseVersion: 1, liveVersion: 1, files, ...view }
    return new DraftSession(design as Client['design'], 'demo', draft as DraftView)
  })
  return (
    <QueryClientProvider client={client}>
      <Kit>
        <DraftProvider session={session}>{children}</DraftProvider>
      </Kit>
    </QueryClientProvider>
  )
}
