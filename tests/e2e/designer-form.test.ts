import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, wide } from './checks.ts'
import { ask, type Product, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

vi.setConfig({ testTimeout: 240_000 })
const bench = '/design/after_sales/form/ticket'

/** Drags by the pointer alone, in steps as a hand does. */
async function drag(page: Page, from: Locator, to: Locator, at: 'before' | 'behind'): Promise<void> {
  const start = await from.boundingBox()
  const end = await to.boundingBox()
  if (!start || !end) throw new Error('nothing to drag')
  const x = end.x + (at === 'before' ? 6 : end.width - 6)
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(start.x + start.width / 2 + 8, start.y + start.height / 2 + 8, { steps: 3 })
  await page.mouse.move(x, end.y + end.height / 2, { steps: 12 })
  await page.getByTestId('insertion-mark').waitFor()
  await page.mouse.up()
}

/** Names of the fields on the canvas, in reading order. */
const fieldNames = (page: Page) =>
  page.locator('[data-field]').evaluateAll((all) => all.map((one) => one.getAttribute('title')))

/** On a phone the left column, by which `signIn` knows that somebody has arrived, is folded away. */
async function signInByPhone(page: Page): Promise<void> {
  await page.getByLabel('用户名').fill('admin')
  await page.getByLabel('密码').fill('tenon-demo')
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

async function choose(page: Page, select: Locator, option: string): Promise<void> {
  await select.click()
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).last().click()
}

// First: it publishes, and what other stories leave in the draft would have to be consented to.
test('a field is dragged onto one form, copied to another, doubled, taken back and redone after a reload, published, filled in by staff', async ({
  visit,
}) => {
  const page = await visit(product.origin, { ...wide, path: '/design/after_sales/form/contact' })
  await signIn(page, 'admin')
  const job = page.getByRole('button', { name: '职务，单行文本' })
  await job.waitFor()
  await drag(page, page.getByRole('button', { name: '添加单行文本', exact: true }), job, 'behind')
  await page.getByRole('button', { name: '单行文本，单行文本' }).waitFor()
  const panel = page.getByRole('complementary', { name: '属性' })
  await panel.getByLabel('名称', { exact: true }).fill('微信号')
  const fresh = page.getByRole('button', { name: '微信号，单行文本' })
  await fresh.waitFor()
  await fresh.focus()
  await page.keyboard.press('Control+c')
  await page
    .getByText(/已复制/)
    .first()
    .waitFor()

  // On the other form, beside its telephone; and once more beside itself.
  await page.getByRole('navigation').getByRole('link', { name: '客户', exact: true }).click()
  await page.getByRole('heading', { name: '客户', exact: true }).first().waitFor()
  await page.getByRole('button', { name: /^总机，/ }).click()
  await page.keyboard.press('Control+v')
  await expect.poll(() => fresh.count()).toBe(1)
  await fresh.focus()
  await page.keyboard.press('Control+d')
  const copy = page.getByRole('button', { name: '微信号 副本，单行文本' })
  await copy.waitFor()
  await page.getByText('已保存', { exact: true }).waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await copy.waitFor({ state: 'detached' })
  await page.getByText('已保存', { exact: true }).waitFor()
  await page.reload()
  await fresh.waitFor()
  await copy.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '重做' }).click()
  await copy.waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await copy.waitFor({ state: 'detached' })
  await page.getByText('已保存', { exact: true }).waitFor()

  await page.getByRole('button', { name: '发布', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '发布应用' })
  await dialog.getByText('表单「联系人」新增字段「微信号」').waitFor()
  await dialog.getByText('表单「客户」新增字段「微信号」').waitFor()
  const go = dialog.getByRole('button', { name: /^发布为版本/ })
  await expect.poll(() => go.isEnabled(), { timeout: 90_000 }).toBe(true)
  await go.click()
  await page.getByText(/版本 \d+ 已发布/).waitFor({ timeout: 60_000 })

  const staff = await visit(product.origin, wide)
  await signIn(staff, 'agent1')
  for (const [form, name] of [
    ['customer', '客户名称'],
    ['contact', '姓名'],
  ] as const) {
    await staff.goto(`${product.origin}/a/after_sales/f/${form}/new`)
    const title = `${name}${Date.now()}`
    await staff.getByLabel(name).fill(title)
    await staff.getByLabel('微信号').fill(`wx-${form}`)
    await staff.getByRole('button', { name: /^(提交|保存|创建)/ }).click()
    await staff.getByRole('heading', { name: title }).waitFor()
    const [, id] = /\/f\/\w+\/([\w-]+)/.exec(new URL(staff.url()).pathname) ?? []
    const record = await ask<{ values: object }>(staff, `/api/apps/after_sales/forms/${form}/records/${id}`)
    expect(Object.values(record.body.values)).toContain(`wx-${form}`)
  }
})

