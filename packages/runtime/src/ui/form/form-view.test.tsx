import { type FieldValue, type FormDefinition, formModel, formSchema, type Mask } from '@tenon/engine'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import i18next from 'i18next'
import { useState } from 'react'
import { initReactI18next } from 'react-i18next'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyEnvironment, RefsProvider, type UiEnvironment, UiEnvironmentProvider } from '../environment.tsx'
import { uiTexts } from '../texts.ts'
import { FormView } from './FormView.tsx'
import { type FormSession, type FormSetup, useFormSession } from './use-form-session.ts'

const drawn: string[] = []
vi.mock('../controls/NumberInput.tsx', async (load) => {
  const original = await load<typeof import('../controls/NumberInput.tsx')>()
  const NumberInput: typeof original.NumberInput = (props) => {
    drawn.push(String(props.value))
    return <original.NumberInput {...props} />
  }
  return { NumberInput }
})

const definition: FormDefinition = {
  id: 'ticket',
  kind: 'form',
  schemaVersion: 1,
  label: 'Ticket',
  title: { formula: 'subject' },
  fields: [
    {
      id: 'subject',
      type: 'text',
      label: { 'zh-CN': '主题', en: 'Subject' },
      required: true,
      maxLength: 20,
      help: 'In one sentence',
    },
    {
      id: 'kind',
      type: 'select',
      label: 'Kind',
      options: [
        { id: 'fault', label: 'Fault' },
        { id: 'question', label: 'Question' },
      ],
    },
    {
      id: 'code',
      type: 'text',
      label: 'Error code',
      visibleWhen: { fact: 'record', path: '$.kind', operator: 'equal', value: 'fault' },
    },
    { id: 'hours', type: 'number', label: 'Hours', scale: 1, min: 0 },
    { id: 'rate', type: 'money', label: 'Rate' },
    { id: 'cost', type: 'formula', label: 'Cost', formula: 'hours * rate', result: 'money' },
    { id: 'note', type: 'longText', label: 'Note' },
  ],
  layout: [
    { section: 'what', label: 'What', items: [{ field: 'subject', span: 2 }, 'kind', 'code'] },
    { section: 'money', label: 'Money', items: ['hours', 'rate', 'cost'] },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' })
const environment: UiEnvironment = { ...emptyEnvironment, locale: 'en', lookup: () => form }

function setupOf({
  data = {},
  mask = null,
  draftKey,
}: {
  data?: Record<string, FieldValue>
  mask?: Mask | null
  draftKey?: string
} = {}): FormSetup {
  const rights = Object.fromEntries([...form.fields.keys()].map((id) => [id, 'edit' as const]))
  const { schema, uiSchema } = formSchema(form, {
    mode: 'edit',
    rights: new Map(Object.entries(rights)),
    mask: mask ?? undefined,
    locale: 'en',
  })
  return {
    form,
    mode: 'edit',
    mask,
    rights,
    schema,
    uiSchema,
    data,
    version: 1,
    facts: { now: Date.parse('2026-03-02T06:00:00Z'), zone: 'Asia/Shanghai' },
    draftKey,
  } as FormSetup
}

let session: FormSession
function Bench({ setup }: { setup: FormSetup }) {
  session = useFormSession(setup)
  return <FormView session={session} label="Ticket" />
}
function Stage({ setup }: { setup: FormSetup }) {
  const [shown] = useState(setup)
  return (
    <UiEnvironmentProvider value={environment}>
      <RefsProvider refs={{}}>
        <Bench setup={shown} />
      </RefsProvider>
    </UiEnvironmentProvider>
  )
}
const draw = (options?: Parameters<typeof setupOf>[0]) => render(<Stage setup={setupOf(options)} />)
const type = (label: string, value: string) => {
  const box = screen.getByLabelText(new RegExp(`^${label}`))
  fireEvent.change(box, { target: { value } })
  fireEvent.blur(box)
}

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { ui: uiTexts.en } }, defaultNS: 'ui', interpolation: { escapeValue: false } })
})
beforeEach(() => localStorage.clear())

