import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { wide } from './checks.ts'
import { bells, openList, saved, strategicCustomer, urgentTicket } from './designer-steps.ts'
import { arrowTo, expectFocus, focused, overwrite, press, tabTo, take, takeFromMenu, takeIn } from './keyboard.ts'
import { type Product, signIn, startProduct } from './product.ts'

// The ten-minute task by somebody who has no pointer, to the end.
let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

/** Goes to a definition by the search in the left column, which Ctrl-K opens. */
async function open(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expectFocus(page, /^Find$/)
  await page.keyboard.type(name)
  await arrowTo(page, new RegExp(`^${name}$`))
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name, exact: true }).and(page.locator('[aria-current=page]')).waitFor()
}

/** A new definition, from its + in the left column. */
async function make(page: Page, kind: string, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expectFocus(page, /^Find$/)
  await page.keyboard.press('Delete')
  await arrowTo(page, new RegExp(`^New ${kind}$`))
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: `New ${kind}` }).waitFor()
  await expectFocus(page, /^Name in English$/)
  await page.keyboard.type(name)
  await takeIn(page, /^Form it is about$/, 'Ticket')
  await press(page, /^Create$/)
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

/** A condition more in the group that is called so. */
async function addCondition(page: Page, group: string, field: string, value: string): Promise<void> {
  await press(page, new RegExp(`^${group} › Add a condition$`))
  await expectFocus(page, /Field$/)
  await take(page, field)
  await takeIn(page, /Value$/, value)
}

async function addField(page: Page): Promise<void> {
  await tabTo(page, /^Find$/)
  await page.keyboard.type('Ticket')
  await arrowTo(page, /^Ticket$/)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Subject, Text/ }).waitFor()
  await tabTo(page, /Find a field type$/)
  await page.keyboard.type('money')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Money, Money' }).waitFor()
  await expectFocus(page, /Money, Money$/)
  await page.keyboard.press('Enter')
  await expectFocus(page, /Label$|Name$/)
  await overwrite(page, 'Budget')
  await addCondition(page, 'Required when', 'Priority', 'Urgent')
  await page.getByRole('button', { name: /^Budget, Money, required when/ }).waitFor()
  await saved(page)
}

async function addApproval(page: Page): Promise<void> {
  await open(page, 'Ticket procedure')
  await page.getByRole('group', { name: 'line Accept', exact: true }).waitFor({ state: 'attached' })
  await tabTo(page, /line Accept$/)
  await page.keyboard.press('n')
  await takeFromMenu(page, 'Approval')
  await expectFocus(page, /Approval/)
  await page.keyboard.press('Enter')
  await expectFocus(page, /Label$/)
  await overwrite(page, 'Finance approval')
  await tabTo(page, /Instruction$/)
  await page.keyboard.type('Check the budget')
  await press(page, /Add to “Assign/)
  await takeIn(page, /(^|› )Assign 1$/, 'Role', 'Shift+Tab')
  await takeIn(page, /(^|› )Role$/, 'Finance')
  await press(page, /Add “Limit”$/)
  await tabTo(page, /(^|› )Within$/)
  await page.keyboard.type('2')
  await page.getByRole('group', { name: /Finance approval, .*Finance.* 2 h/ }).waitFor({ state: 'attached' })
  await saved(page)
}

async function writeMessage(page: Page): Promise<void> {
  await make(page, 'message template', 'Urgent VIP ticket')
  await tabTo(page, /Send by SMS$/)
  await page.keyboard.press('Space')
  await tabTo(page, /SMS Body \(English\)$/)
  const body = 'Urgent ticket of a strategic customer.'
  await page.keyboard.type(body)
  await page.getByRole('region', { name: 'Preview of SMS (English)' }).getByText(body).waitFor()
}

async function writeRule(page: Page): Promise<void> {
  await make(page, 'rule', 'Tell the director')
  await addCondition(page, 'If', 'Priority', 'Urgent')
  await addCondition(page, 'If', 'Customer › Level', 'Strategic')
  await press(page, /Add an action$/)
  await takeFromMenu(page, 'Notify')
  await expectFocus(page, /^Notify/)
  await press(page, /Add to “To”$/)
  await takeIn(page, /(^|› )To 1$/, 'Role', 'Shift+Tab')
  await takeIn(page, /(^|› )Role$/, 'Service director')
  await tabTo(page, /Rule is on$/, 'Shift+Tab')
  await page.keyboard.press('Space')
  await page.getByText('On', { exact: true }).waitFor()
  await takeIn(page, /Message$/, 'Urgent VIP ticket')
  await page
    .getByText(/if Priority is Urgent and Customer › Level is Strategic, then/)
    .first()
    .waitFor()
  await saved(page)
}

/** Takes several steps back from where the last was done, a list, and does them again. */
async function undoAndRedo(page: Page): Promise<void> {
  const message = page.getByRole('main').getByText('Urgent VIP ticket').first()
  const director = page.getByRole('main').getByText('Service director').first()
  await page.keyboard.press('Control+z')
  await message.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+z')
  await page.getByText('Off', { exact: true }).waitFor()
  await page.keyboard.press('Control+z')
  await director.waitFor({ state: 'detached' })
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+Shift+z')
  await director.waitFor()
  await page.getByText('On', { exact: true }).waitFor()
  await message.waitFor()
  await saved(page)
}

