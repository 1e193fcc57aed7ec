import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { FormDefinition } from '@tenon/engine'
import type { Client, DraftView } from '@tenon/runtime/contract'
import { addTexts, setPreferences, startI18n } from '@tenon/runtime/page'
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { type ComponentProps, useState } from 'react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { DraftProvider } from '../../../draft/draft-context.tsx'
import { DraftSession } from '../../../draft/draft-session.ts'
import { Announcer } from '../announce.tsx'
import { usePanels } from '../BenchFrame.tsx'
import type { Chosen } from '../use-chosen.ts'
import { useForm } from '../use-form.ts'
import { FieldsTab } from './FieldsTab.tsx'

const drawn: string[] = []
vi.mock('@tenon/runtime/ui', async (load) => {
  const original = await load<typeof import('@tenon/runtime/ui')>()
  const FieldBox = (props: ComponentProps<typeof original.FieldBox>) => {
    drawn.push(props.field.id)
    return <original.FieldBox {...props} />
  }
  return { ...original, FieldBox }
})

const asked: string[] = []
vi.mock('../../../panels/PropertyControl.tsx', async (load) => {
  const original = await load<typeof import('../../../panels/PropertyControl.tsx')>()
  const PropertyControl: typeof original.PropertyControl = (props) => {
    asked.push(props.label)
    return <original.PropertyControl {...props} />
  }
  return { ...original, PropertyControl }
})

const formOf = (count: number): FormDefinition => {
  const ids = Array.from({ length: count }, (_, index) => `f${index}`)
  return {
    id: 'ticket',
    kind: 'form',
    schemaVersion: 1,
    label: '工单',
    title: { formula: 'f0' },
    fields: ids.map((id, index) => ({ id, type: 'text', label: { 'zh-CN': `字段${index}`, en: `Field ${index}` } })),
    layout: [
      { section: 'one', label: '一', items: ids.slice(0, -2) },
      { section: 'two', label: '二', items: ids.slice(-2) },
    ],
  }
}
const path = 'forms/ticket.json'
const labels: string[] = []
const design = {
  patchDraft: async (_: string, body: { revision: number; label?: string }) => {
    labels.push(body.label ?? '')
    return { revision: body.revision + 1, patch: [], canUndo: true, canRedo: false }
  },
} as unknown as Client['design']

function newSession(count: number): DraftSession {
  const app = {
    id: 'demo',
    kind: 'app',
    schemaVersion: 1,
    version: '1.0.0',
    label: 'Demo',
    locales: ['zh-CN'],
    roles: [],
  }
  const files = [
    { path: 'app.json', text: JSON.stringify(app) },
    { path, text: JSON.stringify(formOf(count)) },
  ]
  const view: Partial<DraftView> = { name: 'main', revision: 0, baseVersion: 0, liveVersion: 0, files }
  return new DraftSession(design, 'demo', view as DraftView)
}

function Bench({ session, at }: { session: DraftSession; at?: string }) {
  return (
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } })}>
      <DraftProvider session={session}>
        <Announcer>
          <Tab first={at} />
        </Announcer>
      </DraftProvider>
    </QueryClientProvider>
  )
}

function Tab({ first }: { first: string | undefined }) {
  const { form: now, edit } = useForm(path)
  const [at, setAt] = useState(first)
  const [list, id] = at?.split('/') ?? []
  const chosen: Chosen = {
    tab: 'fields',
    at,
    section: list === 'layout' ? id : undefined,
    entry: undefined,
    choose: setAt,
    follow: setAt,
    open: () => {},
  }
  const panels = usePanels()
  if (!now) return null
  return <FieldsTab path={path} form={now} edit={edit} chosen={chosen} width="desktop" panels={panels} />
}

/** By its id: asking many fields for their roles takes a simulated page minutes. */
const field = (id: string) => {
  const found = document.querySelector<HTMLElement>(`[data-field="${id}"]`)
  if (!found) throw new Error(`no field ${id}`)
  return found
}
const press = (key: string, modifiers: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...modifiers })
const now = (session: DraftSession) => session.state().documents[path] as FormDefinition

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
beforeEach(() => {
  labels.length = 0
})

test('of many fields only what changed is drawn again', async () => {
  const session = newSession(60)
  render(<Bench session={session} />)
  expect(new Set(drawn).size).toBe(60)

  drawn.length = 0
  fireEvent.click(field('f5'))
  expect(field('f5').getAttribute('aria-pressed')).toBe('true')
  expect(drawn).toEqual([])

  asked.length = 0
  const panel = screen.getByRole('complementary', { name: '属性' })
  const name = within(panel).getByRole('textbox', { name: '名称' })
  fireEvent.change(name, { target: { value: '改了名' } })
  expect((name as HTMLTextAreaElement).value).toBe('改了名')
  expect(field('f5').getAttribute('aria-label')).toContain('改了名')
  expect([...new Set(drawn)]).toEqual(['f5'])
  expect([...new Set(asked)]).toEqual(['名称'])

  drawn.length = 0
  act(() =>
    session.edit('name', (documents) => {
      const before = documents[path] as FormDefinition
      const fields = before.fields.map((one) => (one.id === 'f7' ? { ...one, label: '改名' } : one))
      return { ...documents, [path]: { ...before, fields } }
    }),
  )
  expect([...new Set(drawn)]).toEqual(['f7'])

  drawn.length = 0
  press('ArrowRight', { altKey: true })
  expect(now(session).layout?.[0]?.items.slice(4, 8)).toEqual(['f4', 'f6', 'f5', 'f7'])
  expect(drawn).toEqual([])
  await session.settled()
})

