import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { Client } from '@tenon/runtime/contract'
import { addTexts, setPreferences, startI18n } from '@tenon/runtime/page'
import { render, screen } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { DraftProvider } from '../../../draft/draft-context.tsx'
import { DraftSession } from '../../../draft/draft-session.ts'
import { Announcer } from '../announce.tsx'
import { usePanels } from '../BenchFrame.tsx'
import type { EntryList } from '../edits/entries.ts'
import { useForm } from '../use-form.ts'
import { EntriesTab } from './EntriesTab.tsx'

const app = {
  id: 'demo',
  kind: 'app',
  schemaVersion: 1,
  version: '1.0.0',
  label: 'Demo',
  locales: ['zh-CN'],
  roles: [],
  navigation: [],
}
const formOf = (id: string, label: string, rest: object) => ({
  id,
  kind: 'form',
  schemaVersion: 1,
  label,
  title: { formula: 'subject' },
  ...rest,
})
const customer = formOf('customer', '客户', { fields: [{ id: 'level', type: 'text', label: '等级' }] })
const ticket = formOf('ticket', '工单', {
  fields: [
    { id: 'subject', type: 'text', label: '主题' },
    { id: 'customer', type: 'link', form: 'customer', label: '客户' },
  ],
  views: [{ id: 'all', type: 'table', label: '全部', columns: ['subject', 'customer', 'customer.level'] }],
  checks: [
    {
      id: 'told',
      must: { fact: 'record', path: '$.customer', operator: 'isNotEmpty' },
      message: '请选择客户',
      at: 'subject',
    },
  ],
  actions: [
    {
      id: 'clear',
      label: '清空',
      actions: [
        { id: 'one', type: 'set', values: { subject: '无' } },
        { id: 'two', type: 'endFlow' },
      ],
    },
  ],
  stages: [{ id: 'new', label: '待受理', category: 'new', customerLabel: '已收到' }],
})

const design = {} as unknown as Client['design']
const files = [
  { path: 'app.json', text: JSON.stringify(app) },
  { path: 'forms/customer.json', text: JSON.stringify(customer) },
  { path: 'forms/ticket.json', text: JSON.stringify(ticket) },
]

function Tab({ list }: { readonly list: EntryList }) {
  const { form, edit } = useForm('forms/ticket.json')
  const panels = usePanels()
  const nothing = () => {}
  if (!form) return null
  const chosen = {
    tab: list,
    at: undefined,
    section: undefined,
    entry: undefined,
    choose: nothing,
    follow: nothing,
    open: nothing,
  }
  return <EntriesTab {...{ form, edit, list, chosen, panels }} path="forms/ticket.json" />
}

vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  addTexts({
    'zh-CN': async () => (await import('../../../shell/locales/zh-CN/bundle.ts')).bundle,
    en: async () => (await import('../../../shell/locales/en/bundle.ts')).bundle,
  })
  setPreferences({ locale: 'zh-CN' })
  await startI18n('zh-CN')
})

test.each([
  ['views', '全部', '表格 · 主题、客户、客户 › 等级'],
  ['checks', '请选择客户', '客户 不为空'],
  ['actions', '清空', '修改字段 主题 · 结束流程'],
  ['stages', '待受理', '新建 · 客户看到“已收到”'],
] as const)('an entry of the %s says what it does', (list, name, does) => {
  const view = { name: 'main', revision: 0, baseVersion: 0, liveVersion: 0, files }
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { enabled: false } } })}>
      <DraftProvider session={new DraftSession(design, 'demo', view as never)}>
        <Announcer>
          <Tab list={list} />
        </Announcer>
      </DraftProvider>
    </QueryClientProvider>,
  )
  expect(screen.getByRole('button', { name: `${name}${does}` })).toBeTruthy()
})
