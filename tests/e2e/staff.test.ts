import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, type Records, ticketForm, wide } from './checks.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

/** A ticket of one's own, made past the page. */
async function newTicket(page: Page, subject: string): Promise<{ readonly id: string; readonly title: string }> {
  const customers = await ask<Records>(page, '/api/apps/after_sales/forms/customer/records?size=1')
  const made = await send<{ id: string; title: string }>(page, 'POST', `${ticketForm}/records`, {
    values: {
      subject,
      request_type: 'consultation',
      channel: 'phone',
      customer: customers.body.items[0]?.id ?? null,
      description: '浏览器测试',
    },
  })
  expect([made.status, made.body]).toEqual([201, expect.objectContaining({ id: expect.any(String) })])
  return made.body
}

describe('signing in', () => {
  test('shows the demo people, refuses a wrong password in words, and keeps the address', async ({ visit }) => {
    visit.allow(/401/)
    const page = await visit(product.origin, { path: '/a/after_sales/f/customer', ...wide })
    await page.getByText('演示账号').waitFor()
    await expectAccessible(page)
    await page.getByLabel('用户名').fill('agent1')
    await page.getByLabel('密码').fill('wrong')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page
      .getByRole('alert')
      .getByText(/用户名或密码/)
      .waitFor()
    await signIn(page, 'agent1')
    await page.getByRole('heading', { name: '客户', level: 1 }).waitFor()
  })

  test('a demo person signs in with one click, in English too', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, locale: 'en-GB' })
    await page.getByText('Demo sign-ins').waitFor()
    await page.getByRole('button', { name: /supervisor/ }).click()
    await page.getByRole('heading', { name: 'Workbench' }).waitFor()
    await expectReadable(page)
  })
})

describe('a table in a form', () => {
  test('takes what a spreadsheet copied, people by their names, gives defaults, and its rows are dragged', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...wide, path: '/a/after_sales/f/ticket/new' })
    await signIn(page, 'supervisor')
    const people = await ask<{ items: { id: string; name: string; username: string }[] }>(
      page,
      '/api/people?q=engineer1',
    )
    const engineer = people.body.items.find(({ username }) => username === 'engineer1')?.name ?? ''
    const grid = page.getByRole('grid', { name: '配件明细' })
    await page.getByRole('button', { name: '添加一行' }).click()
    const cell = (row: number, column: number) => grid.locator(`[data-cell="${row}/${column}"]`)
    await cell(0, 0).waitFor()
    await cell(0, 0).evaluate((element, text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, `滤芯\t2\t50\t\t${engineer}\n主板\t\t800\t\t没有这个人\n密封圈`)
    await expect.poll(() => cell(0, 4).innerText()).toContain(engineer)
    await page.getByText('第 2 行“更换人”：没有找到“没有这个人”').waitFor()
    expect(await cell(1, 1).innerText()).toBe('1')
    expect(await cell(1, 4).innerText()).toBe('')
    // Who fills it in, where nobody was named.
    expect(await cell(2, 4).innerText()).not.toBe('')
    await grid.getByText('¥900.00').waitFor()
    await expectAccessible(page)
    await expectReadable(page)

    await grid.getByRole('button', { name: '不含税；保内更换的配件填 0' }).focus()
    await page.getByRole('tooltip').getByText('不含税；保内更换的配件填 0').waitFor()

    const [from, to] = [
      await grid.getByRole('rowheader', { name: '3', exact: true }).boundingBox(),
      await grid.getByRole('rowheader', { name: '1', exact: true }).boundingBox(),
    ]
    if (!from || !to) throw new Error('nothing to drag')
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(from.x + from.width / 2, from.y - 10, { steps: 5 })
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 })
    await page.mouse.up()
    const order = () => Promise.all([0, 1, 2].map((row) => cell(row, 0).innerText()))
    await expect.poll(order).toEqual(['密封圈', '滤芯', '主板'])
    await cell(0, 0).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await expect.poll(order).toEqual(['滤芯', '密封圈', '主板'])
  })
})

