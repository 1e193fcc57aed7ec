import { deleteCharBackward, redo, undo } from '@codemirror/commands'
import { EditorView } from '@codemirror/view'
import type { Locale } from '@tenon/engine'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { Hold, Stage, speak } from '../testing/Stage.tsx'
import { FormulaControl } from './FormulaControl.tsx'

// The editor is fetched when it is first wanted, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

vi.mock('@tenon/runtime/page', () => ({
  client: { records: { list: () => Promise.resolve({ items: [] }) } },
  useSession: () => ({ user: { id: 'u1', username: 'admin', name: 'Admin', locale: 'en' } }),
}))
beforeEach(() => speak('en'))

/** A formula box over the ticket of the little shop; what it writes is told. */
async function box(first: string, locale: Locale = 'en', label = 'Formula') {
  if (locale !== 'en') await speak(locale)
  const told = vi.fn()
  render(
    <Stage locale={locale}>
      <Hold first={first} told={told}>
        {(value, onChange) => (
          <FormulaControl
            value={value}
            onChange={(next) => onChange(next ?? '')}
            scope={{ path: 'forms/ticket.json', form: 'ticket' }}
            label={label}
          />
        )}
      </Hold>
    </Stage>,
  )
  await vi.waitFor(() => expect(document.querySelector('.cm-content')).not.toBeNull(), { timeout: 30_000 })
  const content = screen.getByRole('textbox', { name: label })
  const view = EditorView.findFromDOM(content) as EditorView
  return { view, content, told }
}
const shown = (content: HTMLElement) => content.textContent
const chips = (content: HTMLElement) => [...content.querySelectorAll('[title]')].map((chip) => chip.textContent)
const at = (view: EditorView, anchor: number) => act(() => view.dispatch({ selection: { anchor } }))
/** Types at the cursor, one key after the other. */
function type(view: EditorView, text: string) {
  for (const key of text) {
    const { from, to } = view.state.selection.main
    act(() =>
      view.dispatch({
        changes: { from, to, insert: key },
        selection: { anchor: from + key.length },
        userEvent: 'input.type',
      }),
    )
  }
}

test.each<readonly [string, Locale, string]>([
  ['customer.level = "customer"', 'en', 'Customer › Level = "customer"'],
  ['customer.level = "vip"', 'zh-CN', '客户 › 等级 = "vip"'],
  ['if urgent then count else 1', 'zh-CN', 'if 紧急 then 数量 else 1'],
  ['sum(parts.amount)', 'zh-CN', 'sum(配件 › 金额)'],
  ['count(parts[amount > 3])', 'zh-CN', 'count(配件[金额 > 3])'],
  ['task.label + user.name', 'en', 'Task › name + Current user’s name'],
  ['task.mystery + candidate.capacity', 'en', 'Task.mystery + Most tasks'],
  ['created_at.year', 'en', 'Created at.year'],
  ['nothing + count', 'en', 'nothing + Count'],
])('%s in %s', async (formula, locale, expected) => {
  const { content, view, told } = await box(formula, locale)
  expect(shown(content)).toBe(expected)
  expect(view.state.doc.toString()).toBe(formula)
  expect(told).not.toHaveBeenCalled()
})

test('a label is a text, never markup', async () => {
  const { content } = await box('parts.amount')
  expect(shown(content)).toBe('Parts › <img src=x onerror=alert(1)>')
  expect(content.querySelectorAll('img:not(.cm-widgetBuffer)')).toHaveLength(0)
})

test('an unknown name keeps its mark below', async () => {
  await box('nothing + count')
  expect(screen.getByRole('alert').textContent).toContain('nothing')
})

test('a chip is deleted whole, and comes back whole', async () => {
  const { content, view, told } = await box('count * count')
  at(view, 'count * count'.length)
  act(() => void deleteCharBackward(view))
  expect(told).toHaveBeenLastCalledWith('count * ')
  expect(shown(content)).toBe('Count * ')
  act(() => void undo(view))
  expect(told).toHaveBeenLastCalledWith('count * count')
  expect(shown(content)).toBe('Count * Count')
  act(() => void redo(view))
  expect(told).toHaveBeenLastCalledWith('count * ')
})

test('the cursor steps over a chip', async () => {
  const { view } = await box('1 + count')
  const right = view.moveByChar(view.state.selection.main, true)
  expect(right.head).toBe(1)
  at(view, 4)
  expect(view.moveByChar(view.state.selection.main, true).head).toBe(9)
  at(view, 9)
  expect(view.moveByChar(view.state.selection.main, false).head).toBe(4)
})

