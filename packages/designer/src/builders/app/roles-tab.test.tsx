import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { Client } from '@tenon/runtime/contract'
import { addTexts, setPreferences, startI18n } from '@tenon/runtime/page'
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { beforeAll, expect, test, vi } from 'vitest'
import { DraftProvider } from '../../draft/draft-context.tsx'
import { DraftSession } from '../../draft/draft-session.ts'
import { elementsIn } from '../../edits/elements.ts'
import { RolesTab } from './RolesTab.tsx'

vi.mock('../use-place.ts', () => ({
  usePlace: () => {
    const [place, go] = useState<{ at?: string | undefined }>({})
    return { ...place, go }
  },
}))
vi.mock('../../shell/go-to.ts', () => ({ useGoTo: () => () => {} }))

const design = {
  patchDraft: async (_: string, body: { revision: number }) => ({
    revision: body.revision + 1,
    patch: [],
    canUndo: true,
    canRedo: false,
  }),
} as unknown as Client['design']

function newSession(): DraftSession {
  const app = {
    id: 'demo',
    kind: 'app',
    schemaVersion: 1,
    version: '1.0.0',
    label: 'Demo',
    locales: ['zh-CN'],
    roles: [
      { id: 'role_1', label: '客服' },
      { id: 'role_2', label: '访客' },
    ],
    navigation: [],
  }
  const form = {
    id: 'ticket',
    kind: 'form',
    schemaVersion: 1,
    label: '工单',
    title: { formula: 'subject' },
    fields: [{ id: 'subject', type: 'text', label: '主题' }],
    access: [{ id: 'agents', role: 'role_1', can: ['read'] }],
    actions: [{ id: 'go', label: '转交', actions: [], roles: ['role_1'] }],
  }
  const files = [
    { path: 'app.json', text: JSON.stringify(app) },
    { path: 'forms/ticket.json', text: JSON.stringify(form) },
  ]
  return new DraftSession(design, 'demo', { name: 'main', revision: 0, baseVersion: 0, liveVersion: 0, files } as never)
}

const appOf = (session: DraftSession) => session.state().documents['app.json'] as { readonly [key: string]: unknown }
const rolesOf = (session: DraftSession) => elementsIn(appOf(session), 'roles').map(({ id }) => id)
const press = (name: RegExp | string) => act(async () => fireEvent.click(screen.getByRole('button', { name })))

vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  addTexts({
    'zh-CN': async () => (await import('../../shell/locales/zh-CN/bundle.ts')).bundle,
    en: async () => (await import('../../shell/locales/en/bundle.ts')).bundle,
  })
  setPreferences({ locale: 'zh-CN' })
  await startI18n('zh-CN')
})

test('a role that something names goes only after it was said what does; its id is never given again', async () => {
  const session = newSession()
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { enabled: false } } })}>
      <DraftProvider session={session}>
        <RolesTab path="app.json" />
      </DraftProvider>
    </QueryClientProvider>,
  )
  await press(/删除角色/)
  expect(rolesOf(session)).toEqual(['role_1', 'role_2'])
  const dialog = screen.getByRole('dialog', { name: /客服/ })
  expect(within(dialog).getByRole('list', { name: '用在哪里' }).textContent).toContain('转交')
  expect(dialog.textContent).toContain('引用的角色“客服”不存在')
  await act(async () => fireEvent.click(within(dialog).getByRole('button', { name: /^(删除|仍要删除)$/ })))
  expect(rolesOf(session)).toEqual(['role_2'])
  expect(appOf(session).retired).toEqual(['app/roles/role_1'])

  // Nobody names this one.
  await press(/删除角色/)
  expect(rolesOf(session)).toEqual([])
  await press(/添加角色/)
  expect(rolesOf(session)).toEqual(['role_3'])
})