test('a form that is opened at a field which is drawn with the later ones goes to it, once', async () => {
  const gone: (string | undefined)[] = []
  Element.prototype.scrollIntoView = function (this: HTMLElement) {
    gone.push(this.dataset.field)
  }
  const session = newSession(60)
  render(<Bench session={session} at="fields/f55" />)
  expect(gone).toEqual(['f55'])
  fireEvent.change(screen.getByRole('textbox', { name: '名称' }), { target: { value: '改了名' } })
  expect(gone).toEqual(['f55'])
  await session.settled()
})

test('by keyboard: choose, move, duplicate, remove; each is a step with its name', async () => {
  const session = newSession(10)
  render(<Bench session={session} />)
  field('f5').focus()
  press('ArrowRight')
  expect(document.activeElement).toBe(field('f6'))
  press('ArrowRight', { shiftKey: true })
  press('ArrowLeft', { altKey: true })
  expect(now(session).layout?.[0]?.items.slice(4, 8)).toEqual(['f4', 'f6', 'f7', 'f5'])
  press('Escape')
  press('d', { ctrlKey: true })
  expect(document.activeElement?.getAttribute('aria-label')).toBe('字段7 副本，单行文本')
  press('Delete')
  expect(now(session).fields).toHaveLength(10)
  screen.getByText('已删除「字段7 副本」，可以撤销')
  expect(document.activeElement).toBe(field('f5'))
  await session.settled()
  expect(labels).toEqual(['移动 2 个字段', '复制一份「字段7」', '删除「字段7 副本」'])
})

test('a type is found and added behind the chosen field; cut and paste move it', async () => {
  const session = newSession(10)
  render(<Bench session={session} />)
  fireEvent.click(field('f5'))
  const palette = screen.getByRole('complementary', { name: '字段类型' })
  fireEvent.change(within(palette).getByRole('textbox'), { target: { value: 'date' } })
  expect(within(palette).getAllByRole('button', { name: /^添加/ })).toHaveLength(2)
  fireEvent.click(within(palette).getByRole('button', { name: '添加日期' }))
  expect(now(session).layout?.[0]?.items.slice(5, 7)).toEqual(['f5', 'date_1'])
  expect(document.activeElement).toBe(field('date_1'))

  let text = ''
  const clipboardData = { setData: (_: string, given: string) => (text = given), getData: () => text }
  fireEvent.cut(field('date_1'), { clipboardData })
  expect(now(session).fields).toHaveLength(11)
  fireEvent.click(field('f1'))
  fireEvent.paste(field('f1'), { clipboardData })
  expect(now(session).layout?.[0]?.items.slice(1, 3)).toEqual(['f1', 'date_1'])
  fireEvent.paste(field('date_1'), { clipboardData })
  expect(now(session).layout?.[0]?.items.slice(1, 4)).toEqual(['f1', 'date_1', 'date'])
  await session.settled()
  expect(labels).toEqual(['添加字段「日期」', '移动「日期」', '粘贴「日期」'])
})

/** What comes a moment later takes long where the machine has other things to do. */
const patient = { timeout: 30_000 }

test('a panel asks only what means something for the type; a new formula stands empty', async () => {
  const session = newSession(10)
  render(<Bench session={session} />)
  const palette = screen.getByRole('complementary', { name: '字段类型' })
  const panel = screen.getByRole('complementary', { name: '属性' })
  /** Unfolds the rest, once what only this type has is there. */
  const open = async (own: string) => {
    await within(panel).findByText(own, {}, patient)
    fireEvent.click(await within(panel).findByText('更多', {}, patient))
    await within(panel).findByText('填写说明', {}, patient)
  }
  fireEvent.click(within(palette).getByRole('button', { name: '添加附件' }))
  await open('最多文件数')
  expect(within(panel).queryByText('默认值')).toBeNull()
  expect(within(panel).queryByText('唯一')).toBeNull()
  fireEvent.click(within(palette).getByRole('button', { name: '添加数字' }))
  await open('小数位')
  within(panel).getByText('默认值')
  within(panel).getByText('唯一')
  fireEvent.click(within(palette).getByRole('button', { name: '添加公式' }))
  await open('结果类型')
  expect(panel.textContent).not.toContain('null')
  await session.settled()
})
