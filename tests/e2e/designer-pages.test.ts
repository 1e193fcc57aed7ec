import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, wide } from './checks.ts'
import { saved } from './designer-steps.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

// What surrounds the benches: history and recycle bin, running flows, the environment.
let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

const workshop = '/design/after_sales'
const design = '/api/design/apps/after_sales'
type File = { readonly path: string; readonly text?: string }
type Plan = { readonly steps: readonly { readonly key: string; readonly kind: string }[] }
type Json = Record<string, unknown>

/** Publishes the live app with one document changed. */
async function publish(page: Page, path: string, change: (document: Json) => void, instances?: object): Promise<void> {
  const { version, files } = (await ask<{ version: number; files: File[] }>(page, design)).body
  const changed = files.map((file) => {
    if (file.path !== path) return file
    const document = JSON.parse(file.text ?? '{}') as Json
    change(document)
    return { path, text: JSON.stringify(document) }
  })
  const body = { files: changed, baseVersion: version, ...(instances ? { instances } : {}) }
  const { steps } = (await send<Plan>(page, 'POST', `${design}/plan`, body)).body
  const confirm = steps.filter(({ kind }) => kind !== 'safe').map(({ key }) => key)
  const done = await send(page, 'POST', `${design}/publish`, { ...body, confirm })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
}

const handle = (flow: Json) => (flow.nodes as Json[]).find(({ id }) => id === 'handle')

