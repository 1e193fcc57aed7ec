import { type FieldValue, type FormDefinition, formModel, type TableRow } from '@tenon/engine'
import { fireEvent, render, screen, within } from '@testing-library/react'
import i18next from 'i18next'
import { useState } from 'react'
import { initReactI18next } from 'react-i18next'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptyEnvironment, RefsProvider, UiEnvironmentProvider } from '../../environment.tsx'
import { FieldBox } from '../../form/FieldBox.tsx'
import { FormFactsProvider } from '../../show/FormFacts.tsx'
import { ShownFormProvider } from '../../show/ShownForm.tsx'
import { uiTexts } from '../../texts.ts'

const definition: FormDefinition = {
  id: 'visit',
  kind: 'form',
  schemaVersion: 1,
  label: 'Visit',
  title: { formula: 'null' },
  fields: [
    {
      id: 'parts',
      type: 'table',
      label: 'Parts',
      maxRows: 400,
      fields: [
        { id: 'part', type: 'text', label: 'Part', required: true },
        { id: 'quantity', type: 'number', label: 'Quantity' },
        { id: 'price', type: 'money', label: 'Price' },
        { id: 'amount', type: 'formula', label: 'Amount', formula: 'price * quantity', result: 'money', total: true },
      ],
    },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' })
const field = form.fields.get('parts')!

let value: FieldValue
function Bench({ initial, places }: { initial: FieldValue; places?: ReadonlyMap<string, string> }) {
  const [now, setNow] = useState(initial)
  value = now
  return (
    <UiEnvironmentProvider value={{ ...emptyEnvironment, locale: 'en' }}>
      <RefsProvider refs={{}}>
        <ShownFormProvider form={form}>
          <FieldBox
            field={field}
            id="it"
            value={now}
            editable
            required={false}
            problems={[]}
            places={places}
            onChange={setNow}
          />
        </ShownFormProvider>
      </RefsProvider>
    </UiEnvironmentProvider>
  )
}
const rows: TableRow[] = [
  { id: 'a', part: 'Filter', quantity: 2, price: '50.00' },
  { id: 'b', part: 'Board', quantity: 1, price: '800.00' },
]
const cell = (row: number, column: number) => {
  const found = document.querySelector<HTMLElement>(`[data-cell="${row}/${column}"]`)
  if (!found) throw new Error(`no cell ${row}/${column}`)
  return found
}
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.activeElement!, { key, ...more })
const type = (text: string) => fireEvent.change(document.activeElement!, { target: { value: text } })
const parts = () => (value as readonly TableRow[]).map(({ part }) => part)

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { ui: uiTexts.en } }, defaultNS: 'ui', interpolation: { escapeValue: false } })
})
beforeEach(() => {
  window.innerWidth = 1440
})

