import { type FormDefinition, formModel, formSchema } from '@tenon/engine'
import { act, fireEvent, render, screen } from '@testing-library/react'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { emptyEnvironment, RefsProvider, UiEnvironmentProvider } from '../environment.tsx'
import { uiTexts } from '../texts.ts'
import { FormView } from './FormView.tsx'
import { ReadSections } from './ReadSections.tsx'
import { type FormSession, type FormSetup, useFormSession } from './use-form-session.ts'

const definition: FormDefinition = {
  id: 'visit',
  kind: 'form',
  schemaVersion: 1,
  label: 'Visit',
  title: { formula: 'null' },
  fields: ['subject', 'day', 'note', 'rest'].map((id) => ({ id, type: 'text', label: id, required: id === 'note' })),
  tabs: [
    { id: 'when', label: 'When' },
    { id: 'what', label: 'What' },
    { id: 'nothing', label: 'Nothing' },
  ],
  layout: [
    { section: 'head', label: 'Head', items: ['subject'] },
    { section: 'time', label: 'Time', tab: 'when', items: ['day'] },
    { section: 'work', label: 'Work', tab: 'what', items: ['note'] },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' })
const rights = Object.fromEntries([...form.fields.keys()].map((id) => [id, 'edit' as const]))
const setup = {
  form,
  mode: 'edit',
  mask: null,
  rights,
  ...formSchema(form, { mode: 'edit', rights: new Map(Object.entries(rights)), locale: 'en' }),
  data: {},
  version: 1,
  facts: { now: 0, zone: 'UTC' },
} as unknown as FormSetup

let session: FormSession
function Bench() {
  session = useFormSession(setup)
  return <FormView session={session} label="Visit" />
}
const show = (what: React.ReactNode) =>
  render(
    <UiEnvironmentProvider value={{ ...emptyEnvironment, locale: 'en', lookup: () => form }}>
      <RefsProvider refs={{}}>{what}</RefsProvider>
    </UiEnvironmentProvider>,
  )
const isSeen = (label: string) => screen.getByLabelText(new RegExp(label)).closest('[hidden]') === null

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { ui: uiTexts.en } }, defaultNS: 'ui', interpolation: { escapeValue: false } })
})
beforeEach(() => localStorage.clear())

test('one tab is open at a time; what is in none stays in sight; a tab of nothing is none', () => {
  show(<Bench />)
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['When', 'What'])
  expect(['subject', 'day', 'note', 'rest'].map(isSeen)).toEqual([true, true, false, true])
  fireEvent.click(screen.getByRole('tab', { name: 'What' }))
  expect(['subject', 'day', 'note', 'rest'].map(isSeen)).toEqual([true, false, true, true])
})

test('arrows go from tab to tab, and the open one is remembered', () => {
  const { unmount } = show(<Bench />)
  screen.getByRole('tab', { name: 'When' }).focus()
  fireEvent.keyDown(document.activeElement!, { key: 'ArrowRight' })
  expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'What' }))
  unmount()
  show(<ReadSections form={form} values={{}} />)
  expect(screen.getByRole('tab', { name: 'What', selected: true })).toBeTruthy()
})

test('a tab says how many of its fields are wrong, and opens when no other problem is in sight', () => {
  show(<Bench />)
  act(() => {
    session.reveal()
  })
  const tab = screen.getByRole('tab', { name: /What/ })
  expect(tab.textContent).toBe('What1, 1 to correct')
  expect(tab.getAttribute('aria-selected')).toBe('true')
  expect(isSeen('note')).toBe(true)
})
