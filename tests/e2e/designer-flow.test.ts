import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectReadable, wide } from './checks.ts'
import { saved } from './designer-steps.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

type Flow = {
  readonly nodes: { readonly id: string; readonly mode?: string }[]
  readonly edges: { from: string; to: string }[]
  readonly groups?: { readonly nodes: readonly string[] }[]
}
const flow = async (page: Page): Promise<Flow> => {
  const draft = await ask<{ files: { path: string; text?: string }[] }>(page, '/api/design/apps/after_sales/draft')
  return JSON.parse(draft.body.files.find(({ path }) => path === 'flows/ticket_sop.json')?.text ?? '{}') as Flow
}

type Labelled = { readonly id: string; readonly label: unknown }
const scenarios = async (page: Page): Promise<readonly Labelled[]> => {
  const draft = await ask<{ files: { path: string; text?: string }[] }>(page, '/api/design/apps/after_sales/draft')
  return draft.body.files
    .filter(({ path }) => path.startsWith('scenarios/'))
    .map(({ text }) => JSON.parse(text ?? '{}') as Labelled)
}

/** What somebody presses who has no pointer. */
async function press(what: Locator, key = 'Enter'): Promise<void> {
  await what.focus()
  await what.page().keyboard.press(key)
}

/** Picks from a list without a pointer: writes what is looked for, where that is possible, and goes to it by arrows. */
async function pickByKeys(page: Page, list: Locator, words: string): Promise<void> {
  await list.focus()
  await page.keyboard.press('ArrowDown')
  const options = page.locator('.ant-select-dropdown:visible')
  await options.locator('.ant-select-item-option').first().waitFor()
  await page.keyboard.type(words)
  const active = options.locator('.ant-select-item-option-active')
  const wanted = options.getByTitle(words, { exact: true }).first()
  await wanted.waitFor()
  for (let step = 0; step < 40; step += 1) {
    if ((await active.getAttribute('title').catch(() => null)) === words) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
}

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

  test('steps are put into a group by keyboard, moved by its name, and come back from BPMN in it', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...wide, path: '/design/after_sales/flow/ticket_sop' })
    await signIn(page, 'admin')
    const steps = page.locator('.react-flow__node[data-id]').filter({ has: page.locator('[data-type="userTask"]') })
    await steps.nth(1).waitFor()
    const before = await flow(page)
    const [one, two] = [await steps.nth(0).getAttribute('data-id'), await steps.nth(1).getAttribute('data-id')]
    await steps.nth(0).focus()
    await page.keyboard.press('Space')
    await steps.nth(1).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Control+g')
    await page.getByText('已编为一组（2 个步骤），请填写名称').waitFor()
    const frame = page.getByRole('button', { name: '分组“新分组”，2 个步骤' })
    await frame.waitFor()
    const side = page.getByRole('complementary', { name: '设置' })
    await side.getByLabel('名称', { exact: true }).fill('受理阶段')
    const named = page.getByRole('button', { name: '分组“受理阶段”，2 个步骤' })
    await named.waitFor()
    await saved(page)
    expect((await flow(page)).groups).toMatchObject([{ nodes: expect.arrayContaining([one, two]) }])
    await expectAccessible(page)
    await expectReadable(page)

    // What stands in the frame goes along, and nothing else does.
    const [step, name] = [await steps.nth(0).boundingBox(), await named.boundingBox()]
    if (!step || !name) throw new Error('nothing to drag')
    await page.mouse.move(name.x + 10, name.y + 10)
    await page.mouse.down()
    await page.mouse.move(name.x + 10, name.y + 60, { steps: 5 })
    await page.mouse.move(name.x + 10, name.y + 110, { steps: 5 })
    await page.mouse.up()
    await expect.poll(async () => (await steps.nth(0).boundingBox())?.y).toBeGreaterThan(step.y + 80)
    await saved(page)
    const moved = await flow(page)
    expect(moved.nodes).toHaveLength(before.nodes.length)

    await page.getByRole('button', { name: '更多', exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: '导出 BPMN' }).click()
    const xml = readFileSync(await (await download).path(), 'utf8')
    expect(xml).toMatch(/<bpmn:categoryValue [^>]*value="受理阶段"/)

    await named.click()
    await side.getByRole('button', { name: '取消分组' }).click()
    await named.waitFor({ state: 'detached' })
    await saved(page)
    expect(await flow(page)).not.toHaveProperty('groups')
    await page.getByRole('button', { name: '更多', exact: true }).click()
    await page.getByRole('menuitem', { name: '导入 BPMN' }).click()
    const drawer = page.getByRole('dialog', { name: '导入 BPMN' })
    await drawer
      .locator('input[type=file]')
      .setInputFiles({ name: 'ticket_sop.bpmn', mimeType: 'application/xml', buffer: Buffer.from(xml) })
    await drawer.getByRole('list', { name: '导入结果' }).waitFor()
    await drawer.getByRole('button', { name: /替换/ }).click()
    await expect.poll(() => flow(page), { timeout: 20_000 }).toEqual(moved)
    await named.waitFor()
  })

  test('by keyboard alone finance approves within two hours; undone, done again, kept as a promise that holds', async ({
    visit,
  }) => {
    const page = await visit(product.origin, { ...wide, path: '/design/after_sales/flow/ticket_sop' })
    await signIn(page, 'admin')
    const line = page.getByRole('group', { name: '连线 受理', exact: true })
    await line.waitFor({ state: 'attached' })
    await line.focus()
    await page.keyboard.press('n')
    await page.getByRole('menuitem', { name: '审批' }).waitFor()
    const chosen = () =>
      page.evaluate(() => (document.activeElement?.role === 'menuitem' ? document.activeElement.textContent : null))
    await expect.poll(chosen).toBe('办理')
    await page.keyboard.press('ArrowDown')
    await expect.poll(chosen).toBe('审批')
    await page.keyboard.press('Enter')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    await expect.poll(focused).toMatch(/^人工 审批，/)

    // Enter opens its settings, the name first.
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('名称')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('财务审批')
    // This app demands an instruction of every task.
    await page.getByLabel('办理说明', { exact: true }).focus()
    await page.keyboard.type('核对费用')
    const side = page.getByRole('complementary', { name: '设置' })
    await press(side.getByRole('button', { name: '添加办理人' }))
    await pickByKeys(page, side.getByRole('combobox', { name: '办理人 1' }), '角色')
    await pickByKeys(page, side.getByRole('combobox', { name: '角色', exact: true }), '财务')
    await press(side.getByRole('button', { name: '添加时限' }))
    await side.getByRole('spinbutton', { name: '时限' }).focus()
    await page.keyboard.type('2')
    const approval = page.getByRole('group', { name: /^人工 财务审批，财务.* · 2 小时/ })
    await approval.waitFor({ state: 'attached' })
    // The sign still says that what was there before is kept.
    const kept = async () =>
      JSON.stringify((await flow(page)).nodes.find((node) => JSON.stringify(node).includes('财务审批')))
    await expect.poll(kept).toContain('PT2H')
    await saved(page)
    const drawn = await flow(page)

    await approval.focus()
    await page.keyboard.press('Control+z')
    await approval.waitFor({ state: 'detached' })
    await page.getByRole('group', { name: /^人工 财务审批，财务/ }).focus()
    await page.keyboard.press('Control+Shift+z')
    await approval.waitFor({ state: 'attached' })
    await saved(page)
    expect(await flow(page)).toEqual(drawn)

    await page.getByRole('radio', { name: '设计' }).focus()
    await page.keyboard.press('ArrowRight')
    const record = page.getByRole('combobox', { name: '选择记录' })
    await record.focus()
    await page.keyboard.press('ArrowDown')
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().waitFor()
    await page.keyboard.press('Enter')
    await press(page.getByRole('button', { name: '开始试运行' }))
    await press(page.getByRole('region', { name: '受理' }).getByRole('button', { name: '受理', exact: true }))
    await page
      .getByRole('region', { name: '财务审批' })
      .getByText(/应在 .* 前/)
      .waitFor()
    await page.getByLabel('场景名称').focus()
    await page.keyboard.type('受理后由财务审批')
    await press(page.getByRole('button', { name: '保存', exact: true }))
    await page.getByText('已存入草稿，以后每次发布前都会自动验证。').waitFor()
    await saved(page)

    // It is played by every publish; here at once.
    type Run = { readonly items: { readonly id: string; readonly result: string }[] }
    const recorded = (await scenarios(page)).find(({ label }) => label === '受理后由财务审批')
    const run = await send<Run>(page, 'POST', '/api/design/apps/after_sales/scenarios/run', { draft: 'main' })
    expect(run.body.items.find(({ id }) => id === recorded?.id)).toMatchObject({ result: 'passed' })
  }, 180_000)
})