async function tryRule(page: Page, subject: string): Promise<void> {
  await tabTo(page, /Choose a record$/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type(subject)
  await openList(page).getByText(subject).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Acts', { exact: true }).waitFor()
  await page.getByText('was: Urgent').waitFor()
}

async function tryFlow(page: Page): Promise<void> {
  await open(page, 'Ticket procedure')
  await tabTo(page, /Design$/)
  await page.keyboard.press('ArrowRight')
  await page.getByRole('combobox', { name: 'Choose a record' }).waitFor()
  await tabTo(page, /Choose a record$/)
  await page.keyboard.press('ArrowDown')
  await openList(page).locator('.ant-select-item-option').first().waitFor()
  await page.keyboard.press('Enter')
  await press(page, /Start$/)
  await page.getByRole('region', { name: 'Accept' }).waitFor()
  await press(page, /^Accept › Accept$/)
  await page.getByRole('region', { name: 'Finance approval' }).waitFor()
  await saved(page)
}

/** Publishes: what no longer holds is agreed to, point by point. */
async function publish(page: Page): Promise<void> {
  await press(page, /^Publish$/, 'Shift+Tab')
  const dialog = page.getByRole('dialog', { name: 'Publish the app' })
  await dialog.getByText('Compared with the version in use').waitFor()
  const waits = dialog.getByRole('button', { name: /need(s)? your consent/ })
  await waits.waitFor()
  while (await waits.isVisible()) {
    const before = await waits.innerText()
    await press(page, /need(s)? your consent/)
    await page.keyboard.press('Space')
    await expect.poll(async () => ((await waits.isVisible()) ? waits.innerText() : '')).not.toBe(before)
  }
  await press(page, /^Publish as version/)
  await page.getByText(/Version \d+ is published/).waitFor({ timeout: 60_000 })
  await press(page, /^Go on designing$/)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expectFocus(page, /^Publish$/)
}

/** An urgent ticket, filled in by staff: without its budget it is not taken. */
async function fillInTicket(page: Page, subject: string, customer: string): Promise<void> {
  await page.getByLabel('Budget').first().waitFor()
  await tabTo(page, /› Subject\*$/)
  await page.keyboard.type(subject)
  await takeIn(page, /› Request type\*$/, 'Technical support')
  await takeIn(page, /› Channel$/, 'Phone')
  await tabTo(page, /› Customer$/)
  await page.keyboard.type(customer)
  await openList(page).getByText(customer).first().waitFor()
  await page.keyboard.press('Enter')
  await takeIn(page, /› Priority$/, 'Urgent')
  await press(page, /^Create$/)
  await expectFocus(page, /› Budget\*$/)
  await page.keyboard.type('1200')
  await press(page, /^Create$/)
  await page.getByRole('heading', { name: subject }).waitFor()
  await page.getByText('1,200').first().waitFor()
}

/** Back to what was in force before. */
async function rollBack(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expectFocus(page, /^Find$/)
  await arrowTo(page, /^Versions$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Versions' }).waitFor()
  await press(page, /^Go back to this version$/)
  await page.getByRole('dialog').getByRole('heading', { name: 'Compared with the version in use' }).waitFor()
  await press(page, /^Go back to this version$/)
  await page.getByText(/Back at version \d+/).waitFor({ timeout: 60_000 })
}

describe('without a pointer, in English', { timeout: 480_000 }, () => {
  test('a field, required when urgent; approval by finance in two hours; a text message to the director: tried, undone, published, used, rolled back', async ({
    visit,
  }) => {
    const staff = await visit(product.origin, { ...wide, locale: 'en-GB' })
    await signIn(staff, 'supervisor')
    const now = Date.now()
    await urgentTicket(staff, `Before ${now}`)
    await strategicCustomer(staff, `Harbour ${now}`)

    const page = await visit(product.origin, { ...wide, locale: 'en-GB', path: '/design/after_sales' })
    await tabTo(page, /^User name$/)
    await page.keyboard.type('admin')
    await tabTo(page, /^Password$/)
    await page.keyboard.type('tenon-demo')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'After-sales service' }).waitFor()

    await addField(page)
    await addApproval(page)
    await writeMessage(page)
    await writeRule(page)
    await undoAndRedo(page)
    await tryRule(page, `Before ${now}`)
    await tryFlow(page)
    await publish(page)

    await staff.goto(`${product.origin}/a/after_sales/f/ticket/new`)
    await fillInTicket(staff, `Keyboard ${now}`, `Harbour ${now}`)
    const director = await visit(product.origin, wide)
    await signIn(director, 'manager')
    await expect.poll(() => bells(director), { timeout: 20_000 }).toContain('Urgent VIP ticket')

    await rollBack(page)
    await expect.poll(() => focused(page)).not.toBe('')
    await staff.goto(`${product.origin}/a/after_sales/f/ticket/new`)
    await staff.getByLabel('Subject').first().waitFor()
    expect(await staff.getByLabel('Budget').count()).toBe(0)
  }, 480_000)
})
