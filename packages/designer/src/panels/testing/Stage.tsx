import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { Locale } from '@tenon/engine'
import type { DraftView } from '@tenon/runtime/contract'
import { emptyEnvironment, RefsProvider, UiEnvironmentProvider, uiTexts } from '@tenon/runtime/ui'
import i18next from 'i18next'
import { type ReactNode, useMemo, useState } from 'react'
import { initReactI18next } from 'react-i18next'
import { DraftProvider } from '../../draft/draft-context.tsx'
import { DraftSession } from '../../draft/draft-session.ts'
import { bundle as en } from '../../shell/locales/en/bundle.ts'
import { bundle as zh } from '../../shell/locales/zh-CN/bundle.ts'

/** Texts of a language for what is drawn next. */
export const speak = (locale: Locale) =>
  i18next.use(initReactI18next).init({
    lng: locale,
    resources: { en: { ui: uiTexts.en, ...en }, 'zh-CN': { ui: uiTexts['zh-CN'], ...zh } },
    interpolation: { escapeValue: false },
  })

/** A draft of these definitions that nobody saves. */
function draftOf(documents: { readonly [path: string]: unknown }): DraftSession {
  const view: DraftView = {
    id: null,
    app: 'demo',
    name: 'main',
    revision: 0,
    baseVersion: 1,
    liveVersion: 1,
    updatedAt: null,
    updatedBy: null,
    files: Object.entries(documents).map(([path, json]) => ({ path, text: JSON.stringify(json) })),
    canUndo: false,
    canRedo: false,
  }
  const never = () => new Promise<never>(() => {})
  return new DraftSession({ patchDraft: never, putDraft: never, draft: never } as never, 'demo', view)
}

const shop = {
  'app.json': {
    id: 'demo',
    kind: 'app',
    currency: 'CNY',
    roles: [{ id: 'agent', label: { 'zh-CN': '客服', en: 'Agent' } }],
  },
  'forms/customer.json': {
    id: 'customer',
    kind: 'form',
    label: { 'zh-CN': '客户', en: 'Customer' },
    fields: [
      { id: 'name', type: 'text', label: { 'zh-CN': '名称', en: 'Name' } },
      {
        id: 'level',
        type: 'select',
        label: { 'zh-CN': '等级', en: 'Level' },
        options: [
          { id: 'vip', label: { 'zh-CN': '贵宾', en: 'VIP' } },
          { id: 'plain', label: { 'zh-CN': '普通', en: 'Ordinary' } },
        ],
      },
    ],
  },
  'forms/ticket.json': {
    id: 'ticket',
    kind: 'form',
    label: { 'zh-CN': '工单', en: 'Ticket' },
    fields: [
      { id: 'subject', type: 'text', label: { 'zh-CN': '主题', en: 'Subject' } },
      { id: 'customer', type: 'link', form: 'customer', label: { 'zh-CN': '客户', en: 'Customer' } },
      { id: 'count', type: 'number', label: { 'zh-CN': '数量', en: 'Count' } },
      { id: 'urgent', type: 'boolean', label: { 'zh-CN': '紧急', en: 'Urgent' } },
      {
        id: 'parts',
        type: 'table',
        label: { 'zh-CN': '配件', en: 'Parts' },
        fields: [{ id: 'amount', type: 'number', label: { 'zh-CN': '金额', en: '<img src=x onerror=alert(1)>' } }],
      },
    ],
  },
  'metrics/complaints.json': {
    id: 'complaints',
    kind: 'metric',
    label: { 'zh-CN': '投诉数', en: 'Complaints' },
    form: 'ticket',
    measure: { count: true },
  },
  'messages/new_ticket.json': { id: 'new_ticket', kind: 'message', label: { 'zh-CN': '新工单', en: 'New ticket' } },
}

/** What a workshop has around a panel, over a little shop. */
export function Stage({ locale, children }: { locale: Locale; children: ReactNode }) {
  const session = useMemo(() => draftOf(shop), [])
  const client = useMemo(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }), [])
  return (
    <QueryClientProvider client={client}>
      <DraftProvider session={session}>
        <UiEnvironmentProvider value={{ ...emptyEnvironment, locale, searchPeople: () => Promise.resolve([]) }}>
          <RefsProvider refs={{}}>{children}</RefsProvider>
        </UiEnvironmentProvider>
      </DraftProvider>
    </QueryClientProvider>
  )
}

type HoldProps<T> = {
  readonly first: T
  readonly told: (next: T) => void
  readonly children: (value: T, onChange: (next: T) => void) => ReactNode
}

/** Keeps what a control says, as a bench does. */
export function Hold<T>({ first, told, children }: HoldProps<T>) {
  const [value, setValue] = useState(first)
  return children(value, (next) => {
    setValue(next)
    told(next)
  })
}
