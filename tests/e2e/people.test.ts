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
const app = `team_${Date.now() % 100_000_000}`

const files = (): object[] => [
  {
    id: app,
    kind: 'app',
    label: '项目协作',
    version: '1.0.0',
    locales: ['zh-CN', 'en'],
    roles: [{ id: 'member', label: { 'zh-CN': '成员', en: 'Member' } }],
    navigation: [{ id: 'job', form: 'job' }],
  },
  {
    id: 'job',
    kind: 'form',
    label: { 'zh-CN': '项目', en: 'Project' },
    title: { formula: 'name' },
    fields: [{ id: 'name', type: 'text', label: { 'zh-CN': '名称', en: 'Name' }, required: true }],
    views: [{ id: 'all', type: 'table', label: { 'zh-CN': '全部', en: 'All' }, columns: ['name'] }],
    access: [{ id: 'members', role: 'member', can: ['read', 'create', 'update', 'comment'] }],
  },
  {
    id: 'work',
    kind: 'flow',
    label: '协作流程',
    form: 'job',
    start: [{ on: 'created' }],
    nodes: [
      { id: 'begin', type: 'startEvent' },
      {
        id: 'confirm',
        type: 'userTask',
        label: { 'zh-CN': '确认', en: 'Confirm' },
        assign: [{ role: 'member' }],
        mode: 'all',
        outcomes: [{ id: 'agree', label: { 'zh-CN': '同意', en: 'Agree' } }],
      },
      { id: 'end', type: 'endEvent' },
    ],
    edges: [
      { id: 'a', from: 'begin', to: 'confirm' },
      { id: 'b', from: 'confirm', to: 'end' },
    ],
  },
]
const pathOf = ({ kind, id }: { kind?: string; id?: string }) => (kind === 'app' ? 'app.json' : `${kind}s/${id}.json`)

/** An app with a form and a flow, and four people in it. */
async function install(page: Page): Promise<void> {
  const documents = files().map((json) => ({
    path: pathOf(json),
    text: JSON.stringify({ ...json, schemaVersion: 1 }),
  }))
  expect((await send(page, 'POST', `/api/design/apps/${app}/publish`, { files: documents })).status).toBe(200)
  for (const username of ['agent1', 'agent2', 'agent3', 'engineer1']) {
    const found = await ask<{ items: { id: string; username: string; grants: object[] }[] }>(
      page,
      `/api/admin/users?q=${username}`,
    )
    const person = found.body.items.find((one) => one.username === username)
    const grants = [...(person?.grants ?? []), { app, role: 'member' }]
    expect((await send(page, 'PATCH', `/api/admin/users/${person?.id}`, { grants })).status).toBe(200)
  }
}

const option = (page: Page, words: string | RegExp) =>
  page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: words }).first()

async function pick(page: Page, list: Locator, words: string | RegExp): Promise<void> {
  await list.click()
  await option(page, words).click()
}

/** Looks somebody up by what is typed, and takes whom that finds. */
async function choose(page: Page, people: Locator, typed: string, name: string): Promise<void> {
  await people.fill(typed)
  await expect.poll(() => page.locator('.ant-select-dropdown:visible .ant-select-item-option').count()).toBe(1)
  await option(page, name).click()
}