test('what is copied are the ids', async () => {
  const { content, view } = await box('customer.level = "vip"')
  act(() => view.focus())
  act(() => view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } }))
  const setData = vi.fn()
  fireEvent.copy(content, { clipboardData: { setData, clearData: vi.fn() } })
  expect(setData).toHaveBeenCalledWith('text/plain', 'customer.level = "vip"')
})

test('an id typed by hand becomes a chip when the cursor leaves it', async () => {
  const { content, view, told } = await box('1 + ')
  at(view, 4)
  type(view, 'count')
  expect(chips(content)).toEqual([])
  type(view, ' ')
  expect(shown(content)).toBe('1 + Count ')
  type(view, '* customer.')
  expect(shown(content)).toBe('1 + Count * Customer.')
  type(view, 'level')
  expect(shown(content)).toBe('1 + Count * Customer.level')
  // Onto another name, which nobody is writing.
  at(view, 9)
  expect(shown(content)).toBe('1 + Count * Customer › Level')
  expect(told).toHaveBeenLastCalledWith('1 + count * customer.level')
})

test('an id is a chip too when the box is left', async () => {
  const { content, view } = await box('')
  act(() => view.focus())
  type(view, 'count')
  expect(shown(content)).toBe('count')
  act(() => view.contentDOM.blur())
  await vi.waitFor(() => expect(shown(content)).toBe('Count'))
})

test('what is put in beside a chip does not run into its name', async () => {
  const { content, view, told } = await box('count')
  at(view, 5)
  type(view, 'and')
  expect(told).toHaveBeenLastCalledWith('count and')
  at(view, 0)
  type(view, 'not ')
  expect(told).toHaveBeenLastCalledWith('not count and')
  expect(view.state.selection.main.head).toBe(4)
  expect(chips(content)).toEqual(['Count'])
  // Taking away what stands between two names does not make one of them.
  act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: 'count + count' } }))
  act(() => view.dispatch({ changes: { from: 5, to: 8 }, userEvent: 'delete.selection' }))
  expect(told).toHaveBeenLastCalledWith('count count')
})

test('an input method composes beside a chip, and what it leads to stands apart', async () => {
  const { content, view, told } = await box('count', 'zh-CN')
  const compose = (from: number, to: number, insert: string) =>
    act(() =>
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length },
        userEvent: 'input.type.compose',
      }),
    )
  compose(0, 0, 'shu')
  compose(0, 3, '数')
  expect(shown(content)).toBe('数数量')
  act(() =>
    view.dispatch({
      changes: { from: 0, to: 1, insert: 'count' },
      selection: { anchor: 5 },
      userEvent: 'input.complete',
    }),
  )
  expect(told).toHaveBeenLastCalledWith('count count')
  expect(shown(content)).toBe('数量 数量')
})

test('columns of a sub-table are among the names that are picked', async () => {
  await box('count', 'zh-CN')
  fireEvent.mouseDown(screen.getByLabelText('在“Formula”中插入字段或函数'))
  fireEvent.change(screen.getByLabelText('在“Formula”中插入字段或函数'), { target: { value: '金额' } })
  fireEvent.click(await screen.findByText('配件 › 金额'))
  const content = screen.getByRole('textbox', { name: 'Formula' })
  expect(EditorView.findFromDOM(content)?.state.doc.toString()).toBe('parts.amount count')
  expect(chips(content)).toEqual(['配件 › 金额', '数量'])
})

test('another formula from outside cannot be undone in the box', async () => {
  const told = vi.fn()
  const { rerender } = render(<Outside value="count" told={told} />)
  await vi.waitFor(() => expect(document.querySelector('.cm-content')).not.toBeNull(), { timeout: 30_000 })
  const view = EditorView.findFromDOM(screen.getByRole('textbox', { name: 'Formula' })) as EditorView
  type(view, '1 + ')
  rerender(<Outside value="customer.level" told={told} />)
  expect(view.state.doc.toString()).toBe('customer.level')
  expect(shown(view.contentDOM)).toBe('Customer › Level')
  act(() => void undo(view))
  expect(view.state.doc.toString()).toBe('customer.level')
})

const Outside = ({ value, told }: { value: string; told: (next: string | undefined) => void }) => (
  <Stage locale="en">
    <FormulaControl
      value={value}
      onChange={told}
      scope={{ path: 'forms/ticket.json', form: 'ticket' }}
      label="Formula"
    />
  </Stage>
)