describe('an agent at work', () => {
  test('takes a task, completes it with an outcome, and a colleague sees it without reload', async ({ visit }) => {
    const page = await visit(product.origin, wide)
    await signIn(page, 'agent1')
    await page.getByRole('heading', { name: '工作台' }).waitFor()
    await expectAccessible(page)
    const ticket = await newTicket(page, '浏览器里办理一步')

    const colleague = await visit(product.origin, { ...wide, path: `/a/after_sales/f/ticket/${ticket.id}` })
    await signIn(colleague, 'supervisor')
    await colleague.getByRole('heading', { name: ticket.title }).waitFor()
    await expect.poll(() => colleague.locator('li[aria-current=step]').innerText()).toBe('待受理')

    await page.goto(`${product.origin}/a/after_sales/f/ticket/${ticket.id}`)
    await page.getByRole('heading', { name: '本步骤要填写的内容' }).waitFor()
    const claim = page.getByRole('region', { name: '当前任务' }).getByRole('button', { name: '领取' })
    if (await claim.isVisible()) await claim.click()
    await expectAccessible(page)
    await expectReadable(page)
    await page.getByRole('region', { name: '当前任务' }).getByRole('button', { name: '受理', exact: true }).click()
    await page.getByText(`已提交：${ticket.title}`).waitFor()
    await expect.poll(() => page.locator('li[aria-current=step]').innerText()).toBe('待定级')

    // The other browser was not touched.
    await expect.poll(() => colleague.locator('li[aria-current=step]').innerText(), { timeout: 15_000 }).toBe('待定级')
    await colleague
      .getByText(/完成了“受理”/)
      .first()
      .waitFor()
  })

  test('is told what is missing at its field, and a comment where the outcome asks for one', async ({ visit }) => {
    const page = await visit(product.origin, wide)
    await signIn(page, 'agent1')
    const ticket = await newTicket(page, '不予受理要写原因')
    await page.goto(`${product.origin}/a/after_sales/f/ticket/${ticket.id}`)
    const bar = page.getByRole('region', { name: '当前任务' })
    await page.getByLabel(/^主题/).fill('')
    await bar.getByRole('button', { name: '受理', exact: true }).click()
    await page.getByRole('alert').getByText('请填写主题').waitFor()
    await page.getByLabel(/^主题/).fill('不予受理要写原因')
    await bar.getByRole('button', { name: '不予受理' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '不予受理' }).click()
    await dialog.getByText('请填写处理意见').waitFor()
    await dialog.getByLabel('处理意见').fill('不属于我们的产品')
    await dialog.getByRole('button', { name: '不予受理' }).click()
    await page.getByText(`已提交：`).waitFor()
    await expect.poll(() => page.locator('li[aria-current=step]').innerText()).toBe('已取消')
  })

  test('keeps what is typed across a reload and never overwrites a colleague unseen', async ({ visit }) => {
    visit.allow(/409/)
    const page = await visit(product.origin, wide)
    await signIn(page, 'agent1')
    const ticket = await newTicket(page, '两人同时修改')
    await page.goto(`${product.origin}/a/after_sales/f/ticket/${ticket.id}`)
    await page.getByLabel(/^地点/).fill('我填的地点')
    await page.waitForTimeout(600)
    await page.reload()
    await page.getByText('已恢复您上次未提交的内容。').waitFor()
    expect(await page.getByLabel(/^地点/).inputValue()).toBe('我填的地点')

    const now = await ask<{ version: number }>(page, `${ticketForm}/records/${ticket.id}`)
    expect(
      (
        await send(page, 'PATCH', `${ticketForm}/records/${ticket.id}`, {
          values: { site: '同事填的地点' },
          version: now.body.version,
        })
      ).status,
    ).toBe(200)
    await page.getByRole('region', { name: '当前任务' }).getByRole('button', { name: '受理', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('同事填的地点').waitFor()
    await dialog.getByRole('radio', { name: /现在的/ }).check()
    await dialog.getByRole('button', { name: '按选择提交' }).click()
    await page.getByText('已提交：').waitFor()
    const after = await ask<{ values: { site: string } }>(page, `${ticketForm}/records/${ticket.id}`)
    expect(after.body.values.site).toBe('同事填的地点')
  })

  test('writes a note that a colleague sees at once', async ({ visit }) => {
    const page = await visit(product.origin, wide)
    await signIn(page, 'agent1')
    const ticket = await newTicket(page, '内部备注')
    const colleague = await visit(product.origin, { ...wide, path: `/a/after_sales/f/ticket/${ticket.id}` })
    await signIn(colleague, 'supervisor')
    await colleague.getByRole('heading', { name: ticket.title }).waitFor()
    await page.goto(`${product.origin}/a/after_sales/f/ticket/${ticket.id}`)
    await page.getByPlaceholder('写给同事，输入 @ 可提醒某人').fill('客户催得急，请今天联系')
    await page.getByRole('button', { name: '保存备注' }).click()
    await page.getByRole('listitem').getByText('客户催得急，请今天联系').waitFor()
    await colleague.getByText('客户催得急，请今天联系').waitFor({ timeout: 15_000 })
  })
})

describe('lists', () => {
  test('search, filter, sort and columns stand in the address, and the total is that of the server', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...wide, path: '/a/after_sales/f/ticket?view=all' })
    await signIn(page, 'manager')
    await page.getByRole('table').waitFor()
    await expectAccessible(page)
    await expectReadable(page)
    await page.getByRole('button', { name: '添加筛选' }).click()
    await page.getByLabel('字段', { exact: true }).fill('优先级')
    await page.keyboard.press('Enter')
    await page.getByLabel('值', { exact: true }).fill('紧急')
    await page.keyboard.press('Enter')
    await page.getByLabel('值', { exact: true }).press('Escape')
    await page.getByRole('button', { name: '应用' }).click()
    await page.waitForURL(/where=/)
    const where = new URL(page.url()).searchParams.get('where') ?? ''
    expect(JSON.parse(where)).toEqual({ fact: 'record', path: '$.priority', operator: 'in', value: ['urgent'] })
    const counted = await ask<Records>(page, `${ticketForm}/records?view=all&size=1&where=${encodeURIComponent(where)}`)
    await page.getByText(`共 ${counted.body.total} 条`).waitFor()
    expect(counted.body.total).toBeGreaterThan(0)

    await page.getByRole('columnheader', { name: '工单编号' }).click()
    await page.waitForURL(/sort=number/)
    const first = await ask<Records>(
      page,
      `${ticketForm}/records?view=all&size=1&sort=number&where=${encodeURIComponent(where)}`,
    )
    const number = (first.body.items[0]?.title ?? '').split(' ')[0] ?? ''
    await page.getByRole('row').nth(1).getByRole('link', { name: number }).waitFor()

    const link = page.url()
    const again = await visit(product.origin, { ...wide, path: link.slice(product.origin.length) })
    await signIn(again, 'manager')
    await again.getByText(`共 ${counted.body.total} 条`).waitFor()
  })

  test('a phone shows cards and fits', async ({ visit }) => {
    const page = await visit(product.origin, { ...phone, path: '/a/after_sales/f/ticket' })
    await signIn(page, 'agent1')
    await page.getByRole('heading', { name: '工单', level: 1 }).waitFor()
    await page.getByRole('list').getByRole('link').first().waitFor()
    await expectFits(page)
    await expectAccessible(page)
  })
})

