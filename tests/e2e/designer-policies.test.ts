import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, ticketForm, wide } from './checks.ts'
import { bells, saved } from './designer-steps.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

// The benches of what surrounds a flow: promises, calendars, assignment, messages, metrics, scenarios.
let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

const workshop = '/design/after_sales'
const design = '/api/design/apps/after_sales'

type Files = { readonly files: readonly { readonly path: string; readonly text?: string }[] }
/** A definition as the draft has it. */
async function drafted<T>(page: Page, path: string): Promise<T> {
  const { files } = (await ask<Files>(page, `${design}/draft`)).body
  return JSON.parse(files.find((file) => file.path === path)?.text ?? '{}') as T
}

const options = (page: Page) => page.locator('.ant-select-dropdown:visible')

/** Picks from a list as people do: opens it and clicks the words. */
async function pick(page: Page, list: Locator, words: string): Promise<void> {
  await list.click()
  await options(page).getByTitle(words, { exact: true }).last().click()
}

/** On a phone the left column, by which `signIn` knows that somebody has arrived, is folded away. */
async function arrive(page: Page, path: string): Promise<void> {
  await page.getByLabel(/^(用户名|User name)$/).fill('admin')
  await page.getByLabel(/^(密码|Password)$/).fill('tenon-demo')
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
  await page
    .getByRole('link', { name: /售后服务|After-sales/ })
    .first()
    .waitFor()
  await page.goto(product.origin + path)
}

async function expectSound(page: Page): Promise<void> {
  await expectFits(page)
  await expectReadable(page)
  await expectAccessible(page)
}