describe('a form on an engine model', () => {
  it('draws sections, labels and what was placed nowhere', () => {
    draw()
    expect(screen.getByRole('region', { name: 'What' })).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Other' })).toBeTruthy()
    expect(screen.getByLabelText(/^Note/).tagName).toBe('TEXTAREA')
  })

  it('says what is missing only when somebody tries to send, and at its field', async () => {
    draw()
    expect(screen.queryByRole('alert')).toBeNull()
    let ready = true
    await waitFor(() => {
      ready = session.reveal()
    })
    expect(ready).toBe(false)
    expect((await screen.findByRole('alert')).textContent).toMatch(/Subject/)
    expect(screen.getByLabelText(/^Subject/).getAttribute('aria-invalid')).toBe('true')
  })

  it('draws again only what shows something else', async () => {
    draw({ data: { hours: '1.0', rate: '2.00' } })
    await waitFor(() => expect(session.reveal()).toBe(false))
    drawn.length = 0
    type('Note', 'a')
    type('Subject', 'printer')
    expect(session.values).toMatchObject({ note: 'a', subject: 'printer' })
    expect(drawn).toEqual([])
    type('Hours', '3')
    expect(session.values).toMatchObject({ note: 'a', subject: 'printer', hours: '3.0', cost: '6.00' })
    expect(drawn).toContain('3.0')
    expect(drawn).not.toContain('2.00')
  })

  it('shows a field as soon as its condition holds', async () => {
    draw({ data: { kind: 'question' } })
    expect(screen.queryByLabelText(/^Error code/)).toBeNull()
    session.set('kind', 'fault')
    expect(await screen.findByLabelText(/^Error code/)).toBeTruthy()
  })

  it('computes while typing, exactly', async () => {
    draw()
    type('Hours', '0.3')
    type('Rate', '0.10')
    await waitFor(() => expect(screen.getByText('¥0.03')).toBeTruthy())
    expect(session.changes).toEqual({ hours: '0.3', rate: '0.10' })
  })

  it('tells a wrong value once its field is left', async () => {
    draw()
    type('Hours', '-1')
    expect((await screen.findByRole('alert')).textContent).not.toBe('')
  })

  it('lets a step edit its own fields only', () => {
    draw({ data: { subject: 'Paper jam', note: 'Called twice' }, mask: { note: 'required', rate: 'hidden' } })
    expect(screen.getByLabelText(/^Note/).tagName).toBe('TEXTAREA')
    expect(screen.queryByLabelText(/^Subject/)).toBeNull()
    expect(screen.getByText('Paper jam')).toBeTruthy()
    expect(screen.queryByText('Rate')).toBeNull()
  })

  it('shows what the server found until the field changes', async () => {
    draw({ data: { subject: 'Paper jam' } })
    session.blame([{ path: '/values/subject', message: 'This subject exists already' }])
    expect((await screen.findByRole('alert')).textContent).toBe('This subject exists already')
    type('Subject', 'Another')
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  it('keeps a half-filled form across a reload, until it is sent', async () => {
    const first = draw({ draftKey: 'r1' })
    type('Subject', 'Half')
    await waitFor(() => expect(localStorage.getItem('tenon.draft.r1')).toContain('Half'))
    first.unmount()
    const second = draw({ draftKey: 'r1' })
    expect((screen.getByLabelText(/^Subject/) as HTMLInputElement).value).toBe('Half')
    expect(session.restored).toBe(true)
    session.discard()
    await waitFor(() => expect((screen.getByLabelText(/^Subject/) as HTMLInputElement).value).toBe(''))
    second.unmount()
    expect(localStorage.getItem('tenon.draft.r1')).toBeNull()
  })

  it('keeps the version the draft began from, so that nothing is overwritten unseen', () => {
    localStorage.setItem('tenon.draft.r2', JSON.stringify({ values: { subject: 'Mine' }, version: 1, at: Date.now() }))
    render(<Stage setup={{ ...setupOf({ draftKey: 'r2' }), version: 4 }} />)
    expect(session.version).toBe(1)
  })
})