describe('the grid', () => {
  test('is one, with its formulas and the total computed while one types', () => {
    render(<Bench initial={rows} />)
    expect(screen.getByRole('grid', { name: 'Parts' })).toBeTruthy()
    expect(cell(0, 3).textContent).toBe('¥100.00')
    expect(within(screen.getByRole('grid')).getByText('¥900.00')).toBeTruthy()
    cell(0, 1).focus()
    press('Enter')
    type('4')
    expect(cell(0, 3).textContent).toBe('¥200.00')
    expect(screen.getByText('¥1,000.00')).toBeTruthy()
  })

  test('is walked by arrows and Tab; Enter writes, goes down, and adds a row at the end; Escape takes back', () => {
    render(<Bench initial={rows} />)
    cell(0, 0).focus()
    press('ArrowDown')
    expect(document.activeElement).toBe(cell(1, 0))
    press('Enter')
    type('Main board')
    press('Escape')
    expect(parts()).toEqual(['Filter', 'Board'])
    expect(document.activeElement).toBe(cell(1, 0))
    press('Enter')
    type('Main board')
    press('Enter')
    expect(parts()).toEqual(['Filter', 'Main board', undefined])
    expect(document.activeElement).toBe(cell(2, 0))
    press('Tab')
    expect(document.activeElement).toBe(cell(2, 1))
    press('Tab', { shiftKey: true })
    press('ArrowUp')
    press('Delete')
    expect(parts()).toEqual(['Filter', undefined, undefined])
  })

  test('a letter begins to write over what is there; a computed cell takes none', () => {
    render(<Bench initial={rows} />)
    cell(0, 0).focus()
    press('x')
    expect(document.activeElement?.tagName).toBe('INPUT')
    expect(parts()[0]).toBe(undefined)
    cell(1, 3).focus()
    press('x')
    expect(document.activeElement).toBe(cell(1, 3))
  })

  test('rows move with Alt and the arrows, and by their menu, which duplicates and deletes too', async () => {
    render(<Bench initial={rows} />)
    cell(1, 0).focus()
    press('ArrowUp', { altKey: true })
    expect(parts()).toEqual(['Board', 'Filter'])
    fireEvent.click(screen.getByRole('button', { name: 'Row 1: actions' }))
    fireEvent.click(await screen.findByText('Duplicate this row'))
    expect(parts()).toEqual(['Board', 'Board', 'Filter'])
    expect(new Set((value as readonly TableRow[]).map(({ id }) => id)).size).toBe(3)
  })

  test('takes what a spreadsheet copied', () => {
    render(<Bench initial={rows} />)
    cell(1, 0).focus()
    fireEvent.paste(cell(1, 0), { clipboardData: { getData: () => 'Screw\t10\t0.5\nNut\tten\t1' } })
    expect(parts()).toEqual(['Filter', 'Screw', 'Nut'])
    expect(value).toMatchObject([{}, { quantity: 10, price: '0.50' }, { quantity: 'ten', price: '1.00' }])
  })

  test('a cell says what is wrong with it', () => {
    render(<Bench initial={rows} places={new Map([['1/quantity', 'Too many']])} />)
    expect(cell(1, 1).getAttribute('aria-invalid')).toBe('true')
    expect(cell(1, 1).title).toBe('Too many')
    expect(cell(0, 1).hasAttribute('aria-invalid')).toBe(false)
  })

  test('draws of many rows those in view', () => {
    render(<Bench initial={Array.from({ length: 300 }, (_, at) => ({ id: `r${at}`, part: `p${at}` }))} />)
    expect(document.querySelectorAll('[data-cell$="/0"]').length).toBeLessThan(60)
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('301')
  })

  test('begins empty with words and a button', () => {
    render(<Bench initial={null} />)
    expect(screen.getByText(/paste from a spreadsheet/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Add a row' }))
    expect(value).toHaveLength(1)
    expect(document.activeElement).toBe(cell(0, 0))
  })
})

describe('columns that depend', () => {
  const lines = formModel(
    {
      ...definition,
      fields: [
        {
          id: 'lines',
          type: 'table',
          label: 'Lines',
          fields: [
            { id: 'what', type: 'text', label: 'What', help: 'As it stands on the bill' },
            {
              id: 'kind',
              type: 'select',
              label: 'Kind',
              default: 'part',
              options: [
                { id: 'part', label: 'Part' },
                { id: 'labour', label: 'Labour' },
              ],
            },
            {
              id: 'hours',
              type: 'number',
              label: 'Hours',
              visibleWhen: { fact: 'record', path: '$.kind', operator: 'equal', value: 'labour' },
            },
            { id: 'by', type: 'user', label: 'By', default: { ref: '$.user.id' } },
          ],
        },
      ],
    },
    { id: 'demo', currency: 'CNY' },
  )
  const table = lines.fields.get('lines')!
  const user = { id: 'u1', username: 'li', name: 'Li', department: null, superior: null, departments: [], roles: [] }
  const facts = { now: 0, zone: 'Asia/Shanghai', user: { ...user, locale: 'en', zone: 'Asia/Shanghai' } }
  function Lines({ initial }: { initial: FieldValue }) {
    const [now, setNow] = useState(initial)
    value = now
    const searchPeople = async (q: string) =>
      q === 'Wang' ? [{ id: 'u9', ref: { kind: 'user', name: 'Wang', username: 'wang' } as const }] : []
    return (
      <UiEnvironmentProvider value={{ ...emptyEnvironment, locale: 'en', searchPeople }}>
        <RefsProvider refs={{}}>
          <FormFactsProvider value={facts}>
            <ShownFormProvider form={lines}>
              <FieldBox field={table} id="it" value={now} editable required={false} problems={[]} onChange={setNow} />
            </ShownFormProvider>
          </FormFactsProvider>
        </RefsProvider>
      </UiEnvironmentProvider>
    )
  }

  test('the first thing written in a row brings its defaults, and Escape takes them back', () => {
    render(<Lines initial={[{ id: 'a' }]} />)
    cell(0, 0).focus()
    press('Enter')
    type('F')
    expect(value).toEqual([{ id: 'a', what: 'F', kind: 'part', by: 'u1' }])
    press('Escape')
    expect(value).toEqual([{ id: 'a' }])
    press('Enter')
    type('Filter')
    press('Enter')
    expect(value).toMatchObject([{ what: 'Filter', kind: 'part' }, { id: expect.any(String) }])
    expect(Object.keys((value as readonly TableRow[])[1] ?? {})).toEqual(['id'])
  })

  test('a cell its row does not show is blank and takes nothing; the column says what it is about', () => {
    render(
      <Lines
        initial={[
          { id: 'a', kind: 'part', hours: 3 },
          { id: 'b', kind: 'labour', hours: 4 },
        ]}
      />,
    )
    expect([cell(0, 2).textContent, cell(1, 2).textContent]).toEqual(['', '4'])
    expect(cell(0, 2).getAttribute('aria-readonly')).toBe('true')
    cell(0, 2).focus()
    press('Enter')
    expect(document.activeElement).toBe(cell(0, 2))
    press('7')
    expect(document.activeElement).toBe(cell(0, 2))
    cell(1, 2).focus()
    press('Enter')
    expect(document.activeElement?.tagName).toBe('INPUT')
    expect(screen.getByRole('button', { name: 'As it stands on the bill' })).toBeTruthy()
  })

  test('names that are pasted become people; those that nobody has are told and leave their cell blank', async () => {
    render(<Lines initial={[{ id: 'a' }]} />)
    fireEvent.paste(cell(0, 0), {
      clipboardData: { getData: () => 'Filter\tLabour\t2\tWang\nBoard\tPart\t3\tNobody' } as unknown as DataTransfer,
    })
    const pasted = () => (value as readonly TableRow[]).map(({ id: _, ...cells }) => cells)
    await expect.poll(pasted).toEqual([
      { what: 'Filter', kind: 'labour', hours: 2, by: 'u9' },
      { what: 'Board', kind: 'part' },
    ])
    expect(cell(0, 3).textContent).toContain('Wang')
    expect(screen.getByText('Row 2, By: there is no "Nobody"')).toBeTruthy()
  })
})

test('a row is dragged by its number to another place', async () => {
  const three = [...rows, { id: 'c', part: 'Seal' }]
  const measured = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'getBoundingClientRect')
  HTMLElement.prototype.getBoundingClientRect = function (this: HTMLElement) {
    const number = this.matches('tbody th[scope=row]') ? Number(this.textContent) : 1
    return new DOMRect(0, (number - 1) * 36, 36, 36)
  }
  try {
    render(<Bench initial={three} />)
    const handle = (number: number) => screen.getByRole('rowheader', { name: String(number) })
    const at = (row: number) => ({ clientX: 18, clientY: row * 36 - 18, buttons: 1 })
    fireEvent.mouseDown(handle(3), { ...at(3), button: 0 })
    fireEvent.mouseMove(document, { ...at(3), clientY: 80 })
    await expect.poll(() => handle(3).dataset.dragging).toBe('true')
    fireEvent.mouseMove(document, at(1))
    await expect.poll(() => handle(1).closest('tr')?.dataset.drop).toBe('above')
    fireEvent.mouseUp(document, at(1))
    await expect.poll(parts).toEqual(['Seal', 'Filter', 'Board'])
    expect((value as readonly TableRow[]).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  } finally {
    if (measured) Object.defineProperty(HTMLElement.prototype, 'getBoundingClientRect', measured)
    else Reflect.deleteProperty(HTMLElement.prototype, 'getBoundingClientRect')
  }
})
