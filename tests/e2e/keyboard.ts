import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { openList } from './designer-steps.ts'

// What a person does who has no pointer: Tab, arrows, Enter and letters.

/** What has the keyboard, by its name, behind that of the group it stands in: Required when › Add a condition. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLInputElement | null
    if (!one || one === document.body) return ''
    const by = (one.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim()
    const name =
      one.getAttribute('aria-label') || by || one.labels?.[0]?.textContent || one.title || one.textContent || ''
    const group = one.parentElement?.closest('fieldset[aria-label], [role=group][aria-label], section[aria-label]')
    return `${group ? `${group.getAttribute('aria-label')} › ` : ''}${name.trim().replaceAll(/\s+/g, ' ')}`
  })

/** Waits until what is called so has the keyboard. */
export const expectFocus = (page: Page, name: RegExp | string): Promise<void> =>
  expect.poll(() => focused(page)).toMatch(name)

/** Goes on by Tab until what is called so has the keyboard. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const seen: string[] = []
  for (let step = 0; step < 250; step += 1) {
    await page.keyboard.press(key)
    const now = await focused(page)
    if (name.test(now)) return
    seen.push(now)
  }
  throw new Error(`nothing is called ${name}: ${[...new Set(seen)].join(' | ')}`)
}

/** Goes down a list by arrows until the row that is called so has the keyboard. */
export async function arrowTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = []
  for (let step = 0; step < 250; step += 1) {
    await page.keyboard.press('ArrowDown')
    const now = await focused(page)
    if (name.test(now)) return
    seen.push(now)
  }
  throw new Error(`no row is called ${name}: ${[...new Set(seen)].join(' | ')}`)
}

/** Goes to a button and presses it. */
export async function press(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(page, name, key)
  await page.keyboard.press('Enter')
}

/** Writes over what stands in the field that has the keyboard. */
export async function overwrite(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+A')
  await page.keyboard.type(words)
}

/** Picks from the list that has the keyboard: opens it, writes what is looked for, takes it. */
export async function take(page: Page, words: string): Promise<void> {
  const list = await focused(page)
  await page.keyboard.press('ArrowDown')
  const options = openList(page).locator('.ant-select-item-option')
  await expect.poll(() => options.count(), { message: `${list} opens` }).toBeGreaterThan(0)
  await page.keyboard.type(words)
  await openList(page).getByTitle(words, { exact: true }).first().waitFor()
  const active = openList(page).locator('.ant-select-item-option-active').first()
  for (let step = 0; step < 40 && (await active.getAttribute('title')) !== words; step += 1)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

/** Goes to a list and picks from it. */
export async function takeIn(page: Page, list: RegExp, words: string, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  await tabTo(page, list, key)
  await take(page, words)
}

/** Takes an entry of the menu that has just opened. */
export async function takeFromMenu(page: Page, words: string): Promise<void> {
  await page.getByRole('menuitem', { name: words }).first().waitFor()
  await page.locator('[role=menu]:focus-within').waitFor()
  for (let step = 0; step < 30 && !(await focused(page)).endsWith(words); step += 1)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}
