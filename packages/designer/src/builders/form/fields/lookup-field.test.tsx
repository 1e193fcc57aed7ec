import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { FormDefinition } from '@tenon/engine'
import type { Client, DraftView } from '@tenon/runtime/contract'
import { addTexts, setPreferences, startI18n } from '@tenon/runtime/page'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { beforeAll, expect, test, vi } from 'vitest'
import { DraftProvider } from '../../../draft/draft-context.tsx'
import { DraftSession } from '../../../draft/draft-session.ts'
import { Announcer } from '../announce.tsx'
import { usePanels } from '../BenchFrame.tsx'
import type { Chosen } from '../use-chosen.ts'
import { useForm } from '../use-form.ts'
import { FieldsTab } from './FieldsTab.tsx'

const path = 'forms/ticket.json'
const head = { kind: 'form', schemaVersion: 1, title: { formula: 'name' } }
const files = {
  'app.json': {
    id: 'demo',
    kind: 'app',
    schemaVersion: 1,
    version: '1.0.0',
    label: 'Demo',
    locales: ['zh-CN'],
    roles: [],
  },
  'forms/customer.json': {
    ...head,
    id: 'customer',
    label: '客户',
    fields: [
      { id: 'name', type: 'text', label: '名称' },
      { id: 'level', type: 'text', label: '等级' },
      { id: 'parts', type: 'table', label: '明细', fields: [{ id: 'part', type: 'text', label: '部件' }] },
      { id: 'days', type: 'formula', label: '天数', formula: 'now() - created_at', result: 'duration' },
      { id: 'parent', type: 'link', label: '上级', form: 'customer' },
      { id: 'above', type: 'lookup', label: '上级等级', link: 'parent', field: 'level' },
    ],
  },
  [path]: {
    ...head,
    id: 'ticket',
    label: '工单',
    fields: [
      { id: 'name', type: 'text', label: '主题' },
      { id: 'owner', type: 'user', label: '负责人' },
      { id: 'customer', type: 'link', label: '客户', form: 'customer', card: ['level'] },
    ],
    layout: [{ section: 'one', label: '一', items: ['name', 'owner', 'customer'] }],
  },
}
const design = {
  patchDraft: async (_: string, body: { revision: number }) => ({
    revision: body.revision + 1,
    patch: [],
    canUndo: true,
    canRedo: false,
  }),
} as unknown as Client['design']

function Tab() {
  const { form, edit } = useForm(path)
  const [at, setAt] = useState<string>()
  const panels = usePanels()
  const chosen: Chosen = {
    tab: 'fields',
    at,
    section: undefined,
    entry: undefined,
    choose: setAt,
    follow: setAt,
    open: () => {},
  }
  return form ? <FieldsTab path={path} form={form} edit={edit} chosen={chosen} width="desktop" panels={panels} /> : null
}

vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no server')))
  addTexts({
    'zh-CN': async () => (await import('../../../shell/locales/zh-CN/bundle.ts')).bundle,
    en: async () => (await import('../../../shell/locales/en/bundle.ts')).bundle,
  })
  setPreferences({ locale: 'zh-CN' })
  await startI18n('zh-CN')
})

/** What a select offers; the lists of those opened before stay on the page. */
async function choicesOf(panel: HTMLElement, name: string): Promise<readonly HTMLElement[]> {
  const before = document.querySelectorAll('.ant-select-dropdown').length
  fireEvent.mouseDown(within(panel).getByRole('combobox', { name }))
  const opened = () => document.querySelectorAll('.ant-select-dropdown')[before]
  await waitFor(() => expect(opened()?.querySelector('.ant-select-item-option')).toBeTruthy())
  return [...(opened()?.querySelectorAll<HTMLElement>('.ant-select-item-option') ?? [])]
}
const words = (options: readonly HTMLElement[]) => options.map((option) => option.textContent)

test('a lookup is added over the first link, and is offered the links of its form and what can be shown over them', async () => {
  const sources = Object.entries(files).map(([file, json]) => ({ path: file, text: JSON.stringify(json) }))
  const view: Partial<DraftView> = { name: 'main', revision: 0, baseVersion: 0, liveVersion: 0, files: sources }
  const session = new DraftSession(design, 'demo', view as DraftView)
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } })}>
      <DraftProvider session={session}>
        <Announcer>
          <Tab />
        </Announcer>
      </DraftProvider>
    </QueryClientProvider>,
  )
  fireEvent.click(screen.getByRole('button', { name: '添加引用字段' }))
  const added = () => (session.state().documents[path] as FormDefinition).fields.at(-1)
  expect(added()).toMatchObject({ type: 'lookup', link: 'customer', field: 'level' })

  const panel = screen.getByRole('complementary', { name: '属性' })
  const fields = await choicesOf(panel, '显示哪个字段')
  // Own values of the linked record: no table, nothing computed of the moment, no other lookup.
  expect(words(fields)).toEqual(expect.arrayContaining(['名称', '等级', '上级', '创建时间']))
  for (const label of ['明细', '天数', '上级等级', '主题']) expect(words(fields)).not.toContain(label)
  fireEvent.click(fields[0] as HTMLElement)
  expect(added()).toMatchObject({ link: 'customer', field: 'name' })
  expect(words(await choicesOf(panel, '通过哪个关联'))).toEqual(['客户'])
  await session.settled()
})
