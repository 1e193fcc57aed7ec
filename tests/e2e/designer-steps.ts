import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { ticketForm } from './checks.ts'
import { ask, send } from './product.ts'

// What several stories of the designer do and look at.

/** Waits until the draft is kept. */
export const saved = (page: Page): Promise<void> =>
  page
    .getByRole('status')
    .filter({ hasText: /已保存|Saved/ })
    .waitFor()

/** Everything the person on the page has been told. */
export const bells = async (page: Page): Promise<string> =>
  JSON.stringify((await ask<object>(page, '/api/notifications')).body)

/** The list of choices that is open. */
export const openList = (page: Page): Locator => page.locator('.ant-select-dropdown:visible')

/** A choice of the open list, by its words. */
export const choice = (page: Page, words: string): Locator => openList(page).getByTitle(words, { exact: true }).last()

/** Picks from a list as people do: opens it and clicks the words. */
export async function pick(page: Page, list: Locator, words: string): Promise<void> {
  await list.click()
  await choice(page, words).click()
}

/** A strategic customer, entered by whoever is signed in; gives its id. */
export async function strategicCustomer(page: Page, name: string): Promise<string> {
  const customer = await send<{ id: string }>(page, 'POST', '/api/apps/after_sales/forms/customer/records', {
    values: { name, level: 'vip', region: 'east' },
  })
  expect(customer.status, JSON.stringify(customer.body)).toBe(201)
  return customer.body.id
}

/** A ticket of a strategic customer, urgent from the start; gives its id. */
export async function urgentTicket(page: Page, subject: string): Promise<string> {
  const customer = await strategicCustomer(page, `${subject}客户`)
  const ticket = await send<{ id: string }>(page, 'POST', `${ticketForm}/records`, {
    values: { subject, request_type: 'technical', channel: 'phone', customer, priority: 'urgent' },
  })
  expect(ticket.status, JSON.stringify(ticket.body)).toBe(201)
  return ticket.body.id
}
