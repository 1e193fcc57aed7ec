import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
export const wide = { viewport: { width: 1440, height: 900 } }
export const ticketForm = '/api/apps/after_sales/forms/ticket'
export type Records = {
  readonly total: number
  readonly items: readonly { readonly id: string; readonly title: string; readonly version: number }[]
}

/** Rules of WCAG that must hold; a page that breaks one of them badly fails its test. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = bad.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${String(target)} ${failureSummary ?? ''}`).join(' | ')}`,
  )
  expect(told).toEqual([])
}

/** A page that scrolls sideways is broken at this width. */
export async function expectFits(page: Page): Promise<void> {
  // Polled: a page lays itself out anew some frames after its window was resized.
  const tooMuch = () =>
    page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
  await expect.poll(tooMuch).toBe(0)
}

/** Nothing a person cannot read: raw ids, codes, what programs call nothing. */
export async function expectReadable(page: Page): Promise<void> {
  const text = await page.locator('body').innerText()
  expect(text).not.toMatch(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/)
  expect(text).not.toMatch(/\b(undefined|null|NaN|\[object Object\])\b/)
}
