import { Buffer } from 'node:buffer'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { test } from '../support/browser.ts'
import { MailServer } from '../support/mail-server.ts'
import { expectAccessible, expectFits, expectReadable, phone, ticketForm, wide } from './checks.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

let product: Product
const mail = new MailServer()
beforeAll(async () => {
  await mail.open()
  vi.stubEnv('TENON_SMTP_URL', mail.url)
  product = await startProduct()
})
afterAll(async () => {
  await product?.stop()
  await mail.close()
})

vi.setConfig({ testTimeout: 240_000 })
const settings = '/design/after_sales/form/ticket?tab=settings'
const photo = {
  name: '漏墨.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
}

/** Runs in the page: what was typed is kept, and with it the file, which has arrived. */
const isKept = () => {
  const texts = Object.values(localStorage) as string[]
  const visit = texts.find((text) => text.includes('漏墨.png')) ?? '{}'
  const [file] = Object.keys((JSON.parse(visit) as { files?: object }).files ?? {})
  return file !== undefined && texts.some((text) => text.includes('周女士') && text.includes(file))
}

test('a builder opens a form to strangers, one reports a fault on a phone, and staff have the ticket', async ({
  visit,
}) => {
  // The form that is no more.
  visit.allow(/404 .*\/api\/public\//)
  // The builder: off, and on again with what was set, one field more, published.
  const page = await visit(product.origin, { ...wide, path: settings })
  await signIn(page, 'admin')
  const section = page.getByRole('region', { name: '公开表单' })
  const main = section.getByRole('switch', { name: '公开表单' })
  const fields = section.getByRole('group', { name: '请外部人员填写的字段' })
  await main.click()
  await section.getByText('下面的设置会保留').waitFor()
  await page.getByText('已保存', { exact: true }).waitFor()
  await expectAccessible(page)
  await expectReadable(page)
  await page.reload()
  await section.getByText('下面的设置会保留').waitFor()
  await main.click()
  await section.getByText('下面的设置会保留').waitFor({ state: 'detached' })
  expect(await fields.getByRole('checkbox', { name: '报修电话' }).isChecked()).toBe(true)
  expect(await section.getByLabel('标题', { exact: true }).inputValue()).toBe('在线报修')
  // What shows records and people of the inside cannot be chosen.
  expect(await fields.getByRole('checkbox', { name: '主题' }).isChecked()).toBe(true)
  expect(await fields.getByRole('checkbox', { name: '客户', exact: true }).isDisabled()).toBe(true)
  await fields.getByText('要从内部的记录、人员或部门中选择，不能对外').first().waitFor()
  for (const name of ['报修人', '报修电话', '问题描述', '附件']) await fields.getByRole('checkbox', { name }).check()
  await section.getByLabel('标题', { exact: true }).fill('打印机报修')
  await page.getByText('已保存', { exact: true }).waitFor()
  await expectAccessible(page)
  await expectReadable(page)
  await publish(page)
  await page.goto(product.origin + settings)
  await page.getByRole('button', { name: '生成链接' }).click()
  const address = await section.getByText(/\/p\/[\w-]{43}$/).innerText()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: '下载二维码' }).click(),
  ])
  expect(saved.suggestedFilename()).toBe('工单.png')

  // The stranger, without an account, on a phone.
  const outside = await visit(product.origin, { ...phone, path: new URL(address).pathname })
  await outside.getByRole('heading', { name: '打印机报修' }).waitFor()
  await expectFits(outside)
  await expectAccessible(outside)
  await outside.getByRole('button', { name: '提交', exact: true }).click()
  await outside.getByText('请填写主题').first().waitFor()
  await outside.getByLabel('主题').fill('A-100 漏墨')
  await outside.getByLabel('报修人').fill('周女士')
  await outside.getByLabel('报修电话').fill('13800138000')
  await outside.locator('input[type="file"]').setInputFiles(photo)
  await outside.getByText('漏墨.png').waitFor()
  // A reload loses nothing that was typed, nor what was uploaded.
  await expect.poll(() => outside.evaluate(isKept), { timeout: 20_000 }).toBe(true)
  await outside.reload()
  await outside.getByText('已恢复您上次没有提交的内容').waitFor()
  await outside.getByText('漏墨.png').waitFor()
  await outside.getByRole('button', { name: '提交', exact: true }).click()
  await outside.getByRole('heading', { name: '提交成功' }).waitFor()
  const number = await outside.getByText(/^TK\d/).innerText()
  await expectFits(outside)
  await expectAccessible(outside)
  await expectReadable(outside)

  // Staff: it is in the list and waits to be accepted, and says where it came from.
  const desk = await visit(product.origin, { ...wide, path: '/work' })
  await signIn(desk, 'agent1')
  const where = JSON.stringify({ fact: 'record', path: '$.number', operator: 'equal', value: number })
  const found = await ask<{ items: { id: string; values: Record<string, unknown> }[] }>(
    desk,
    `${ticketForm}/records?where=${encodeURIComponent(where)}`,
  )
  const [ticket] = found.body.items
  expect(ticket?.values).toMatchObject({ subject: 'A-100 漏墨', reporter: '周女士', stage: 'new' })
  // What the form sets by itself, it still sets.
  expect(ticket?.values).toMatchObject({ request_type: 'technical', channel: 'online_form' })
  await desk.goto(`${product.origin}/a/after_sales/f/ticket/${ticket?.id}`)
  await desk.getByText('A-100 漏墨').first().waitFor()
  await desk.getByText('漏墨.png').first().waitFor()
  const tasks = await ask<{ items: { node: string }[] }>(desk, `/api/tasks?record=${ticket?.id}`)
  expect(tasks.body.items).toMatchObject([{ node: 'intake' }])

  // Switched off, the page says so in words, whatever one had typed there.
  await section.getByRole('button', { name: '停用链接' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用链接' }).click()
  await section.getByRole('button', { name: '生成链接' }).waitFor()
  await outside.reload()
  await outside.getByText('表单不存在或已停止接收').waitFor()
  await expectAccessible(outside)
})