test('a lookup is dragged onto a form and told what it shows; staff see it as soon as they choose the customer', async ({
  visit,
}) => {
  const page = await visit(product.origin, { ...wide, path: '/design/after_sales/form/contact' })
  await signIn(page, 'admin')
  const job = page.getByRole('button', { name: '职务，单行文本' })
  await job.waitFor()
  await drag(page, page.getByRole('button', { name: '添加引用字段', exact: true }), job, 'behind')
  await page.getByRole('button', { name: '引用字段，引用字段' }).waitFor()
  const panel = page.getByRole('complementary', { name: '属性' })
  await panel.getByLabel('名称', { exact: true }).fill('客户行业')
  // Over the form's one link, and first what its card shows.
  await panel.getByText('所属客户', { exact: true }).waitFor()
  await choose(page, panel.getByRole('combobox', { name: '显示哪个字段' }), '行业')
  await page.getByText('已保存', { exact: true }).waitFor()
  await expectReadable(page)
  await page.getByRole('button', { name: '发布', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '发布应用' })
  await dialog.getByText('表单「联系人」新增字段「客户行业」').waitFor()
  const go = dialog.getByRole('button', { name: /^发布为版本/ })
  await expect.poll(() => go.isEnabled(), { timeout: 90_000 }).toBe(true)
  await go.click()
  await page.getByText(/版本 \d+ 已发布/).waitFor({ timeout: 60_000 })

  const staff = await visit(product.origin, wide)
  await signIn(staff, 'agent1')
  const { body } = await ask<{ items: { title: string; values: { industry: string } }[] }>(
    staff,
    `/api/apps/after_sales/forms/customer/records?fields=name,industry&size=1&where=${encodeURIComponent(
      JSON.stringify({ fact: 'record', path: '$.industry', operator: 'equal', value: 'medical' }),
    )}`,
  )
  const customer = body.items[0]?.title ?? ''
  await staff.goto(`${product.origin}/a/after_sales/f/contact/new`)
  const title = `引用${Date.now()}`
  await staff.getByLabel('姓名').fill(title)
  await staff.getByRole('combobox', { name: '所属客户' }).fill(customer)
  await choose(staff, staff.getByRole('combobox', { name: '所属客户' }), customer)
  await staff.getByText('医疗', { exact: true }).waitFor()
  expect(await staff.getByRole('textbox', { name: '客户行业' }).count()).toBe(0)
  await staff.getByRole('button', { name: /^(提交|保存|创建)/ }).click()
  await staff.getByRole('heading', { name: title }).waitFor()
  await staff.getByText('医疗', { exact: true }).waitFor()
  const record = new URL(staff.url()).pathname.split('/').at(-1)
  const { values } = (await ask<{ values: object }>(staff, `/api/apps/after_sales/forms/contact/records/${record}`))
    .body
  const [id = ''] = Object.entries(values).find(([, value]) => value === 'medical') ?? []
  await staff.goto(`${product.origin}/a/after_sales/f/contact?columns=name,${id}&q=${encodeURIComponent(title)}`)
  await staff.getByRole('columnheader', { name: '客户行业' }).waitFor()
  await staff.getByRole('cell', { name: '医疗' }).waitFor()
})

test('a field is dragged onto the ticket, named, required when urgent, moved by keyboard; undo survives a reload', async ({
  visit,
}) => {
  const page = await visit(product.origin, { ...wide, path: bench })
  await signIn(page, 'admin')
  const site = page.getByRole('button', { name: '地点，单行文本' })
  await site.waitFor()
  await drag(page, page.getByRole('button', { name: '添加日期', exact: true }), site, 'before')
  const fresh = page.getByRole('button', { name: '日期，日期' })
  await fresh.waitFor()
  expect((await fieldNames(page)).slice(7, 10)).toEqual(['服务区域', '日期', '地点'])

  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: '属性' })
  await panel.getByLabel('名称', { exact: true }).fill('客户期望日期')
  await page.getByRole('button', { name: '客户期望日期，日期' }).waitFor()
  const row = panel.getByRole('group', { name: '何时必填' })
  await row.getByRole('button').first().click()
  await choose(page, row.getByLabel('字段', { exact: true }), '优先级')
  await choose(page, row.getByLabel('比较方式'), '等于')
  await choose(page, row.getByLabel('值', { exact: true }), '紧急')
  const field = page.getByRole('button', { name: '客户期望日期，日期，按条件必填' })
  await field.waitFor()
  await expectAccessible(page)
  await expectReadable(page)

  await field.focus()
  await page.keyboard.press('Alt+ArrowLeft')
  expect((await fieldNames(page)).slice(7, 9)).toEqual(['客户期望日期', '服务区域'])
  await page.getByText('已保存', { exact: true }).waitFor()
  await page.reload()
  await field.waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect
    .poll(async () => (await fieldNames(page)).slice(7, 9), { timeout: 20_000 })
    .toEqual(['服务区域', '客户期望日期'])
})

