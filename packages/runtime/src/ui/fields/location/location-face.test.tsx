import { type FieldValue, type FormDefinition, formModel, normaliseField } from '@tenon/engine'
import { fireEvent, render, screen } from '@testing-library/react'
import i18next from 'i18next'
import { useState } from 'react'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { emptyEnvironment, UiEnvironmentProvider } from '../../environment.tsx'
import { FieldBox } from '../../form/FieldBox.tsx'
import { uiTexts } from '../../texts.ts'

const definition: FormDefinition = {
  id: 'site',
  kind: 'form',
  schemaVersion: 1,
  label: 'Site',
  title: { formula: 'null' },
  fields: [{ id: 'place', type: 'location', label: 'Service address' }],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' })
const field = form.fields.get('place')!

let value: FieldValue
let put: (next: FieldValue) => void
function Bench({ initial }: { initial: FieldValue }) {
  const [now, setNow] = useState(initial)
  value = now
  put = setNow
  return (
    <UiEnvironmentProvider value={{ ...emptyEnvironment, locale: 'en' }}>
      <FieldBox field={field} id="it" value={now} editable required={false} problems={[]} onChange={setNow} />
    </UiEnvironmentProvider>
  )
}
/** What would be stored. */
const stored = () => {
  const result = normaliseField(value, field, { form })
  return result.ok ? result.value : result.error.code
}
const box = (name: string) => screen.getByLabelText<HTMLInputElement>(name)
const type = (name: string, text: string) => fireEvent.change(box(name), { target: { value: text } })
const paste = (name: string, text: string) =>
  fireEvent.paste(box(name), { clipboardData: { getData: () => text } as unknown as DataTransfer })

const geolocation = Object.getOwnPropertyDescriptor(navigator, 'geolocation')
type Ask = (found: (position: object) => void, failed: (error: { code: number }) => void) => void
const device = (getCurrentPosition: Ask) =>
  Object.defineProperty(navigator, 'geolocation', { configurable: true, value: { getCurrentPosition } })
const secure = (isSecureContext: boolean) =>
  Object.defineProperty(window, 'isSecureContext', { configurable: true, value: isSecureContext })

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { ui: uiTexts.en } }, defaultNS: 'ui', interpolation: { escapeValue: false } })
})
beforeEach(() => secure(true))
afterEach(() => {
  if (geolocation) Object.defineProperty(navigator, 'geolocation', geolocation)
  else Reflect.deleteProperty(navigator, 'geolocation')
})

test('an address alone, then with coordinates; half a pair stays in its box and is refused', () => {
  render(<Bench initial={null} />)
  type('Service address', "People's Square")
  expect(stored()).toBe("People's Square")
  type('Latitude', '31.23')
  expect([stored(), box('Latitude').value, box('Service address').value]).toEqual([
    'field.notPlace',
    '31.23',
    "People's Square",
  ])
  type('Longitude', '121.4')
  type('Longitude', '121.47')
  expect(stored()).toBe("31.23,121.47 People's Square")
  type('Longitude', 'far')
  expect([stored(), box('Longitude').value]).toEqual(['field.notPlace', 'far'])
  type('Latitude', '')
  type('Longitude', '')
  expect(stored()).toBe("People's Square")
  type('Service address', '')
  expect(value).toBe(null)
})

test('coordinates pasted into any box fill both and keep the address; other text is pasted as it is', () => {
  render(<Bench initial="1,2 Old address" />)
  paste('Latitude', '31.23, 121.47')
  expect(stored()).toBe('31.23,121.47 Old address')
  paste('Service address', '31.9，121.5 人民广场')
  expect(stored()).toBe('31.9,121.5 人民广场')
  paste('Service address', 'Some street 5')
  expect(stored()).toBe('31.9,121.5 人民广场')
})

test('what somebody else wrote in the meantime is shown', () => {
  render(<Bench initial={null} />)
  type('Latitude', '31.')
  fireEvent.blur(box('Latitude'))
  expect(box('Latitude').value).toBe('31.')
  put('22.54,114.06 Futian')
  return expect.poll(() => [box('Latitude').value, box('Service address').value]).toEqual(['22.54', 'Futian'])
})

test('the position of the device is taken, the address kept', async () => {
  device((found) => found({ coords: { latitude: 31.230_416_123, longitude: 121.473_701 } }))
  render(<Bench initial="Gate 3" />)
  fireEvent.click(screen.getByRole('button', { name: /Use my position/ }))
  await expect.poll(() => stored()).toBe('31.230416,121.473701 Gate 3')
})

test.each([
  [1, /may not tell your position: allow "Location"/],
  [2, /cannot be found just now/],
  [3, /within 15 seconds/],
])('error %i of the device is said in words', async (code, words) => {
  device((_, failed) => failed({ code }))
  render(<Bench initial={null} />)
  fireEvent.click(screen.getByRole('button', { name: /Use my position/ }))
  await expect.poll(() => screen.queryByRole('alert')?.textContent).toMatch(words)
  type('Latitude', '1')
  expect(screen.queryByRole('alert')).toBe(null)
})

test('a page without HTTPS says why it knows no position', async () => {
  secure(false)
  render(<Bench initial={null} />)
  fireEvent.click(screen.getByRole('button', { name: /Use my position/ }))
  await expect.poll(() => screen.queryByRole('alert')?.textContent).toMatch(/not opened over HTTPS/)
})
