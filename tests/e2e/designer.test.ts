import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, wide } from './checks.ts'
import { saved } from './designer-steps.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

// The frame of the designer: draft, undo, others in it, publish, roll back. The benches have tests of their own.
let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

const workshop = '/design/after_sales'
const design = '/api/design/apps/after_sales'
type Draft = { readonly revision: number; readonly files: { readonly path: string; readonly text?: string }[] }

const files = async (page: Page) => (await ask<Draft>(page, `${design}/draft`)).body.files.map(({ path }) => path)
const contact = async (page: Page) =>
  JSON.parse(
    (await ask<Draft>(page, `${design}/draft`)).body.files.find(({ path }) => path === 'forms/contact.json')?.text ??
      '{}',
  ) as { icon?: string; label: { en: string } }
const patch = async (page: Page, path: string, value: unknown) => {
  const { revision } = (await ask<Draft>(page, `${design}/draft`)).body
  const done = await send(page, 'PATCH', `${design}/draft`, {
    revision,
    label: 'from elsewhere',
    patch: [{ op: 'replace', path, value }],
  })
  expect(done.status).toBe(200)
}

/** The form's row in the left column; the page that is being left may still name it too. */
const newForm = (page: Page) => page.locator('[data-row="visit_note"]').getByText('回访记录')

describe('the workshop', () => {
  test('a new form is drawn, published, used by staff, and taken back', async ({ visit }) => {
    visit.allow(/404/)
    const page = await visit(product.origin, { ...wide, path: '/design' })
    await page.getByLabel('用户名').fill('admin')
    await page.getByLabel('密码').fill('tenon-demo')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('link', { name: /售后服务/ }).click()
    await page.getByRole('heading', { name: '售后服务' }).waitFor()
    // What the first start has brought in is not offered once more.
    expect((await ask<{ loaded: boolean }>(page, `${design}/sample`)).body.loaded).toBe(true)
    await expectAccessible(page)
    await expectReadable(page)

    await page.getByRole('button', { name: '新建表单' }).click()
    await page.getByLabel('中文名称').fill('回访记录')
    await page.getByLabel('英文名称').fill('Visit note')
    await page.keyboard.press('Enter')
    await newForm(page).waitFor()
    await saved(page)

    // Taken back and done again by keyboard, and still there after a reload.
    await page.getByRole('main').click({ position: { x: 4, y: 4 } })
    await page.keyboard.press('Control+z')
    await newForm(page).waitFor({ state: 'detached' })
    await saved(page)
    await page.reload()
    await page.getByRole('button', { name: '重做' }).click()
    await newForm(page).waitFor()
    await saved(page)
    expect(await files(page)).toContain('forms/visit_note.json')

    await page.getByRole('button', { name: '发布', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('新增表单「回访记录」').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '发布为版本 2' }).click()
    await page.getByRole('dialog', { name: '版本 2 已发布' }).waitFor()

    const staff = await visit(product.origin, { ...wide, path: '/a/after_sales/f/visit_note/new' })
    await signIn(staff, 'agent1')
    await staff.getByLabel('名称').fill('第一次回访')
    await staff.getByRole('button', { name: /^(提交|保存|创建)/ }).click()
    await staff.getByRole('heading', { name: '第一次回访' }).waitFor()

    await page.getByRole('button', { name: '继续设计' }).click()
    await page.getByRole('link', { name: '版本', exact: true }).click()
    await page.getByText('使用中').waitFor()
    await page.getByRole('button', { name: '退回此版本' }).click()
    await page
      .getByRole('dialog')
      .getByText(/回访记录/)
      .first()
      .waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '退回此版本' }).click()
    await page.getByText('版本 3').waitFor()
    await staff.goto(`${product.origin}/a/after_sales/f/visit_note/new`)
    await staff.getByText('不存在，或您无权查看').waitFor()
  }, 180_000)

  test('what somebody else does meanwhile shows; what both changed is chosen, never lost', async ({ visit }) => {
    visit.allow(/409/)
    const page = await visit(product.origin, { ...wide, path: `${workshop}/form/contact` })
    await signIn(page, 'admin')
    await saved(page)
    await patch(page, '/forms~1contact.json/label', { 'zh-CN': '联络人', en: 'Contact' })
    await page.getByRole('link', { name: '联络人' }).waitFor()

    const other = await visit(product.origin, { ...wide, path: workshop })
    await signIn(other, 'manager')
    await page.getByRole('img', { name: /也在编辑/ }).waitFor()
    expect((await contact(page)).label.en).toBe('Contact')
  }, 120_000)

  test('a draft beside the main one is thrown away without a trace', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: workshop })
    await signIn(page, 'admin')
    await page.getByRole('button', { name: '主草稿' }).click()
    await page.getByText('另建草稿').click()
    await page.getByLabel('草稿名称').fill('夏季方案')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '夏季方案' }).waitFor()
    await page.getByRole('button', { name: '夏季方案' }).click()
    await page.getByText('放弃此草稿').click()
    await page.getByRole('dialog').getByRole('button', { name: '放弃此草稿' }).click()
    await page.getByRole('button', { name: '主草稿' }).waitFor()
    expect((await ask<{ items: object[] }>(page, `${design}/drafts`)).body.items).not.toContainEqual(
      expect.objectContaining({ name: '夏季方案' }),
    )
  }, 120_000)

  test('speaks English on a phone, and is shut to those who may not design', async ({ visit }) => {
    visit.allow(/40[34]/)
    const page = await visit(product.origin, { ...phone, locale: 'en-US', path: workshop })
    await page.getByLabel('User name').fill('admin')
    await page.getByLabel('Password').fill('tenon-demo')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'After-sales service' }).waitFor()
    await expectFits(page)
    await expectAccessible(page)
    expect(await page.locator('body').innerText()).not.toMatch(/[\u4e00-\u9fff]/)
    await page.getByRole('button', { name: 'Show the left column' }).click()
    await page.getByRole('navigation').getByRole('link', { name: 'Customer', exact: true }).click()
    await expectFits(page)

    const stranger = await visit(product.origin, { ...wide, path: workshop })
    await stranger.getByLabel('用户名').fill('agent1')
    await stranger.getByLabel('密码').fill('tenon-demo')
    await stranger.getByRole('button', { name: '登录' }).click()
    await stranger.getByText('不存在，或您无权查看').waitFor()
    await stranger.goto(`${product.origin}/design`)
    await stranger.getByText('没有可以设计的应用').waitFor()
  }, 120_000)
})
