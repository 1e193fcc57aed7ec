import { type FormDefinition, formModel, formSchema } from '@tenon/engine'
import { fireEvent, render, screen } from '@testing-library/react'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { expect, test } from 'vitest'
import { emptyEnvironment, RefsProvider, UiEnvironmentProvider } from '../environment.tsx'
import { uiTexts } from '../texts.ts'
import { FormView } from './FormView.tsx'
import { type FormSession, type FormSetup, useFormSession } from './use-form-session.ts'

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
      minRows: 1,
      fields: [
        { id: 'part', type: 'text', label: 'Part', required: true },
        { id: 'price', type: 'money', label: 'Price' },
      ],
    },
    { id: 'cost', type: 'formula', label: 'Cost', formula: 'sum(parts.price)', result: 'money' },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' })
const rights = { parts: 'edit', cost: 'read' } as const
const setup = {
  form,
  mode: 'create',
  mask: null,
  rights,
  ...formSchema(form, { mode: 'create', rights: new Map(Object.entries(rights)), locale: 'en' }),
  data: {},
  version: null,
  facts: { now: 0, zone: 'UTC' },
} as unknown as FormSetup

let session: FormSession
function Bench() {
  session = useFormSession(setup)
  return <FormView session={session} label="Visit" />
}

test('a form draws its rows, adds none by itself, sums them while one types, and marks the cell that is missing', async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { ui: uiTexts.en } }, defaultNS: 'ui', interpolation: { escapeValue: false } })
  render(
    <UiEnvironmentProvider value={{ ...emptyEnvironment, locale: 'en', lookup: () => form }}>
      <RefsProvider refs={{}}>
        <Bench />
      </RefsProvider>
    </UiEnvironmentProvider>,
  )
  expect(screen.getByRole('grid', { name: 'Parts' })).toBeTruthy()
  expect(session.changes).toEqual({})
  fireEvent.click(screen.getByRole('button', { name: 'Add a row' }))
  const price = document.querySelector<HTMLElement>('[data-cell="0/1"]')!
  fireEvent.click(price)
  fireEvent.change(document.activeElement!, { target: { value: '12.5' } })
  expect(session.values.cost).toBe('12.50')
  fireEvent.keyDown(document.activeElement!, { key: 'Tab', shiftKey: true })
  fireEvent.click(document.body)
  expect(session.reveal()).toBe(false)
  expect(await screen.findByText(/Row 1: Part is required/)).toBeTruthy()
  expect(document.querySelector('[data-cell="0/0"]')?.getAttribute('aria-invalid')).toBe('true')
})