describe.each(['zh-CN', 'en-GB'])('on a phone in %s', (locale) => {
  test('workbench and ticket fit and can be worked with a thumb', async ({ visit }) => {
    const page = await visit(product.origin, { ...phone, locale })
    await signIn(page, 'agent1')
    const ticket = await newTicket(page, '手机上办理')
    await expectFits(page)
    await expectAccessible(page)
    await page.goto(`${product.origin}/a/after_sales/f/ticket/${ticket.id}`)
    const act = page
      .getByRole('region', { name: /^(当前任务|Current task)$/ })
      .getByRole('button', { name: /^(受理|Accept|领取|Claim)/ })
      .first()
    await act.waitFor()
    await expectFits(page)
    await expectAccessible(page)
    const box = await act.boundingBox()
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(40)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844)
  })
})

describe('what one may not see', () => {
  test('is not there for a viewer, by any path', async ({ visit }) => {
    visit.allow(/40[34]/)
    const page = await visit(product.origin, wide)
    await signIn(page, 'viewer')
    await page.getByRole('navigation').first().waitFor()
    for (const path of [
      '/admin/users',
      '/admin/audit',
      '/a/after_sales/f/ticket/00000000-0000-7000-8000-000000000000',
      '/a/nothing/f/ticket',
      '/a/after_sales/b/nothing',
    ]) {
      await page.goto(product.origin + path)
      await page.getByText('不存在，或您无权查看').waitFor()
    }
    await page.goto(`${product.origin}/a/after_sales/f/ticket`)
    await page.getByRole('heading', { name: '工单', level: 1 }).waitFor()
    for (const name of ['新建工单', '导入', '批量修改'])
      expect(await page.getByRole('button', { name }).count()).toBe(0)
    expect((await ask(page, '/api/admin/users')).status).toBe(403)
    expect(
      (await send(page, 'POST', `${ticketForm}/records`, { values: { subject: 'x', request_type: 'consultation' } }))
        .status,
    ).toBeGreaterThanOrEqual(403)
  })
})