describe('the pages of the workshop', () => {
  test('a step is put back as an earlier version had it, a deleted rule comes out of the bin, both can be undone', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...wide, path: workshop })
    await signIn(page, 'admin')
    await publish(page, 'flows/ticket_sop.json', (flow) => {
      Object.assign(handle(flow) ?? {}, { label: { 'zh-CN': '上门处理', en: 'Visit' } })
    })
    await page.goto(`${product.origin}${workshop}/flow/ticket_sop?at=nodes%2Fhandle`)
    await saved(page)
    await page.getByRole('button', { name: '修改历史' }).click()
    const history = page.getByRole('dialog', { name: '修改历史' })
    await history.getByText(/步骤「处理」改名为“上门处理”/).waitFor()
    await expectAccessible(page)
    await history.getByRole('button', { name: '恢复成这样' }).click()
    await page.getByText(/已恢复成版本 1 的样子/).waitFor()
    await history.getByText('草稿（未发布）').waitFor()
    const label = async () => {
      const { files } = (await ask<{ files: File[] }>(page, `${design}/draft`)).body
      const flow = JSON.parse(files.find(({ path }) => path === 'flows/ticket_sop.json')?.text ?? '{}') as Json
      return (handle(flow) as { label: Json } | undefined)?.label['zh-CN']
    }
    expect(await label()).toBe('处理')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '撤销' }).click()
    await saved(page)
    await expect.poll(label).toBe('上门处理')

    await page.getByRole('button', { name: '“本周解决变慢”的更多操作' }).click()
    await page.getByRole('menuitem', { name: '删除' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
    const definitions = page.getByRole('navigation', { name: '应用内容' })
    await definitions.getByRole('link', { name: '本周解决变慢' }).waitFor({ state: 'detached' })
    await saved(page)
    await page.getByRole('link', { name: '回收站' }).click()
    const gone = page.getByRole('listitem').filter({ hasText: '本周解决变慢' }).filter({ hasText: '在草稿里删除' })
    await gone.waitFor()
    await expectAccessible(page)
    await expectReadable(page)
    await gone.getByRole('button').click()
    await definitions.getByRole('link', { name: '本周解决变慢' }).waitFor()
    await gone.waitFor({ state: 'detached' })
  }, 180_000)

  test('parked flows are decided about one by one, and all together', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: workshop })
    await signIn(page, 'admin')
    const parking = { choices: [{ flow: 'ticket_sop', choice: 'park' }] }
    await publish(
      page,
      'flows/ticket_sop.json',
      (flow) => {
        Object.assign(handle(flow) ?? {}, { label: { 'zh-CN': '远程处理', en: 'Remote' } })
      },
      parking,
    )
    await page.goto(`${product.origin}${workshop}/running`)
    const parked = page.getByRole('list', { name: '等待处理的流程' }).getByRole('listitem', { name: /^TK/ })
    await parked.first().waitFor()
    const count = await parked.count()
    expect(count).toBeGreaterThan(5)
    await expectAccessible(page)
    await parked.first().getByRole('button', { name: '转到新流程' }).click()
    await page.getByText(/已转到新流程/).waitFor()
    await expect.poll(() => parked.count()).toBe(count - 1)
    await parked.first().getByRole('button', { name: '终止流程' }).click()
    const asked = page.getByRole('dialog')
    await asked.getByLabel('原因（选填）').fill('客户撤回')
    await asked.getByRole('button', { name: '终止流程' }).click()
    await page.getByText(/的流程已终止/).waitFor()
    await expect.poll(() => parked.count()).toBe(count - 2)
    await page.getByRole('button', { name: '全部按旧流程办完' }).click()
    await page.getByText('没有等待处理的流程').waitFor()
  }, 240_000)

  test('the newest tickets are played through a draft: with another promise they differ, without it they do not', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...wide, path: `${workshop}/policy/standard` })
    await signIn(page, 'admin')
    await page.getByRole('button', { name: /^首次响应/ }).click()
    await page.getByRole('spinbutton', { name: '时限' }).first().fill('1')
    await page.getByRole('button', { name: /^首次响应.*1 小时/ }).waitFor()
    await page.getByRole('link', { name: '用历史单据验证' }).click()
    const pick = async (list: string, words: string) => {
      await page.getByRole('combobox', { name: list }).click()
      await page.locator('.ant-select-dropdown:visible').getByTitle(words, { exact: true }).click()
    }
    await pick('表单', '工单')
    await pick('数量', '最近 20 张')
    await page.getByRole('button', { name: '开始验证' }).click()
    await page.getByText(/重走了 20 张单据，[1-9]\d* 张会不一样/).waitFor({ timeout: 60_000 })
    const first = page.getByRole('list', { name: '会不一样的单据' }).getByRole('listitem').first()
    await first.getByRole('link', { name: /^TK/ }).waitFor()
    const due = first.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '首次响应' }) })
    await due.getByRole('cell').nth(1).getByText(/到期/).waitFor()
    const [before, after] = await due.getByRole('cell').allInnerTexts()
    expect(before).not.toBe(after)
    await expectFits(page)
    await expectReadable(page)
    await expectAccessible(page)

    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByRole('button', { name: '开始验证' }).click()
    await page.getByText('重走了 20 张单据，结果全部相同').waitFor({ timeout: 60_000 })
  }, 240_000)

  test('the history lies over the flow: the slowest step, its figures, the tickets behind them', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: `${workshop}/flow/ticket_sop?tab=history` })
    await signIn(page, 'admin')
    const panel = page.getByRole('complementary', { name: '历史' })
    await panel.getByText(/^[1-9]\d* 次开始，\d+ 次结束$/).waitFor({ timeout: 60_000 })
    const slowest = panel.getByRole('list', { name: '按时间从慢到快' }).getByRole('listitem').first()
    const name = (await slowest.getByRole('button').innerText()).split('\n')[0]?.trim() ?? ''
    expect(name).not.toBe('')
    await slowest.getByRole('button').click()
    // The drawing opens at its beginning; what is chosen comes into sight.
    await page.locator('.react-flow__node [data-heat="3"]').first().waitFor()
    const figures = panel.getByRole('region', { name: `“${name}”的数字` })
    await figures.getByRole('button', { name: /^进入/ }).click()
    await figures.getByRole('link', { name: /^TK/ }).first().waitFor()
    await expectReadable(page)
    await expectAccessible(page)
    await panel.getByTitle('等待', { exact: true }).click()
    await panel.getByText('从任务产生到有人接手，平均多久。').waitFor()
    await panel.getByRole('combobox', { name: '时间段' }).click()
    await page.locator('.ant-select-dropdown:visible').getByTitle('自选日期…', { exact: true }).click()
    await panel.getByLabel('从', { exact: true }).fill('2020-01-01')
    await panel.getByLabel('到', { exact: true }).fill('2020-01-31')
    await panel.getByText('0 次开始，0 次结束').waitFor({ timeout: 60_000 })
  }, 240_000)

  test('on a phone, by keyboard, in English: a variable that the app declares is set for this installation', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...phone, locale: 'en', path: '/admin/environment' })
    await signIn(page, 'admin')
    await publish(page, 'app.json', (app) => {
      app.variables = [{ id: 'erp', label: { 'zh-CN': 'ERP 地址', en: 'ERP address' } }]
    })
    await page.reload()
    const address = page.getByLabel('ERP address', { exact: true })
    await address.focus()
    await page.keyboard.type('https://erp.example.com')
    await page.keyboard.press('Enter')
    await page.getByText('"ERP address" is saved').waitFor()
    await page.getByRole('button', { name: 'Add a secret' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Add a secret' })
    await dialog.getByLabel('Name').fill('erp_token')
    await dialog.getByLabel('Sent only to').fill('https://erp.example.com')
    await dialog.getByLabel('Secret', { exact: true }).fill('a-long-secret')
    await page.keyboard.press('Enter')
    await page.getByText('erp_token').waitFor()
    await expectFits(page)
    await expectAccessible(page)
    await page.reload()
    expect(await address.inputValue()).toBe('https://erp.example.com')
    expect(await page.content()).not.toContain('a-long-secret')
  }, 120_000)
})