describe('the benches of policies', { timeout: 300_000 }, () => {
  test('a promise is given twice the time: worked out, looked back on, undone, published; a new ticket has it, and the new message', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...wide, path: '/design' })
    await arrive(page, `${workshop}/policy/urgent`)
    const clock = page.getByRole('button', { name: /^首次响应/ })
    await clock.click()
    const within = page.getByRole('spinbutton', { name: '时限' }).first()
    await within.fill('30')
    await page.getByRole('button', { name: /^首次响应.*30 分钟/ }).waitFor()
    await saved(page)

    // A request of now that is urgent: half an hour from its opening, whatever the day.
    const side = page.getByRole('complementary', { name: '验证' })
    await side.getByLabel('提出时间').fill('2026-12-05T22:00')
    await pick(page, side.getByRole('combobox', { name: '优先级' }), '紧急')
    await side
      .getByRole('region', { name: '首次响应' })
      .getByText(/22:30.* 到期/)
      .waitFor()
    await expectSound(page)

    await side.getByRole('tab', { name: '回看历史' }).click()
    await side.getByRole('button', { name: '开始比较' }).click()
    await side.getByText(/比较了 [1-9]\d* 条记录，其中 [1-9]\d* 条结果会不同/).waitFor()
    const figures = side.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '首次响应' }) })
    await figures
      .getByText(/达标率/)
      .first()
      .waitFor()
    await side.getByRole('list', { name: '结果不同的记录' }).getByRole('listitem').first().waitFor()
    await expectSound(page)

    // Taken back the past is as it was; done again it differs.
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByRole('button', { name: /^首次响应.*15 分钟/ }).waitFor()
    await side.getByRole('button', { name: '开始比较' }).click()
    await side.getByText('结果没有差别').waitFor()
    await page.getByRole('button', { name: '重做' }).click()
    await page.getByRole('button', { name: /^首次响应.*30 分钟/ }).waitFor()

    // The message of the rule that tells a customer's service manager of a new ticket.
    await page.getByRole('link', { name: '新工单', exact: true }).click()
    const body = page.getByRole('textbox', { name: '站内消息标题（中文）' })
    await body.fill('有新工单，请跟进：')
    await page.getByRole('region', { name: '站内消息 中文' }).getByRole('button', { name: '插入字段' }).first().click()
    await page.getByRole('menuitem', { name: '主题', exact: true }).click()
    const preview = page.getByRole('region', { name: '站内消息预览（中文）' })
    await preview.getByText(/^有新工单，请跟进：./).waitFor()
    await expect.poll(() => preview.innerText()).not.toContain('{{')
    await saved(page)

    // Publishing says what of the promises changes, and waits for a yes to each.
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '发布应用' })
    await dialog
      .getByText(/时效策略「紧急工单 SLA」的时钟「首次响应」的“目标 › 时限”由“15 分钟”改为“30 分钟”/)
      .waitFor()
    await dialog
      .getByText(/时钟“首次响应”的截止时间：期望 2026-03-02 09:15，实际 2026-03-02 09:30/)
      .first()
      .waitFor()
    const go = dialog.getByRole('button', { name: /^发布为版本/ })
    expect(await go.isDisabled()).toBe(true)
    await expectSound(page)
    await dialog.getByRole('button', { name: /还有 \d+ 处需要您确认/ }).click()
    await expect
      .poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.type))
      .toBe('checkbox')
    for (const consent of await dialog.getByRole('checkbox', { name: /不再成立/ }).all()) await consent.check()
    await go.click()
    await page.getByText(/版本 \d+ 已发布/).waitFor()

    // In the staff app: due after thirty minutes, and the manager told in the new words.
    const staff = await visit(product.origin, wide)
    await signIn(staff, 'agent1')
    const people = await ask<{ items: { id: string; username: string }[] }>(staff, '/api/people?q=supervisor')
    const manager = people.body.items.find(({ username }) => username === 'supervisor')?.id
    const customer = await send<{ id: string }>(staff, 'POST', '/api/apps/after_sales/forms/customer/records', {
      values: { name: `时效客户 ${Date.now()}`, level: 'standard', region: 'east', service_manager: manager },
    })
    expect(customer.status, JSON.stringify(customer.body)).toBe(201)
    const subject = `限时 ${Date.now()}`
    const ticket = await send<{ id: string }>(staff, 'POST', `${ticketForm}/records`, {
      values: { subject, request_type: 'technical', channel: 'phone', customer: customer.body.id, priority: 'urgent' },
    })
    expect(ticket.status, JSON.stringify(ticket.body)).toBe(201)
    type Ticket = { readonly created_at: string; readonly values: { readonly response_due: string } }
    const record = (await ask<Ticket>(staff, `${ticketForm}/records/${ticket.body.id}`)).body
    expect(Date.parse(record.values.response_due) - Date.parse(record.created_at)).toBe(30 * 60_000)
    await staff.goto(`${product.origin}/a/after_sales/f/ticket/${ticket.body.id}`)
    await staff.getByRole('heading', { name: new RegExp(subject) }).waitFor()
    await staff
      .getByText(/29:\d\d|30 分钟|29 分钟/)
      .first()
      .waitFor()

    const told = await visit(product.origin, wide)
    await signIn(told, 'supervisor')
    await expect.poll(() => bells(told), { timeout: 20_000 }).toContain(`有新工单，请跟进：${subject}`)
  })

  test('in English on a phone a day off, a make-up day and a table of holidays come into the calendar', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...phone, locale: 'en-GB', path: '/design' })
    await arrive(page, `${workshop}/calendar/service_hours`)
    await page.getByRole('button', { name: 'Month after' }).click()
    await page.getByRole('button', { name: 'Month after' }).click()
    const day = (row: number, column: number) =>
      page.getByRole('table').locator('tbody tr').nth(row).locator('td').nth(column).getByRole('button')
    const wednesday = day(1, 2)
    await wednesday.tap()
    await page.getByRole('button', { name: 'Day off', exact: true }).tap()
    await page.getByLabel('Name', { exact: true }).fill('Founding day')
    await page.getByLabel('Name', { exact: true }).press('Enter')
    await expect.poll(() => wednesday.getAttribute('aria-label')).toMatch(/, Founding day, Free$/)
    const saturday = day(1, 5)
    await saturday.tap()
    await page.getByRole('button', { name: 'Make-up working day', exact: true }).tap()
    await expect.poll(() => saturday.getAttribute('aria-label')).toMatch(/, Make-up working day, 7\.5 h$/)
    await expectSound(page)

    // What somebody was sent by mail, as a table.
    await page.getByRole('button', { name: 'Paste text' }).tap()
    await page
      .getByRole('textbox', { name: 'Text with holidays' })
      .fill("date,name,off or work\n2027-05-03,Workers' Day,off\n2027-05-04,Workers' Day,off\n2027-05-08,Make-up,work")
    await page.getByRole('button', { name: 'Import', exact: true }).tap()
    await page.getByText('Imported: 2 off, 1 worked.').waitFor()
    await expectSound(page)
    await saved(page)
    type Calendar = { readonly days: readonly object[]; readonly validUntil: string }
    const calendar = await drafted<Calendar>(page, 'calendars/service_hours.json')
    expect(calendar.validUntil).toBe('2027-12-31')
    expect(JSON.stringify(calendar.days)).toContain('"date":"2027-05-03","to":"2027-05-04"')
    await page.getByRole('button', { name: 'Undo' }).tap()
    await expect
      .poll(async () => JSON.stringify(await drafted(page, 'calendars/service_hours.json')))
      .not.toContain('2027-05-03')
  })

  test('in English on a phone the simulator ranks everybody, with the parts of the score and why not', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...phone, locale: 'en-GB', path: '/design' })
    await arrive(page, `${workshop}/assignment/balanced_by_skill`)
    const side = page.getByRole('complementary', { name: 'Simulator' })
    await side.getByText('A made-up one').tap()
    await pick(page, side.getByRole('combobox', { name: 'Service region', exact: true }), 'East China')
    const verdict = side.getByRole('status')
    await verdict.getByText(/^Goes to ./).waitFor()
    const people = side.getByRole('listitem')
    await people.first().getByText('Gets it').waitFor()
    await people
      .first()
      .getByText(/^Light load [\d.]+ × 5 = [\d.]+$/)
      .waitFor()
    await side
      .getByText(/^Why not /)
      .first()
      .click()
    await side
      .getByText(/points less than|Not met: |The same score as/)
      .first()
      .waitFor()
    await expectSound(page)

    // With nothing but the load counting, its part is the whole score.
    const winner = await verdict.innerText()
    await page.getByRole('button', { name: 'Remove “Served this customer”' }).tap()
    await page.getByRole('button', { name: 'Remove “High level of the skill”' }).tap()
    await page.getByRole('button', { name: 'Remove “Longest without”' }).tap()
    await page.getByRole('button', { name: /^Light load.*100%/ }).waitFor()
    await verdict.getByText(/^Goes to ./).waitFor()
    await expect.poll(() => people.first().innerText()).not.toContain('Served this customer')
    for (const _ of ['customer', 'level', 'longest']) await page.getByRole('button', { name: 'Undo' }).tap()
    await people
      .first()
      .getByText(/^Served this customer/)
      .waitFor()
    await expect.poll(() => verdict.innerText()).toBe(winner)
  })

  test('a message is written per channel and language, each as it arrives', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, locale: 'en-GB', path: '/design' })
    await arrive(page, `${workshop}/message/sla_breach`)
    const preview = (channel: string, language: string) =>
      page.getByRole('region', { name: `Preview of ${channel} (${language})` })
    const text = page.getByRole('textbox', { name: 'Inbox Title (English)' })
    await text.fill('Late: {{record.number}}')
    await preview('Inbox', 'English')
      .getByText(/^Late: TK\d{6}-\d+$/)
      .waitFor()
    await expect.poll(() => preview('Inbox', 'Chinese').innerText()).not.toContain('Late:')
    // A name that is not there is told at its place.
    await text.fill('Late: {{record.numbre}}')
    await page
      .getByRole('region', { name: 'Inbox English' })
      .getByRole('alert')
      .getByText(/numbre/)
      .waitFor()
    await text.fill('Late: {{record.number}}')

    await page.getByRole('switch', { name: 'Send by SMS' }).click()
    await page.getByRole('textbox', { name: 'SMS Body (English)' }).fill('Please call back.')
    await preview('SMS', 'English').getByText('Please call back.').waitFor()
    await preview('SMS', 'English').getByText('17 characters, sent as 1 part').waitFor()
    await page.getByRole('textbox', { name: 'SMS Body (Chinese)' }).fill('')
    await page
      .getByRole('region', { name: 'SMS Chinese' })
      .getByText('Blank: readers of this language see the English text.')
      .waitFor()
    await expectSound(page)
    await page.getByRole('switch', { name: 'Send by SMS' }).click()
    await preview('SMS', 'English').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await preview('SMS', 'English').getByText('Please call back.').waitFor()
  })

  test('a metric shows its figure and the rows behind it while it is changed', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: '/design' })
    await arrive(page, `${workshop}/metric/tickets`)
    const side = page.getByRole('complementary', { name: '实时结果' })
    await pick(page, side.getByRole('combobox', { name: '时段' }), '最近 12 个月')
    await side.getByRole('button', { name: '查看依据的记录' }).click()
    const count = side.getByRole('region', { name: '依据的记录' }).getByRole('status')
    await count.getByText(/^共 [1-9]/).waitFor()
    const before = Number(/\d+/.exec((await count.innerText()).replaceAll(',', ''))?.[0])

    const where = page.getByRole('group', { name: '范围' })
    await where.getByRole('button', { name: '添加条件', exact: true }).click()
    await pick(page, where.getByRole('combobox', { name: '字段' }), '优先级')
    await pick(page, where.getByRole('combobox', { name: '值' }), '紧急')
    await page
      .getByText(/优先级 等于 紧急/)
      .first()
      .waitFor()
    await side.getByRole('button', { name: '查看依据的记录' }).click()
    await expect
      .poll(async () => Number(/\d+/.exec((await count.innerText()).replaceAll(',', ''))?.[0]))
      .toBeLessThan(before)
    await side.getByRole('listitem').first().getByRole('link').waitFor()
    await expectSound(page)
  })

  test('a scenario passes; with an expectation that does not hold it says where and what was there', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...wide, locale: 'en-GB', path: '/design' })
    await arrive(page, `${workshop}/scenario/standard_two_hours`)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const result = page.getByRole('complementary', { name: 'Result' })
    await result.getByText('All passed').waitFor()

    const step = page.getByRole('button', { name: /^2\. Expected.*clock “First response”/ })
    await step.click()
    await pick(page, page.getByRole('combobox', { name: 'State' }), 'Paused')
    await result.getByText('The scenario has changed: run it again.').waitFor()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await result.getByText('Failed').waitFor()
    await result.getByText('state of the clock “First response”: expected paused, was running').waitFor()
    await step.click()
    await result.getByRole('button', { name: 'Step 2' }).click()
    await page
      .getByRole('main')
      .getByRole('alert')
      .getByText('state of the clock “First response”: expected paused, was running')
      .waitFor()
    await expectSound(page)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await result.getByText('All passed').waitFor()
  })
})
