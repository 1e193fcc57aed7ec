import { type FormDefinition, type FormModel, formModels, formSchema } from '@tenon/engine'
import { act, render, screen } from '@testing-library/react'
import i18next from 'i18next'
import { useState } from 'react'
import { initReactI18next } from 'react-i18next'
import { beforeAll, expect, test } from 'vitest'
import { emptyEnvironment, type Refs, RefsProvider, UiEnvironmentProvider } from '../../environment.tsx'
import { FormView } from '../../form/FormView.tsx'
import { type FormSession, type FormSetup, useFormSession } from '../../form/use-form-session.ts'
import { uiTexts } from '../../texts.ts'

const head = { kind: 'form', schemaVersion: 1, title: { formula: 'id' } } as const
const customer: FormDefinition = {
  ...head,
  id: 'customer',
  label: 'Customer',
  fields: [
    {
      id: 'level',
      type: 'select',
      label: 'Level',
      options: [
        { id: 'vip', label: 'Important' },
        { id: 'plain', label: 'Standard' },
      ],
    },
    { id: 'stage', type: 'stage', label: 'Stage' },
  ],
  stages: [{ id: 'won', label: 'Won at last', category: 'closed' }],
}
const ticket: FormDefinition = {
  ...head,
  id: 'ticket',
  label: 'Ticket',
  fields: [
    { id: 'customer', type: 'link', label: 'Customer', form: 'customer' },
    { id: 'level', type: 'lookup', label: 'How important', link: 'customer', field: 'level' },
    { id: 'standing', type: 'lookup', label: 'Standing', link: 'customer', field: 'stage' },
  ],
}
const forms = formModels([customer, ticket], { id: 'demo', currency: 'CNY' })
const form = forms.get('ticket') as FormModel
const rights = Object.fromEntries([...form.fields.keys()].map((id) => [id, 'edit' as const]))
const setup = {
  form,
  mode: 'edit',
  mask: null,
  rights,
  ...formSchema(form, { mode: 'edit', rights: new Map(Object.entries(rights)), locale: 'en' }),
  data: { customer: 'c1', level: 'vip', standing: 'won' },
  version: 1,
  facts: { now: 0, zone: 'UTC' },
} as unknown as FormSetup
const refOf = (title: string, card: Record<string, string>) =>
  ({ kind: 'record', app: 'demo', form: 'customer', title, card }) as const
const refs: Refs = { c1: refOf('One', { level: 'vip', stage: 'won' }), c2: refOf('Two', { level: 'plain' }) }

let session: FormSession
function Bench() {
  const [shown] = useState(setup)
  session = useFormSession(shown)
  return <FormView session={session} label="Ticket" />
}

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { ui: uiTexts.en } }, defaultNS: 'ui', interpolation: { escapeValue: false } })
})

test('a lookup is drawn as the field it shows, changes with the link, and is nothing to enter or to send', async () => {
  render(
    <UiEnvironmentProvider value={{ ...emptyEnvironment, locale: 'en', lookup: (name) => forms.get(name) }}>
      <RefsProvider refs={refs}>
        <Bench />
      </RefsProvider>
    </UiEnvironmentProvider>,
  )
  expect(screen.getByText('Important')).toBeTruthy()
  expect(screen.getByText('Won at last')).toBeTruthy()
  expect(screen.queryByRole('combobox', { name: /How important/ })).toBeNull()
  await act(async () => session.set('customer', 'c2'))
  expect(await screen.findByText('Standard')).toBeTruthy()
  expect(screen.queryByText('Won at last')).toBeNull()
  expect(session.changes).toEqual({ customer: 'c2' })
  await act(async () => session.set('customer', null))
  expect(screen.queryByText('Standard')).toBeNull()
})
