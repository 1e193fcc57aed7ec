import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, wide } from './checks.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

vi.setConfig({ testTimeout: 240_000 })
/** Of its own for each run, where the product runs already. */
const app = `types_${Date.now() % 100_000_000}`

const files = [
  {
    id: app,
    kind: 'app',
    label: '上门服务',
    version: '1.0.0',
    locales: ['zh-CN', 'en'],
    roles: [{ id: 'member', label: { 'zh-CN': '成员', en: 'Member' } }],
    navigation: [{ id: 'visit', form: 'visit' }],
  },
  {
    id: 'visit',
    kind: 'form',
    label: { 'zh-CN': '上门', en: 'Visit' },
    title: { formula: 'name' },
    fields: [{ id: 'name', type: 'text', label: { 'zh-CN': '名称', en: 'Name' }, required: true }],
    access: [{ id: 'members', role: 'member', can: ['read', 'create', 'update'] }],
  },
]

const option = (page: Page, words: string | RegExp) =>
  page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: words }).first()
async function pick(page: Page, list: Locator, words: string | RegExp): Promise<void> {
  await list.click()
  await option(page, words).click()
}
const save = (page: Page) => page.getByRole('button', { name: /^(提交|保存|创建|Submit|Save|Create)/ }).click()

test('an admin adds a web address, a time of day and tags; staff write them as they say them, open the link and are offered the tags', async ({
  visit,
}) => {
  const admin = await visit(product.origin, wide)
  await signIn(admin, 'admin')
  const documents = files.map((json) => ({
    path: json.kind === 'app' ? 'app.json' : `forms/${json.id}.json`,
    text: JSON.stringify({ ...json, schemaVersion: 1 }),
  }))
  expect((await send(admin, 'POST', `/api/design/apps/${app}/publish`, { files: documents })).status).toBe(200)
  const found = await ask<{ items: { id: string; username: string; grants: object[] }[] }>(
    admin,
    '/api/admin/users?q=admin',
  )
  const me = found.body.items.find(({ username }) => username === 'admin')
  const grants = [...(me?.grants ?? []), { app, role: 'member' }]
  expect((await send(admin, 'PATCH', `/api/admin/users/${me?.id}`, { grants })).status).toBe(200)

  await admin.goto(`${product.origin}/design/${app}/form/visit`)
  await admin.getByRole('button', { name: '名称，单行文本，必填' }).click()
  for (const type of ['网址', '时刻', '标签']) {
    await admin.getByRole('button', { name: `添加${type}`, exact: true }).click()
    await admin.getByRole('button', { name: `${type}，${type}` }).waitFor()
  }
  await expectAccessible(admin)
  await admin.getByText('已保存', { exact: true }).waitFor()
  await admin.getByRole('button', { name: '发布', exact: true }).click()
  await admin.getByRole('button', { name: /^发布为版本/ }).click()
  await admin.getByText(/版本 \d+ 已发布/).waitFor({ timeout: 60_000 })

  // As people write them; what is no address says so at its place.
  await admin.goto(`${product.origin}/a/${app}/f/visit/new`)
  await admin.getByLabel('名称').fill('第一次')
  await admin.getByLabel('网址').fill('javascript:alert(1)')
  await admin.getByLabel('时刻').fill('9:05')
  await admin.getByLabel('时刻').press('Enter')
  await admin.getByLabel('标签').pressSequentially('返修、VIP')
  await admin.getByLabel('标签').press('Enter')
  await admin.keyboard.press('Escape')
  await save(admin)
  await admin
    .getByText(/不是有效的网址/)
    .first()
    .waitFor()
  await admin.getByLabel('网址').fill('WWW.example.com/Manual')
  await expectAccessible(admin)
  await save(admin)
  await admin.getByRole('heading', { name: '第一次' }).waitFor()
  const link = admin.getByRole('main').getByRole('link', { name: 'www.example.com/Manual' })
  expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
    'https://www.example.com/Manual',
    'noopener noreferrer',
  ])
  for (const words of ['09:05', '返修', 'VIP'])
    await admin.getByRole('main').getByText(words, { exact: true }).first().waitFor()
  await expectAccessible(admin)
  await expectReadable(admin)

  // By phone, in English: the tags of the first are offered.
  const small = await visit(product.origin, { ...phone, locale: 'en' })
  await small.getByLabel('User name').fill('admin')
  await small.getByLabel('Password').fill('tenon-demo')
  await small.getByRole('button', { name: 'Sign in', exact: true }).click()
  await small.getByRole('button', { name: 'Sign in', exact: true }).waitFor({ state: 'detached' })
  await small.goto(`${product.origin}/a/${app}/f/visit/new`)
  await small.getByLabel('Name').fill('Second')
  await small.getByLabel('Time of day').fill('23:59')
  await small.getByLabel('Time of day').press('Enter')
  await pick(small, small.getByLabel('Tags'), 'VIP')
  await small.keyboard.press('Escape')
  await expectFits(small)
  await save(small)
  await small.getByRole('heading', { name: 'Second' }).waitFor()
  await expectFits(small)

  // The list is asked for what is later, and for a tag.
  await admin.goto(`${product.origin}/a/${app}/f/visit`)
  await admin.getByRole('link', { name: 'www.example.com/Manual' }).waitFor()
  await admin.getByRole('button', { name: '添加筛选' }).click()
  await pick(admin, admin.getByLabel('字段', { exact: true }), '标签')
  await admin.getByLabel('值', { exact: true }).fill('返修')
  await admin.getByLabel('值', { exact: true }).press('Enter')
  await admin.keyboard.press('Escape')
  await admin.getByRole('button', { name: '应用' }).click()
  await admin.getByRole('button', { name: /^标签 包含 返修$/ }).waitFor()
  await admin.getByRole('link', { name: 'Second' }).waitFor({ state: 'detached' })
  await admin.getByRole('link', { name: '第一次' }).waitFor()
}, 240_000)
