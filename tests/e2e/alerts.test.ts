import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, ticketForm, wide } from './checks.ts'
import { type Product, send, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

/** A strategic customer complains badly three times within a month, which nobody may overlook. */
async function threeComplaints(page: Page, customerName: string): Promise<string> {
  const customer = await send<{ id: string }>(page, 'POST', '/api/apps/after_sales/forms/customer/records', {
    values: { name: customerName, level: 'vip', region: 'east' },
  })
  expect(customer.status).toBe(201)
  let last = ''
  for (const subject of ['开机报错', '维修后再次停机', '要求退货']) {
    const ticket = await send<{ id: string }>(page, 'POST', `${ticketForm}/records`, {
      values: { subject, request_type: 'technical', channel: 'phone', customer: customer.body.id, severe: true },
    })
    expect(ticket.status).toBe(201)
    last = ticket.body.id
  }
  return last
}

describe('an alert', () => {
  test('says why it was raised, is taken in hand by a person, and is reached from the ticket', async ({ visit }) => {
    const page = await visit(product.origin, wide)
    await signIn(page, 'supervisor')
    const name = `预警医院 ${Date.now()}`
    const ticket = await threeComplaints(page, name)
    const title = `客户流失风险：${name}`

    await page.goto(`${product.origin}/work?tab=alerts`)
    await page.getByRole('link', { name: title }).click()
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await page.getByText('客户 · 客户等级 属于 战略客户、重点客户').waitFor()
    await page.getByText('严重投诉：3 条相关记录').waitFor()
    await expectAccessible(page)
    await expectReadable(page)

    await page.getByRole('button', { name: '我来处理' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('处理说明').fill('今天上门道歉')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '我来处理' }).click()
    await page.getByText('处理说明：今天上门道歉').waitFor()
    await expect.poll(() => page.getByRole('button', { name: '我来处理' }).count()).toBe(0)

    await page.goto(`${product.origin}/a/after_sales/f/ticket/${ticket}`)
    const raised = page.getByRole('listitem').filter({ hasText: '发出了预警' })
    await raised.getByRole('link', { name: title }).waitFor()
    await page
      .getByRole('listitem')
      .filter({ hasText: '执行了规则“客户流失风险”' })
      .getByRole('button', { name: '为什么？' })
      .click()
    await page
      .getByRole('dialog')
      .getByText(/严重投诉（最近 30 天） 大于 2/)
      .waitFor()
    await expectAccessible(page)
    await expectReadable(page)
    await page.keyboard.press('Escape')
    await raised.getByRole('link', { name: title }).click()
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  })

  test('is for those it was sent to: an agent sees neither it nor its title on the ticket', async ({ visit }) => {
    const page = await visit(product.origin, wide)
    await signIn(page, 'supervisor')
    const name = `保密医院 ${Date.now()}`
    const ticket = await threeComplaints(page, name)
    const agent = await visit(product.origin, { ...wide, path: `/a/after_sales/f/ticket/${ticket}` })
    await signIn(agent, 'agent1')
    await agent.getByRole('listitem').filter({ hasText: '发出了预警' }).waitFor()
    expect(await agent.getByText(`客户流失风险：${name}`).count()).toBe(0)
  })

  test('fits a phone, in the list and by itself', async ({ visit }) => {
    const page = await visit(product.origin, phone)
    await signIn(page, 'supervisor')
    const name = `手机医院 ${Date.now()}`
    await threeComplaints(page, name)
    await page.goto(`${product.origin}/alerts`)
    const link = page.getByRole('link', { name: `客户流失风险：${name}` })
    await link.waitFor()
    await expectFits(page)
    await expectAccessible(page)
    await expectReadable(page)
    await link.click()
    await page.getByText('严重投诉：3 条相关记录').waitFor()
    await expectFits(page)
    await expectAccessible(page)
    await expectReadable(page)
  })

  test('leaves its reasons in the rule log, for administrators', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: '/admin/rules' })
    await signIn(page, 'admin')
    await page.getByRole('heading', { name: '规则运行日志' }).waitFor()
    await page
      .getByRole('button', { name: /展开行|Expand row/ })
      .first()
      .click()
    await page
      .getByText(/全部满足|满足任一|没有条件|当时/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await expectReadable(page)
  })
})
