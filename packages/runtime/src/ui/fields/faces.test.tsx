import { type FieldTypeName, type FieldValue, type FormModel, fieldTypes } from '@tenon/engine'
import { render, screen } from '@testing-library/react'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { emptyEnvironment, RefsProvider, UiEnvironmentProvider } from '../environment.tsx'
import { ShownFormProvider } from '../show/ShownForm.tsx'
import { uiTexts } from '../texts.ts'
import { faceOf, fieldFaces } from './index.ts'

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { ui: uiTexts.en } }, defaultNS: 'ui', interpolation: { escapeValue: false } })
})
const form = { stages: new Map(), fields: new Map() } as unknown as FormModel
const Around = ({ children }: { children: React.ReactNode }) => (
  <UiEnvironmentProvider value={{ ...emptyEnvironment, locale: 'en' }}>
    <RefsProvider refs={{}}>
      <ShownFormProvider form={form}>{children}</ShownFormProvider>
    </RefsProvider>
  </UiEnvironmentProvider>
)

describe.each(Object.keys(fieldFaces) as FieldTypeName[])('%s', (name) => {
  const face = faceOf(name)
  const { examples, traits } = fieldTypes[name]

  it('can be entered exactly when people enter it', () => {
    expect(face.Edit !== undefined).toBe(traits.entered)
  })

  it('draws each of its examples, on a page and in a list', () => {
    for (const { field, value } of examples) {
      if (value === null) continue
      const Cell = face.Cell ?? face.View
      const { container, unmount } = render(
        <Around>
          <face.View field={field} value={value as NonNullable<FieldValue>} />
          <Cell field={field} value={value as NonNullable<FieldValue>} />
        </Around>,
      )
      expect(container.textContent?.trim() === '' && !container.querySelector('[role=img], img')).toBe(false)
      unmount()
    }
  })

  it('is a labelled control that can be locked', () => {
    const { Edit } = face
    const field = examples[0].field
    if (!Edit) return
    render(
      <Around>
        <label htmlFor="it">The label</label>
        <Edit field={field} id="it" value={null} onChange={() => {}} disabled />
      </Around>,
    )
    const control = screen.queryByLabelText('The label') ?? document.getElementById('it')
    expect(control).toBeTruthy()
    expect(
      control?.matches(':disabled, [aria-disabled=true]') ||
        control?.querySelector('[aria-disabled=true], [aria-checked]') !== null ||
        control?.closest('[class*=disabled]') !== null,
    ).toBe(true)
  })
})
