import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import i18next from 'i18next'
import { useState } from 'react'
import { initReactI18next } from 'react-i18next'
import { beforeAll, expect, test } from 'vitest'
import { emptyEnvironment, UiEnvironmentProvider } from '../environment.tsx'
import { uiTexts } from '../texts.ts'
import { TagsSelect } from './TagsSelect.tsx'

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { ui: uiTexts.en } }, defaultNS: 'ui', interpolation: { escapeValue: false } })
})

let kept: readonly string[]
function Bench({ used }: { used: readonly string[] }) {
  const [now, setNow] = useState<readonly string[]>([])
  kept = now
  const form = { app: 'demo', id: 'visit' } as never
  return (
    <UiEnvironmentProvider value={{ ...emptyEnvironment, usedTexts: async () => used }}>
      <TagsSelect id="it" form={form} field="topics" value={now} onChange={setNow} placeholder="" />
    </UiEnvironmentProvider>
  )
}
const type = (text: string) => fireEvent.change(screen.getByRole('combobox'), { target: { value: text } })
const enter = () => {
  const key = { key: 'Enter', keyCode: 13, which: 13 }
  fireEvent.keyDown(screen.getByRole('combobox'), key)
  fireEvent.keyUp(screen.getByRole('combobox'), key)
}

test('Enter takes what is written, whatever was offered before', async () => {
  render(<Bench used={['返修', 'VIP 客户', 'VIP']} />)
  fireEvent.mouseDown(screen.getByRole('combobox'))
  await screen.findAllByText('返修')
  type('返修、')
  expect(kept).toEqual(['返修'])
  type('VIP')
  enter()
  await waitFor(() => expect(kept).toEqual(['返修', 'VIP']))
  type('全新')
  enter()
  await waitFor(() => expect(kept).toEqual(['返修', 'VIP', '全新']))
})

test('nobody has to be asked: without proposals there are just texts', async () => {
  render(<Bench used={[]} />)
  type(' a ，b;')
  expect(kept).toEqual(['a', 'b'])
})
