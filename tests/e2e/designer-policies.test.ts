import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, wide } from './checks.ts'
import { type Product, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

/** A machine that does much else takes its time. */
const soon = { timeout: 30_000 }
const bench = (place: string) => ({ ...wide, path: `/design/after_sales/${place}` })

async function pick(page: Page, list: Locator, words: string): Promise<void> {
  await list.click()
  await page.locator('.ant-select-dropdown:visible').getByTitle(words, { exact: true }).last().click()
}

/** The first record a picker offers, taken without a pointer. */
async function firstRecordByKeys(page: Page, list: Locator): Promise<void> {
  await list.focus()
  await page.keyboard.press('ArrowDown')
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().waitFor()
  await page.keyboard.press('Enter')
}

async function expectGood(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectReadable(page)
  await expectFits(page)
}

describe('the benches of policies', { timeout: 240_000 }, () => {
  test('an SLA is worked out day by day, compared with what really happened, and changed by mouse and keyboard', async ({
    visit,
  }) => {
    const page = await visit(product.origin, bench('policy/standard'))
    await signIn(page, 'admin')
    const opened = page.getByLabel('提出时间')
    await opened.fill('2026-03-06T17:30')
    const resolution = page.getByRole('region', { name: '解决' })
    await pick(page, page.getByRole('combobox', { name: '客户 › 客户等级' }), '战略客户')
    await resolution.getByText(/共计 8 小时/).click()
    await resolution.getByRole('cell', { name: /17:30–18:00/ }).waitFor()
    await resolution.getByText('2026年3月9日', { exact: true }).waitFor()
    await expectGood(page)

    await page.getByRole('tab', { name: '回看历史' }).click()
    await page.getByRole('button', { name: '开始比较' }).click()
    await page.getByText(/其中 \d+ 条结果会不同/).waitFor()
    const before = await page.getByRole('row', { name: /首次响应/ }).innerText()

    await page.getByRole('button', { name: /^首次响应/ }).click()
    await page.getByRole('spinbutton', { name: '时限' }).fill('1')
    await pick(page, page.getByRole('combobox', { name: '时限 单位' }), '分钟')
    await page.getByRole('button', { name: /^首次响应 1 分钟/ }).waitFor()
    await page.getByText('已保存').waitFor()
    await page.getByRole('button', { name: '开始比较' }).click()
    await page.getByText(/其中 [1-9]\d* 条结果会不同/).waitFor()
    await expect.poll(() => page.getByRole('row', { name: /首次响应/ }).innerText(), soon).not.toBe(before)
    expect(await page.getByRole('list', { name: '结果不同的记录' }).getByRole('link').count()).toBeGreaterThan(0)
    await expectGood(page)

    await page.getByRole('button', { name: '复制“解决”' }).focus()
    await page.keyboard.press('Enter')
    const clocks = page.getByRole('button', { name: /^(首次响应|解决)/ })
    await expect.poll(() => clocks.count(), soon).toBe(3)
    await page.getByRole('button', { name: '移动首次响应' }).focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => clocks.first().innerText(), soon).toMatch(/^解决/)
    await page.getByRole('button', { name: '删除“解决”' }).first().focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => clocks.count(), soon).toBe(2)
  })

  test('a strategy is tried on a record: who gets it, everybody in order, and why not another', async ({ visit }) => {
    const page = await visit(product.origin, bench('assignment/balanced_by_skill'))
    await signIn(page, 'admin')
    await firstRecordByKeys(page, page.getByRole('combobox', { name: '选择一条记录' }))
    await page
      .getByRole('status')
      .filter({ hasText: /会派给|交给/ })
      .waitFor()
    await page.getByText('得到任务', { exact: true }).waitFor()
    await page
      .getByText(/^为什么不是/)
      .first()
      .click()
    await page
      .getByText(/没有满足：|少 .* 分|更久没有接单/)
      .first()
      .waitFor()
    await expectGood(page)

    await page.getByRole('button', { name: /^负载轻/ }).click()
    await page.getByRole('spinbutton', { name: '权重' }).fill('0')
    await page
      .getByText(/负载轻 [\d.]+ × 0 = 0/)
      .first()
      .waitFor()

    await page.getByText('假设的记录').click()
    await pick(page, page.getByRole('combobox', { name: '服务区域' }), '华东')
    await page
      .getByRole('status')
      .filter({ hasText: /会派给|交给/ })
      .waitFor()
    await page.getByText('未满足：负责该区域').first().waitFor()
    await expectGood(page)
  })

  test('a message is written with fields and seen as it arrives in every channel and language', async ({ visit }) => {
    const page = await visit(product.origin, bench('message/sla_warning'))
    await signIn(page, 'admin')
    await page.getByText(/已用“TK/).waitFor()
    await page.getByRole('switch', { name: '启用短信' }).click()
    const text = page.getByRole('textbox', { name: '短信正文（中文）' })
    await text.fill('工单即将超时：')
    const sms = page.getByRole('region', { name: '短信 中文' })
    await sms.getByRole('button', { name: '插入字段' }).click()
    await page.getByRole('menuitem', { name: '编号', exact: true }).click()
    await expect.poll(() => text.inputValue(), soon).toBe('工单即将超时：{{record.number}}')
    const preview = page.getByRole('region', { name: '短信预览（中文）' })
    await expect.poll(() => preview.innerText(), soon).toMatch(/工单即将超时：TK\d+-\d+/)
    await preview.getByText(/按 1 条计费/).waitFor()
    await expectGood(page)

    await text.focus()
    await page.keyboard.press('End')
    await page.keyboard.type('{{record.nothing_here}}')
    await sms.getByRole('alert').waitFor()
    await page.getByRole('textbox', { name: '短信正文（英文）' }).fill('')
    await page.getByText('使用此语言的人会看到中文').waitFor()
    await expectAccessible(page)
  })

  test('a metric shows its figure, its course and the rows behind it while it is drawn', async ({ visit }) => {
    const page = await visit(product.origin, bench('metric/tickets'))
    await signIn(page, 'admin')
    await page.getByRole('button', { name: '查看依据的记录' }).click()
    const behind = page.getByRole('region', { name: '依据的记录' })
    const count = async () => Number(/共 (\d+) 条/.exec(await behind.getByText(/共 \d+ 条/).innerText())?.[1])
    const all = await count()
    expect(all).toBeGreaterThan(0)
    await expect
      .poll(() => page.getByRole('complementary', { name: '实时结果' }).innerText(), soon)
      .toContain(String(all))
    await expectGood(page)

    const range = page.getByRole('region', { name: '算哪些' })
    await range.getByRole('button', { name: '添加条件', exact: true }).click()
    await pick(page, range.getByRole('combobox', { name: '字段' }), '优先级')
    await pick(page, range.getByRole('combobox', { name: '值' }), '紧急')
    await page.getByText(/对优先级 等于 紧急的记录/).waitFor()
    await page.getByRole('button', { name: '查看依据的记录' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(count, soon).toBeLessThan(all)
  })

  test('a scenario is read step by step, run in place, and tells which step fails and why', async ({ visit }) => {
    const page = await visit(product.origin, bench('scenario/overdue_goes_to_superior'))
    await signIn(page, 'admin')
    await page.getByText('1. agent1 新建记录').waitFor()
    await page.getByRole('button', { name: '运行', exact: true }).click()
    await page.getByText('全部通过').waitFor()
    expect(await page.getByText('通过', { exact: true }).count()).toBeGreaterThan(3)
    await expectGood(page)

    await page.getByRole('button', { name: /^3\. 推进时间/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('spinbutton', { name: '推进时间' }).fill('1')
    await page.getByText('场景已修改，请重新运行。').waitFor()
    await page.getByRole('button', { name: '运行', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('未通过', { exact: true }).waitFor()
    await page.getByRole('button', { name: '第 4 步' }).click()
    expect(await page.getByRole('button', { name: /^4\. 期望/ }).getAttribute('aria-expanded')).toBe('true')
    await expectAccessible(page)
  })

  test('the filters of a board work while it is drawn', async ({ visit }) => {
    const page = await visit(product.origin, bench('board/service_overview'))
    await signIn(page, 'admin')
    const first = page.locator('[data-handle]').first()
    await first.waitFor()
    const asked = page.waitForRequest(
      (request) => request.url().endsWith('/query') && request.postData()?.includes('P7D') === true,
    )
    await page.getByRole('combobox', { name: '受理时间' }).click()
    await page.locator('.ant-select-dropdown:visible').getByTitle('最近 7 天', { exact: true }).click()
    await asked
    await expectGood(page)
  })

  test('all of them fit a phone, in English and in the dark', async ({ visit }) => {
    const page = await visit(product.origin, { ...bench('policy/urgent'), locale: 'en', colorScheme: 'dark' })
    await signIn(page, 'admin')
    await page.setViewportSize(phone.viewport)
    for (const [place, heading] of [
      ['policy/urgent', 'SLA of urgent tickets'],
      ['assignment/supervisor_on_duty', 'The least busy supervisor'],
      ['message/customer_silent', 'Customer is silent'],
      ['metric/csat_avg', ''],
      ['scenario/lunch_break', ''],
    ] as const) {
      await page.goto(`${product.origin}/design/after_sales/${place}`)
      await page.getByRole('heading', { level: 1, ...(heading ? { name: heading } : {}) }).waitFor()
      await expectFits(page)
      await expectAccessible(page)
    }
  })
})