test('an admin adds a field of several people; two are chosen, have the task and see the record, a third does not', async ({
  visit,
}) => {
  visit.allow(/404/)
  const admin = await visit(product.origin, { ...wide, path: '/design' })
  await admin.getByLabel('用户名').fill('admin')
  await admin.getByLabel('密码').fill('tenon-demo')
  await admin.getByRole('button', { name: '登录', exact: true }).click()
  await admin.getByRole('button', { name: '新建应用' }).waitFor()
  await install(admin)

  // The field.
  await admin.goto(`${product.origin}/design/${app}/form/job`)
  await admin.getByRole('button', { name: '名称，单行文本，必填' }).click()
  await admin.getByRole('button', { name: '添加多个人员', exact: true }).click()
  await admin.getByRole('button', { name: '多个人员，多个人员' }).waitFor()
  const panel = admin.getByRole('complementary', { name: '属性' })
  await panel.getByLabel('名称', { exact: true }).fill('协作人')
  await admin.getByRole('button', { name: '协作人，多个人员' }).waitFor()
  await panel.getByLabel('最多几人', { exact: true }).fill('3')
  await expectAccessible(admin)

  // Its people do the task, and only they see the record, besides whoever has made it.
  await admin.getByRole('link', { name: '协作流程' }).click()
  await admin.getByRole('group', { name: /确认/ }).first().click()
  const side = admin.getByRole('complementary', { name: '设置' })
  await pick(admin, side.getByRole('combobox', { name: '办理人 1' }), '人员字段')
  await pick(admin, side.getByRole('combobox', { name: '人员字段', exact: true }), '协作人')
  await admin.getByRole('group', { name: /确认.*协作人 · 会签/ }).waitFor()
  await admin.getByRole('link', { name: '应用设置' }).click()
  await admin.getByRole('tab', { name: '权限' }).click()
  await admin.getByRole('main').getByRole('button', { name: '项目', exact: true }).click()
  await admin.getByRole('button', { name: /数据范围：/ }).click()
  const rows = admin.getByRole('group', { name: '数据范围' })
  for (const [field, at] of [
    ['协作人', 0],
    ['创建人', 1],
  ] as const) {
    await rows.getByRole('button', { name: '添加条件', exact: true }).click()
    await pick(admin, rows.getByRole('combobox', { name: '字段' }).nth(at), field)
    if (at === 0) {
      // Of several people one is asked for.
      await choose(admin, rows.getByRole('combobox', { name: '值' }), 'agent2', '赵可欣')
      await admin.getByRole('button', { name: /协作人 包含 赵可欣/ }).waitFor()
    }
    await rows.getByRole('button', { name: '改为与另一字段比较' }).last().click()
    await pick(admin, rows.getByRole('combobox', { name: '值' }).nth(at), '当前用户')
  }
  await pick(admin, rows.getByRole('combobox', { name: '满足方式' }), '任一满足')
  await admin.getByRole('button', { name: /协作人 包含 当前用户 或 创建人 等于 当前用户/ }).waitFor()
  await admin.getByText('已保存', { exact: true }).waitFor()
  await admin.getByRole('button', { name: '发布', exact: true }).click()
  await admin.getByRole('button', { name: /^发布为版本/ }).click()
  await admin.getByText(/版本 \d+ 已发布/).waitFor({ timeout: 60_000 })

  // Staff choose two of them.
  const staff = await visit(product.origin, wide)
  await signIn(staff, 'agent1')
  await staff.goto(`${product.origin}/a/${app}/f/job/new`)
  const title = `机房搬迁 ${Date.now()}`
  await staff.getByLabel('名称').fill(title)
  const people = staff.getByLabel('协作人')
  await choose(staff, people, '黄志远', '黄志远')
  await choose(staff, people, 'agent2', '赵可欣')
  await staff.keyboard.press('Escape')
  await expectAccessible(staff)
  await staff.getByRole('button', { name: /^(提交|保存|创建)/ }).click()
  await staff.getByRole('heading', { name: title }).waitFor()
  await staff.getByText('需 2 人同意').waitFor()
  await expectReadable(staff)

  // One of them by phone, in English.
  const two = await visit(product.origin, { ...phone, locale: 'en' })
  await two.getByLabel('User name').fill('agent2')
  await two.getByLabel('Password').fill('tenon-demo')
  await two.getByRole('button', { name: 'Sign in', exact: true }).click()
  await two.getByText(title).first().click()
  await two.getByRole('heading', { name: title }).waitFor()
  await two.getByRole('main').getByText('黄志远').first().waitFor()
  await expectFits(two)
  await two.getByRole('button', { name: 'Agree', exact: true }).click()
  await two.getByText(/1 of 2 answered/).waitFor()

  // The other in a list filtered by himself.
  const three = await visit(product.origin, wide)
  await signIn(three, 'agent3')
  await three.goto(`${product.origin}/a/${app}/f/job`)
  await three.getByRole('button', { name: '添加筛选' }).click()
  await pick(three, three.getByLabel('字段', { exact: true }), '协作人')
  await choose(three, three.getByLabel('值', { exact: true }), '黄志远', '黄志远')
  await three.getByLabel('值', { exact: true }).press('Escape')
  await three.getByRole('button', { name: '应用' }).click()
  await three.waitForURL(/where=/)
  const chip = three.getByRole('button', { name: /^协作人.*黄志远$/ })
  await chip.waitFor()
  await three.reload()
  await chip.waitFor()
  await three.getByRole('link', { name: title }).click()
  await three.getByRole('button', { name: '同意', exact: true }).click()
  await expect.poll(async () => (await openTasks(three)).length).toBe(0)

  const other = await visit(product.origin, wide)
  await signIn(other, 'engineer1')
  const seen = await ask<{ total: number }>(other, `/api/apps/${app}/forms/job/records`)
  expect(seen.body.total).toBe(0)
})

const openTasks = async (page: Page) =>
  (await ask<{ items: object[] }>(page, `/api/tasks?state=open&app=${app}`)).body.items
