import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectReadable, wide } from './checks.ts'
import { bells, pick, saved } from './designer-steps.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

// The measure of the designer: what somebody who has never seen it does in ten minutes, to its end in the staff app.
let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

/** Drags by the pointer alone, in steps as a hand does. */
async function drag(page: Page, from: Locator, to: Locator, at: 'behind' | 'onto'): Promise<void> {
  const start = await from.boundingBox()
  const end = await to.boundingBox()
  if (!start || !end) throw new Error('nothing to drag')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(start.x + start.width / 2 + 8, start.y + start.height / 2 + 8, { steps: 3 })
  await page.mouse.move(at === 'behind' ? end.x + end.width - 6 : end.x + end.width / 2, end.y + end.height / 2, {
    steps: 12,
  })
  await page.mouse.up()
}

/** A new definition from the left column. */
async function make(page: Page, kind: string, name: string): Promise<void> {
  await page
    .getByRole('button', { name: `新建${kind}` })
    .last()
    .click()
  const dialog = page.getByRole('dialog', { name: `新建${kind}` })
  await dialog.getByLabel('中文名称').fill(name)
  await dialog.getByRole('button', { name: /^创\s?建$/ }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('link', { name, exact: true }).first().waitFor()
}

type People = {
  readonly items: readonly { readonly id: string; readonly username: string; readonly grants: object[] }[]
}

/** Gives people their roles in the app, as the administrator of the installation does. */
async function grant(page: Page, app: string, roles: { readonly [username: string]: string }): Promise<void> {
  const { body } = await ask<{ files: { path: string; text: string }[] }>(page, `/api/design/apps/${app}`)
  const definition = JSON.parse(body.files.find(({ path }) => path === 'app.json')?.text ?? '{}') as {
    roles: { id: string; label: { 'zh-CN': string } }[]
  }
  for (const [username, label] of Object.entries(roles)) {
    const { items } = (await ask<People>(page, `/api/admin/users?q=${username}`)).body
    const person = items.find((one) => one.username === username)
    const role = definition.roles.find((one) => one.label['zh-CN'] === label)?.id
    const grants = [...(person?.grants ?? []), { app, role }]
    expect((await send(page, 'PATCH', `/api/admin/users/${person?.id}`, { grants })).status).toBe(200)
  }
}

describe('the ten-minute story', { timeout: 300_000 }, () => {
  test('by mouse, in Chinese, from an empty app to finance approving and the director told', async ({ visit }) => {
    visit.allow(/404/)
    const page = await visit(product.origin, { ...wide, path: '/design' })
    await page.getByLabel('用户名').fill('admin')
    await page.getByLabel('密码').fill('tenon-demo')
    await page.getByRole('button', { name: '登录', exact: true }).click()

    // An app with a form: three fields, one of them asked for when it is urgent.
    await page.getByRole('button', { name: '新建应用' }).click()
    await page.getByLabel('中文名称').fill('小修中心')
    await page.getByLabel('英文名称').fill(`repairs ${Date.now() % 100_000}`)
    await page.getByRole('button', { name: /^创\s?建$/ }).click()
    await page.getByText('从第一个表单开始').waitFor()
    const app = new URL(page.url()).pathname.split('/')[2] ?? ''
    await make(page, '表单', '报修单')
    const panel = page.getByRole('complementary', { name: '属性' })
    const named = async (name: string) => {
      await panel.getByLabel('名称', { exact: true }).fill(name)
      await page.getByRole('button', { name: new RegExp(`^${name}，`) }).waitFor()
    }
    const add = async (type: string, behind: string, name: string) => {
      const field = page.getByRole('button', { name: new RegExp(`^${behind}，`) })
      await field.waitFor()
      await drag(page, page.getByRole('button', { name: `添加${type}`, exact: true }), field, 'behind')
      await page.getByRole('button', { name: `${type}，${type}` }).waitFor()
      await named(name)
    }
    await add('单选', '名称', '优先级')
    await panel.getByRole('textbox', { name: '选项“选项1”的名称' }).fill('紧急')
    await panel.getByRole('textbox', { name: '选项“选项2”的名称' }).fill('一般')
    await panel.getByRole('button', { name: '删除选项“选项3”' }).click()
    await add('是否', '优先级', 'VIP 客户')
    await add('金额', 'VIP 客户', '预估费用')
    const required = panel.getByRole('group', { name: '何时必填' })
    await required.getByRole('button').first().click()
    await pick(page, required.getByLabel('字段', { exact: true }), '优先级')
    await pick(page, required.getByLabel('值', { exact: true }), '紧急')
    await page.getByRole('button', { name: '预估费用，金额，按条件必填' }).waitFor()
    await expectAccessible(page)
    await expectReadable(page)

    // Two more roles.
    await page.getByRole('link', { name: '应用设置' }).click()
    await page.getByRole('tab', { name: '角色' }).click()
    for (const name of ['财务', '总监']) {
      await page.getByRole('button', { name: '添加角色' }).click()
      await page.getByLabel('名称', { exact: true }).fill(name)
      await page.getByRole('heading', { name }).waitFor()
    }

    // A flow: intake, then approval by finance within two hours.
    await make(page, '流程', '报修处理')
    const side = page.getByRole('complementary', { name: '设置' })
    const insert = async (stencil: string, name: string, role: string) => {
      const plus = page.getByRole('button', { name: /^在这里插入步骤/ }).last()
      await plus.waitFor()
      await drag(page, page.getByRole('button', { name: stencil, exact: true }), plus, 'onto')
      await page.getByRole('heading', { name: new RegExp(stencil) }).waitFor()
      await side.getByLabel('名称', { exact: true }).first().fill(name)
      await side.getByRole('button', { name: '添加办理人' }).click()
      await pick(page, side.getByRole('combobox', { name: '办理人 1' }), '角色')
      await pick(page, side.getByRole('combobox', { name: '角色', exact: true }), role)
    }
    await insert('办理', '受理', '成员')
    await insert('审批', '财务审批', '财务')
    await side.getByRole('button', { name: '添加时限' }).click()
    await side.getByRole('spinbutton', { name: '时限' }).fill('2')
    await page.getByRole('group', { name: /财务审批.*财务 · 2 小时/ }).waitFor()
    await expectAccessible(page)

    // The bench says that finance could not see its task; the way out is a click in the rights.
    await page
      .getByText(/该角色不能查看“报修单”/)
      .first()
      .waitFor()
    await page.getByRole('link', { name: '应用设置' }).click()
    await page.getByRole('tab', { name: '权限' }).click()
    await page.getByRole('main').getByRole('button', { name: '报修单', exact: true }).click()
    for (const role of ['财务', '总监']) {
      await page.getByRole('button', { name: `授权给${role}` }).click()
      await expect.poll(() => page.getByRole('checkbox', { name: `${role}：查看`, exact: true }).isChecked()).toBe(true)
    }

    // The rule, with its text message.
    await make(page, '消息模板', '紧急报修提醒')
    const main = page.getByRole('main')
    await main.getByRole('switch', { name: '启用短信' }).click()
    await main.getByLabel('短信正文（中文）').fill('紧急报修：')
    await main.getByRole('region', { name: '短信 中文' }).getByRole('button', { name: '插入字段' }).click()
    await page.getByRole('menuitem', { name: '名称', exact: true }).click()
    await make(page, '规则', '紧急 VIP 通知总监')
    const condition = page.getByRole('group', { name: '如果' })
    for (const [field, value] of [
      ['优先级', '紧急'],
      ['VIP 客户', '是'],
    ] as const) {
      await condition.getByRole('button', { name: '添加条件', exact: true }).click()
      await pick(page, condition.getByRole('combobox', { name: '字段' }).last(), field)
      await pick(page, condition.getByRole('combobox', { name: '值' }).last(), value)
    }
    await page.getByRole('button', { name: '添加动作' }).click()
    await page.getByRole('menuitem', { name: '发送通知' }).click()
    await page.getByRole('button', { name: '添加发给' }).click()
    await pick(page, page.getByRole('combobox', { name: '发给 1' }), '角色')
    await pick(page, page.getByRole('combobox', { name: '角色', exact: true }), '总监')
    await pick(page, page.getByRole('combobox', { name: '消息', exact: true }), '紧急报修提醒')
    await page.getByRole('switch', { name: '启用规则' }).click()
    await page.getByText(/如果优先级 等于 紧急 且 VIP 客户 等于 是，就发送通知/).waitFor()
    await saved(page)

    // One step is taken back, and done again.
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText('已停用').waitFor()
    await page.getByRole('button', { name: '重做' }).click()
    await page.getByText('已启用').waitFor()

    // Tried before anybody works in it: somebody stands in for each role.
    await page.getByRole('link', { name: '报修处理' }).click()
    await page.getByText('试运行', { exact: true }).click()
    const trying = page.getByRole('complementary', { name: '试运行' })
    await trying.getByLabel('名称').fill('空调不制冷')
    await pick(page, trying.getByLabel('优先级'), '紧急')
    await trying.getByRole('switch').click()
    await trying.getByLabel('预估费用').fill('800')
    await trying.getByRole('button', { name: '开始试运行' }).click()
    await trying.getByText('短信 → 总监').waitFor()
    await trying.getByText('紧急报修：空调不制冷').waitFor()
    await trying.getByRole('region', { name: '受理' }).getByRole('button', { name: '完成' }).click()
    await trying
      .getByRole('region', { name: '财务审批' })
      .getByText(/应在 .* 前/)
      .waitFor()
    await expectAccessible(page)
    await expectReadable(page)
    await trying.getByRole('region', { name: '财务审批' }).getByRole('button', { name: '同意', exact: true }).click()
    await trying.getByText('待办任务（0）').waitFor()

    // Published, and used.
    await saved(page)
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByRole('dialog').getByText('第一次发布').waitFor()
    await page.getByRole('button', { name: /^发布为版本 1/ }).click()
    await page.getByText('版本 1 已发布').waitFor()
    await grant(page, app, { agent1: '成员', finance: '财务', manager: '总监' })

    const agent = await visit(product.origin, wide)
    await signIn(agent, 'agent1')
    await agent.goto(`${product.origin}/a/${app}/f/form_1/new`)
    const subject = `三楼漏水 ${Date.now()}`
    await agent.getByLabel('名称').fill(subject)
    await pick(agent, agent.getByLabel('优先级'), '紧急')
    await agent.getByRole('switch').click()
    const submit = agent.getByRole('button', { name: /^(提交|保存|创建)/ })
    await submit.click()
    // What the designer asked for when it is urgent.
    await agent.getByLabel('预估费用').fill('1200')
    await submit.click()
    await agent.getByRole('heading', { name: subject }).waitFor()
    await agent
      .getByRole('button', { name: /^(领取|认领|接单)/ })
      .first()
      .click()
    await agent.getByRole('button', { name: '完成', exact: true }).first().click()

    const finance = await visit(product.origin, wide)
    await signIn(finance, 'finance')
    type Tasks = {
      readonly items: readonly { readonly label: unknown; readonly dueAt: string; readonly createdAt: string }[]
    }
    const waiting = async () =>
      (await ask<Tasks>(finance, `/api/tasks?app=${app}&state=open`)).body.items.filter(({ dueAt }) => dueAt !== null)
    await expect.poll(async () => (await waiting()).length, { timeout: 20_000 }).toBe(1)
    const [task] = await waiting()
    expect(Date.parse(task?.dueAt ?? '') - Date.parse(task?.createdAt ?? '')).toBe(2 * 3_600_000)
    await finance.goto(`${product.origin}/a/${app}/f/form_1`)
    await finance.getByText(subject).first().click()
    await finance.getByText('财务审批').first().waitFor()

    const director = await visit(product.origin, wide)
    await signIn(director, 'manager')
    await expect.poll(() => bells(director), { timeout: 20_000 }).toContain('紧急报修提醒')
  }, 300_000)
})