describe('finding things', () => {
  test('Ctrl-K finds a ticket by its number and a page by its name', async ({ visit }) => {
    const page = await visit(product.origin, wide)
    await signIn(page, 'agent1')
    const ticket = await newTicket(page, '按编号查找')
    const number = ticket.title.split(' ')[0] ?? ''
    await page.getByRole('heading', { name: '工作台' }).waitFor()
    await page.keyboard.press('Control+k')
    const box = page.getByRole('combobox', { name: '搜索' })
    await box.fill(number)
    await page.getByRole('option', { name: new RegExp(number) }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: ticket.title }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '搜索' }).fill('客户')
    await page.getByRole('option', { name: '客户', exact: true }).click()
    await page.getByRole('heading', { name: '客户', level: 1 }).waitFor()
  })

  test('language and appearance change without a reload', async ({ visit }) => {
    const page = await visit(product.origin, wide)
    await signIn(page, 'agent2')
    await page.getByRole('heading', { name: '工作台' }).waitFor()
    await page.evaluate(() => Object.assign(window, { stayed: true }))
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Workbench' }).waitFor()
    await expectReadable(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('Dark')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expectAccessible(page)
    expect(await page.evaluate(() => (window as { stayed?: boolean }).stayed)).toBe(true)
    await page.getByRole('button', { name: '中文' }).click()
  })
})

describe('administration', () => {
  test('an administrator adds a person, who can sign in', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: '/admin/users' })
    await signIn(page, 'admin')
    await page.getByRole('table').waitFor()
    await expectAccessible(page)
    const username = `new${Date.now()}`
    const colleaguesWord = 'mortise and tenon 42'
    await page.getByRole('button', { name: '添加用户' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('用户名').fill(username)
    await drawer.getByLabel('姓名').fill('新同事')
    await drawer.getByLabel('密码', { exact: true }).fill(colleaguesWord)
    await drawer.getByRole('button', { name: '保存' }).click()
    await page.getByRole('cell', { name: new RegExp(username) }).waitFor()
    const other = await visit(product.origin, wide)
    await other.getByLabel('用户名').fill(username)
    await other.getByLabel('密码').fill(colleaguesWord)
    await other.getByRole('button', { name: '登录', exact: true }).click()
    await other.getByRole('button', { name: /新同事/ }).waitFor()
  })
})
