import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectReadable, wide } from './checks.ts'
import { ask, type Product, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

type Flow = {
  readonly nodes: { readonly id: string; readonly mode?: string }[]
  readonly edges: { from: string; to: string }[]
}
const flow = async (page: Page): Promise<Flow> => {
  const draft = await ask<{ files: { path: string; text?: string }[] }>(page, '/api/design/apps/after_sales/draft')
  return JSON.parse(draft.body.files.find(({ path }) => path === 'flows/ticket_sop.json')?.text ?? '{}') as Flow
}
const saved = (page: Page) => page.getByRole('status').filter({ hasText: '已保存' }).waitFor()

describe('the flow bench', { timeout: 150_000 }, () => {
  test('a step is put into a line, and the flow is tried with its clock moved and kept as a scenario', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...wide, path: '/design/after_sales/flow/ticket_sop' })
    await signIn(page, 'admin')
    await page
      .getByRole('group', { name: /受理/ })
      .or(page.getByText('受理', { exact: true }))
      .first()
      .waitFor()
    await expectAccessible(page)
    await expectReadable(page)
    const before = await flow(page)

    const plus = page.getByRole('button', { name: /^在这里插入步骤/ }).first()
    await plus.click()
    await page.getByRole('menuitem', { name: '审批' }).click()
    await page.getByRole('heading', { name: /审批/ }).waitFor()
    await saved(page)
    const after = await flow(page)
    const [added] = after.nodes.filter(({ id }) => !before.nodes.some((node) => node.id === id))
    expect(added).toBeDefined()
    // The line was cut in two: nothing hangs loose.
    expect(after.edges).toHaveLength(before.edges.length + 1)
    expect(after.edges.some(({ from }) => from === added?.id)).toBe(true)
    expect(after.edges.some(({ to }) => to === added?.id)).toBe(true)

    await page.getByRole('button', { name: '撤销' }).click()
    await saved(page)
    expect(await flow(page)).toEqual(before)

    await page.getByText('试运行', { exact: true }).click()
    await page.getByRole('combobox', { name: '选择记录' }).click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
    await page.getByRole('button', { name: '开始试运行' }).click()
    await page.getByText('待办任务（1）').waitFor()
    const accept = page.getByRole('region', { name: '受理' })
    await accept.getByRole('button', { name: '受理', exact: true }).click()
    await page.getByRole('region', { name: '定级' }).waitFor()
    // Whatever the day: the clock goes to where the step's limit has something to say.
    const told = page.getByText(/会发出的消息（[1-9]/)
    for (let tries = 0; tries < 4 && !(await told.isVisible()); tries += 1) {
      await page.getByRole('button', { name: '到下一个定时' }).click()
      await page.getByRole('region', { name: '定级' }).waitFor()
      await told.waitFor({ timeout: 5_000 }).catch(() => undefined)
    }
    await told.waitFor()
    await expectAccessible(page)
    await page.getByLabel('场景名称').fill('受理后未定级会提醒')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已存入草稿，以后每次发布前都会自动验证。').waitFor()
    await page.getByRole('link', { name: '受理后未定级会提醒' }).waitFor()
  })

  test('saved as BPMN and read in again the flow is the same, whatever was drawn in between', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, locale: 'en-GB', path: '/design/after_sales/flow/ticket_sop' })
    await signIn(page, 'admin')
    await page.locator('.react-flow__node').first().waitFor()
    const before = await flow(page)
    const more = page.getByRole('button', { name: 'More', exact: true })
    await more.click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Export BPMN' }).click()
    const file = await (await download).path()
    await page.locator('.react-flow__node').nth(2).click()
    await page.keyboard.press('Delete')
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    expect(await flow(page)).not.toEqual(before)

    await more.click()
    await page.getByRole('menuitem', { name: 'Import BPMN' }).click()
    const drawer = page.getByRole('dialog', { name: 'Import BPMN' })
    await drawer.locator('input[type=file]').setInputFiles({
      name: 'ticket_sop.bpmn',
      mimeType: 'application/xml',
      buffer: readFileSync(file),
    })
    await drawer.getByRole('list', { name: 'Result of the import' }).waitFor()
    await drawer.getByRole('button', { name: /Replace/ }).click()
    await expect.poll(() => flow(page), { timeout: 20_000 }).toEqual(before)
  })
})