test('by keyboard alone, in English: add, choose several, move, name, copy, delete', async ({ visit }) => {
  const page = await visit(product.origin, { ...wide, locale: 'en', path: bench })
  await signIn(page, 'admin')
  const subject = page.getByRole('button', { name: /^Subject, Text/ })
  await subject.waitFor()
  await subject.focus()
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Request type/)

  const find = page.getByLabel('Find a field type')
  await find.focus()
  await page.keyboard.type('money')
  await page.keyboard.press('Enter')
  const money = page.getByRole('button', { name: 'Money, Money' })
  await money.waitFor()
  expect((await fieldNames(page)).slice(1, 3)).toEqual(['Request type', 'Money'])
  await page.keyboard.press('Shift+ArrowRight')
  await page.getByRole('heading', { name: '2 fields chosen' }).waitFor()
  await page.keyboard.press('Alt+ArrowDown')
  expect((await fieldNames(page)).indexOf('Money')).toBeGreaterThan(2)
  await page.keyboard.press('Escape')

  await money.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Budget')
  const budget = page.getByRole('button', { name: 'Budget, Money' })
  await budget.waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await expect
    .poll(async () => (await fieldNames(page)).filter((name) => name === 'Budget'), { timeout: 10_000 })
    .toHaveLength(2)
  await page.keyboard.press('Delete')
  await expect
    .poll(async () => (await fieldNames(page)).filter((name) => name === 'Budget'), { timeout: 10_000 })
    .toHaveLength(1)
})

test('on a phone the canvas has the width, palette and properties come from below', async ({ visit }) => {
  const page = await visit(product.origin, { ...phone, path: bench })
  await signInByPhone(page)
  await page.getByRole('button', { name: /^主题，单行文本/ }).waitFor()
  await expectFits(page)
  await page.getByRole('button', { name: '字段类型' }).click()
  await page.getByRole('button', { name: '添加评分' }).click()
  const rating = page.getByRole('button', { name: '评分，评分' })
  await rating.waitFor()
  await page.getByRole('button', { name: '属性' }).click()
  const sheet = page.getByRole('dialog', { name: '属性' })
  await sheet.getByLabel('名称', { exact: true }).fill('服务评分')
  await expectFits(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: '服务评分，评分' }).waitFor()
})

/** Whether the draft's form of tickets has this formula. */
async function storedFormula(page: Page, formula: string): Promise<boolean> {
  const draft = await ask<{ files: { path: string; text: string }[] }>(page, '/api/design/apps/after_sales/draft')
  const form = draft.body.files.find(({ path }) => path === 'forms/ticket.json')
  return form?.text.includes(JSON.stringify(formula)) ?? false
}

test('a formula of a column is written with the labels people know, and shows what it gives on a row there is', async ({
  visit,
}) => {
  const page = await visit(product.origin, { ...wide, path: `${bench}?at=fields/parts/fields/amount` })
  await signIn(page, 'admin')
  const column = page.getByRole('region', { name: '金额', exact: true })
  const formula = column.getByRole('textbox', { name: '公式', exact: true })
  await expect.poll(() => formula.innerText(), { timeout: 30_000 }).toBe('单价 * 数量')
  await formula.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' + 单')
  await page.getByRole('option', { name: /^单价/ }).waitFor()
  // A list that has just come takes no key yet: somebody may have meant a line of their own.
  await page.waitForTimeout(300)
  await page.keyboard.press('Enter')
  await expect.poll(() => formula.innerText()).toBe('单价 * 数量 + 单价')
  await column.getByText(/的第一行为例，结果/).waitFor()

  // By the pointer, from the list of what there is.
  await page.keyboard.type(' + ')
  await choose(page, column.getByLabel('在“公式”中插入字段或函数'), '数量')
  await expect.poll(() => formula.innerText()).toBe('单价 * 数量 + 单价 + 数量')
  await expectAccessible(page)

  // A name is one thing: Backspace takes it whole, undoing brings it back, and an id that is typed becomes one.
  await page.keyboard.press('Backspace')
  await expect.poll(() => formula.innerText()).toBe('单价 * 数量 + 单价 + ')
  await page.keyboard.press('Control+z')
  await expect.poll(() => formula.innerText()).toBe('单价 * 数量 + 单价 + 数量')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('price - ')
  await expect.poll(() => formula.innerText()).toBe('单价 * 数量 + 单价 + 单价 - 数量')

  // The whole of it cut and put back is the same again, and what is stored are the ids.
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+x')
  await page.keyboard.press('Control+v')
  await expect.poll(() => formula.innerText()).toBe('单价 * 数量 + 单价 + 单价 - 数量')
  await expect
    .poll(() => storedFormula(page, 'price * quantity + price + price - quantity'), { timeout: 10_000 })
    .toBe(true)
})