test('a builder opens the portal, a stranger finds the form there, reports, and comes back', async ({ visit }) => {
  // The portal before it is published again.
  visit.allow(/404 .*\/api\/portal\//)
  const page = await visit(product.origin, { ...wide, path: '/design/after_sales/app/app?tab=portal' })
  await signIn(page, 'admin')
  const tab = page.getByRole('region', { name: '客户门户' })
  const main = tab.getByRole('switch', { name: '客户门户' })
  await main.click()
  await page.getByText('已保存', { exact: true }).waitFor()
  await publish(page)
  const outside = await visit(product.origin, { ...phone, path: '/p/after_sales' })
  await outside.getByText('页面不存在或已关闭').waitFor()
  await expectAccessible(outside)

  // On again, with what was set before; another title, and the link that its form still needs.
  await page.goto(`${product.origin}/design/after_sales/app/app?tab=portal`)
  await main.click()
  await tab.getByLabel('标题', { exact: true }).fill('设备服务中心')
  await tab
    .getByRole('group', { name: /^提供的表单/ })
    .getByText('工单', { exact: true })
    .waitFor()
  await page.getByText('已保存', { exact: true }).waitFor()
  await expectAccessible(page)
  await expectReadable(page)
  await publish(page)
  await page.goto(`${product.origin}/design/after_sales/app/app?tab=portal`)
  await tab.getByRole('button', { name: '为“工单”生成链接' }).click()
  await tab.getByText('客户打开这个地址就能看到门户。').waitFor()
  await tab.getByRole('button', { name: '为“工单”生成链接' }).waitFor({ state: 'detached' })
  const address = await tab.getByText(/\/p\/after_sales$/).innerText()

  await outside.goto(product.origin + new URL(address).pathname)
  await outside.getByRole('heading', { name: '设备服务中心' }).waitFor()
  await expectFits(outside)
  await expectAccessible(outside)
  await expectReadable(outside)
  await outside.getByRole('link').first().click()
  await outside.getByLabel('主题').fill('B-200 不启动')
  await outside.getByLabel('报修人').fill('钱先生')
  await outside.getByLabel('报修电话').fill('13900139000')
  await outside.getByRole('button', { name: '提交', exact: true }).click()
  await outside.getByRole('heading', { name: '提交成功' }).waitFor()
  await outside.getByRole('link', { name: '返回' }).click()
  await outside.getByRole('heading', { name: '设备服务中心' }).waitFor()
})

test('a contact signs in with a code from the mail and follows his own request', async ({ visit }) => {
  const desk = await visit(product.origin, { ...wide, path: '/work' })
  await signIn(desk, 'agent1')
  visit.allow(/401 .*\/forms\/ticket\/records/)
  const to = `Sun.Li${Date.now()}@example.com`
  const forms = '/api/apps/after_sales/forms'
  const contact = await send<{ id: string }>(desk, 'POST', `${forms}/contact/records`, {
    values: { name: '孙丽', email: to },
  })
  for (const values of [
    { subject: 'C-300 leaks oil', contact: contact.body.id, site: 'Hall 7' },
    { subject: 'Somebody else’s affair' },
  ])
    await send(desk, 'POST', `${forms}/ticket/records`, {
      values: { request_type: 'technical', channel: 'phone', ...values },
    })

  const page = await visit(product.origin, { ...phone, path: '/p/after_sales', locale: 'en-US' })
  await page.getByRole('link', { name: 'My requests' }).click()
  await page.getByLabel('Mail address').fill(to.toLowerCase())
  const before = mail.arrived.length
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code of six digits').waitFor()
  await expectAccessible(page)
  await expectReadable(page)
  const arrived = () => mail.arrived.slice(before).find((one) => one.to.includes(to.toLowerCase()))
  await expect.poll(arrived, { timeout: 20_000 }).toBeDefined()
  const code = /code to sign in is (\d{6})/.exec(arrived()?.source ?? '')?.[1] ?? ''
  await page.getByLabel('Code of six digits').fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const own = page.getByRole('list', { name: 'My requests' })
  await own.getByRole('link', { name: /C-300 leaks oil/ }).waitFor()
  expect(await own.getByRole('listitem').count()).toBe(1)
  await expectFits(page)
  await expectAccessible(page)
  await own.getByRole('link').click()
  await page.getByRole('list', { name: 'Progress' }).getByText('Received').waitFor()
  await page.getByText('Hall 7').waitFor()
  await expectFits(page)
  await expectAccessible(page)
  await expectReadable(page)
  // What the browser holds now opens nothing else.
  const outside = await ask<{ code: string }>(page, `${forms}/ticket/records`)
  expect(outside.body.code).toBe('session.required')
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'My requests' }).click()
  await page.getByLabel('Mail address').waitFor()
})

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: '发布', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '发布应用' })
  await dialog.getByRole('button', { name: /^发布为版本/ }).click()
  await page.getByText(/版本 \d+ 已发布/).waitFor({ timeout: 60_000 })
}
