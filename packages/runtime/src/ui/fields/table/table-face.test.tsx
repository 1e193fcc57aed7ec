import { type FieldValue, type FormDefinition, formModel, type TableRow } from '@tenon/engine'
import { fireEvent, render, screen, within } from '@testing-library/react'
import i18next from 'i18next'
import { useState } from 'react'
import { initReactI18next } from 'react-i18next'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptyEnvironment, RefsProvider, UiEnvironmentProvider } from '../../environment.tsx'
import { FieldBox } from '../../form/FieldBox.tsx'
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
