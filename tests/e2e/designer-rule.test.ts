import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, wide } from './checks.ts'
import { bells, choice, pick, urgentTicket } from './designer-steps.ts'
import { type Product, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

/** Picks without a pointer: writes what is looked for and takes it. */
async function pickByKeys(page: Page, list: Locator, words: string): Promise<void> {
  await list.focus()
  await page.keyboard.type(words)
  await page.locator('.ant-select-dropdown:visible').getByTitle(words, { exact: true }).first().waitFor()
  await page.keyboard.press('Enter')
}

async function newRule(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '新建规则' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('中文名称').fill(name)
  await pick(page, dialog.getByRole('combobox', { name: '所属表单' }), '工单')
  await dialog
    .getByRole('button', { name: '创 建' })
    .or(dialog.getByRole('button', { name: '创建' }))
    .click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

async function publish(page: Page): Promise<void> {
  await page.getByText('已保存').waitFor()
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.getByRole('button', { name: /^发布为版本/ }).click()
  await page.getByRole('button', { name: '继续设计' }).click()
}

describe('the rule bench', { timeout: 150_000 }, () => {
  test('an admin writes, tries, backtests and publishes “urgent and strategic → tell the director”, and it acts', async ({
    visit,
  }) => {
    const agent = await visit(product.origin, wide)
    await signIn(agent, 'supervisor')
    const before = `回测前 ${Date.now()}`
    await urgentTicket(agent, before)

    const page = await visit(product.origin, { ...wide, path: '/design/after_sales' })
    await signIn(page, 'admin')
    const name = `紧急通知总监 ${Date.now()}`
    await newRule(page, name)

    const condition = page.getByRole('group', { name: '如果' })
    await condition.getByRole('button', { name: '添加条件', exact: true }).click()
    await pick(page, condition.getByRole('combobox', { name: '字段' }), '优先级')
    await pick(page, condition.getByRole('combobox', { name: '值' }), '紧急')
    await condition.getByRole('button', { name: '添加条件', exact: true }).click()
    await condition.getByRole('combobox', { name: '字段' }).last().fill('客户 › 客户等级')
    await choice(page, '客户 › 客户等级').click()
    await pick(page, condition.getByRole('combobox', { name: '值' }).last(), '战略客户')

    await page.getByRole('button', { name: '添加动作' }).click()
    await page.getByRole('menuitem', { name: '发送通知' }).click()
    await page.getByRole('button', { name: '添加发给' }).click()
    await pick(page, page.getByRole('combobox', { name: '发给 1' }), '角色')
    await pick(page, page.getByRole('combobox', { name: '角色', exact: true }), '服务总监')
    await pick(page, page.getByRole('combobox', { name: '消息', exact: true }), '严重投诉')
    await page.getByRole('switch', { name: '启用规则' }).click()
    await page
      .getByText(/优先级 等于 紧急 且 客户 › 客户等级 等于 战略客户/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await expectReadable(page)
    await expectFits(page)

    const record = page.getByRole('combobox', { name: '选择一条记录' })
    await record.click()
    await record.fill(before)
    await page.locator('.ant-select-dropdown:visible').getByText(new RegExp(before)).first().click()
    await page.getByText('会执行', { exact: true }).first().waitFor()
    await page.getByText('实际：紧急').waitFor()

    await page.getByRole('tab', { name: '历史回测' }).click()
    await page.getByRole('button', { name: '开始回测' }).click()
    await page.getByText(/会执行 [1-9]\d* 次/).waitFor()
    await page.getByText(new RegExp(before)).first().waitFor()
    await expectAccessible(page)

    await publish(page)
    const after = `发布后 ${Date.now()}`
    await urgentTicket(agent, after)
    const director = await visit(product.origin, wide)
    await signIn(director, 'manager')
    await expect.poll(() => bells(director), { timeout: 20_000 }).toContain(after)

    await page.getByRole('tab', { name: '运行记录' }).click()
    await page.getByText(new RegExp(after)).first().waitFor()
    await page.getByText('已执行').first().waitFor()
  })

  test('the keyboard alone writes a rule, and it fits a phone', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: '/design/after_sales' })
    await signIn(page, 'admin')
    const name = `键盘规则 ${Date.now()}`
    await page.getByRole('button', { name: '新建规则' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('中文名称').fill(name)
    await pickByKeys(page, page.getByRole('dialog').getByRole('combobox', { name: '所属表单' }), '工单')
    await page.getByLabel('中文名称').press('Enter')
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    const condition = page.getByRole('group', { name: '如果' })
    await condition.getByRole('button', { name: '添加条件', exact: true }).focus()
    await page.keyboard.press('Enter')
    await pickByKeys(page, condition.getByRole('combobox', { name: '字段' }), '优先级')
    await pickByKeys(page, condition.getByRole('combobox', { name: '值' }), '紧急')
    for (const action of ['写备注', '结束流程']) {
      await page.getByRole('button', { name: '添加动作' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name: action }).focus()
      await page.keyboard.press('Enter')
    }
    await page.getByRole('button', { name: '移动结束流程' }).focus()
    await page.keyboard.press('ArrowUp')
    await page.getByText(/就结束流程、写备注/).waitFor()
    await page.setViewportSize(phone.viewport)
    await expectFits(page)
    await expectAccessible(page)
  })
})
