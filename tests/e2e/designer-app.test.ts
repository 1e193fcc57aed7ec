import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, wide } from './checks.ts'
import { ask, type Product, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

/** What has to be scrolled sideways to be read. */
const sideways = (page: Page) =>
  page.locator('main *').evaluateAll((all) =>
    all
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
      .map((one) => one.className),
  )

const isInSight = (element: Locator) =>
  element.evaluate((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect()
    return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight
  })

const access = '/design/after_sales/app/app?tab=access&at=forms/ticket'

/** Presses on the middle of something, goes a way, and lets go. */
async function drag(page: Page, what: Locator, [across, down]: readonly [number, number]): Promise<void> {
  await what.scrollIntoViewIfNeeded()
  const box = await what.boundingBox()
  if (!box) throw new Error('nothing to take hold of')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + across / 2, y + down / 2, { steps: 6 })
  await page.mouse.move(x + across, y + down, { steps: 6 })
  await page.mouse.up()
}

/** Place and size of a widget, as its title says them to a screen reader. */
async function placeOf(title: Locator): Promise<{ row: number; column: number; width: number; height: number }> {
  const words = (await title.getAttribute('aria-label')) ?? ''
  const [, row, column, width, height] = /第 (\d+) 行第 (\d+) 列，宽 (\d+)，高 (\d+)/.exec(words) ?? []
  return { row: Number(row), column: Number(column), width: Number(width), height: Number(height) }
}

type AppAnswer = {
  readonly forms: readonly {
    readonly id: string
    readonly definition: { readonly fields: readonly { readonly id: string }[] }
  }[]
}
type BoardAnswer = { readonly board: { readonly widgets: readonly { readonly id: string; readonly at: object }[] } }
type DesignAnswer = { readonly files: readonly { readonly path: string; readonly text?: string }[] }

describe('an app is changed by who has never seen its files', () => {
  test('a field is hidden from a role, a Saturday is worked, a board is arranged, and staff have it', async ({
    visit,
  }) => {
    const page = await visit(product.origin, wide)
    await signIn(page, 'admin')

    // Who may see what: by a click, then by the keyboard.
    await page.goto(product.origin + access)
    await page.getByText('字段权限', { exact: true }).click()
    const cell = (state: string) => page.getByRole('button', { name: `影响范围，客服专员：${state}`, exact: true })
    await cell('可编辑').click()
    await cell('只读').press('Enter')
    await cell('隐藏').press('ArrowRight')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/^影响范围，技术专家：/)
    await expectAccessible(page)

    // Seen as an agent, with the reason.
    await page.getByText('以谁的身份看', { exact: true }).click()
    const line = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '影响范围', exact: true }) })
    await line.getByText('客服专员：隐藏').waitFor()
    await expectReadable(page)
    await expectAccessible(page)

    // A make-up Saturday, chosen with the pointer and set with the keyboard.
    await page.getByRole('link', { name: '服务时间' }).click()
    await page.getByRole('button', { name: '下个月' }).click()
    const saturday = page.locator('tbody tr').nth(1).locator('td').nth(5).getByRole('button')
    const date = (await saturday.getAttribute('data-date')) ?? ''
    await saturday.click()
    await page.getByRole('button', { name: '调休上班', exact: true }).press('Enter')
    await expect.poll(() => saturday.getAttribute('aria-label')).toMatch(/调休上班，7\.5 小时$/)
    await saturday.press('Shift+ArrowRight')
    await page.getByText('共 2 天').waitFor()
    await expectAccessible(page)

    // The board: by the pointer, then by the keyboard.
    await page.getByRole('link', { name: '服务看板' }).click()
    const pie = page.getByRole('button', { name: /^请求类型占比，/ })
    await pie.waitFor()
    const before = await placeOf(pie)
    await drag(page, pie, [0, 340])
    await expect.poll(async () => (await placeOf(pie)).row).toBeGreaterThan(before.row)
    const widget = page.getByRole('region', { name: '请求类型占比' })
    await drag(
      page,
      page.locator('.react-grid-item').filter({ has: widget }).locator('.react-resizable-handle'),
      [-80, -70],
    )
    await expect.poll(async () => (await placeOf(pie)).width).toBeLessThan(before.width)
    const trend = page.getByRole('button', { name: /^SLA 达标率趋势，/ })
    const from = await placeOf(trend)
    await trend.press('ArrowLeft')
    await expect.poll(() => placeOf(trend)).toEqual({ ...from, column: from.column - 1 })
    await trend.press('Shift+ArrowDown')
    await expect.poll(() => placeOf(trend)).toEqual({ ...from, column: from.column - 1, height: from.height + 1 })
    const [pieAt, trendAt] = [await placeOf(pie), await placeOf(trend)]
    await expectReadable(page)
    await expectAccessible(page)

    // Published, and in force.
    await page.getByText('已保存', { exact: true }).waitFor()
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '发布应用' })
    await dialog.getByText('与当前版本相比').waitFor()
    // The template's scenarios fill in what the role no longer sees: each broken promise is agreed to by hand.
    for (const consent of await dialog.getByRole('checkbox').all()) await consent.check()
    await dialog.getByRole('button', { name: /^发布为版本/ }).click()
    await page.getByText(/版本 \d+ 已发布/).waitFor({ timeout: 60_000 })
    const board = await ask<BoardAnswer>(page, '/api/apps/after_sales/boards/service_overview/data')
    const at = (id: string) => board.body.board.widgets.find((one) => one.id === id)?.at
    const cellOf = ({ row, column, width, height }: typeof pieAt) => ({
      x: column - 1,
      y: row - 1,
      w: width,
      h: height,
    })
    expect([at('by_type'), at('sla_trend')]).toEqual([cellOf(pieAt), cellOf(trendAt)])
    const design = await ask<DesignAnswer>(page, '/api/design/apps/after_sales')
    const hours = design.body.files.find(({ path }) => path === 'calendars/service_hours.json')?.text ?? '{}'
    expect((JSON.parse(hours) as { days: object[] }).days).toContainEqual({
      date,
      label: { 'zh-CN': '调休上班' },
      like: 'mon',
    })

    const staff = await visit(product.origin, wide)
    await signIn(staff, 'agent1')
    const seen = await ask<AppAnswer>(staff, '/api/apps/after_sales')
    const fields = seen.body.forms.find(({ id }) => id === 'ticket')?.definition.fields.map(({ id }) => id)
    expect(fields).toContain('description')
    expect(fields).not.toContain('impact')
    await staff.goto(`${product.origin}/a/after_sales/f/ticket/new`)
    await staff.getByLabel('问题描述').first().waitFor()
    expect(await staff.getByText('影响范围', { exact: true }).count()).toBe(0)
  }, 240_000)

  test('in English and on a phone nothing overflows, and everything is named', async ({ visit }) => {
    const page = await visit(product.origin, { ...phone, locale: 'en-GB' })
    await signIn(page, 'admin')
    await page.goto(product.origin + access)
    await page.getByRole('checkbox', { name: 'Service agent: View', exact: true }).waitFor()
    await expectFits(page)
    expect(await sideways(page)).toEqual([])
    await expectReadable(page)
    await expectAccessible(page)
    await page.getByText('Fields', { exact: true }).click()
    await page
      .getByRole('button', { name: /^Subject, / })
      .first()
      .waitFor()
    expect(await sideways(page)).toEqual([])
    await page.goto(`${product.origin}/design/after_sales/app/app`)
    await page.getByRole('region', { name: 'Service agent', exact: true }).waitFor()
    expect(await sideways(page)).toEqual([])
    await expectAccessible(page)
    await page.goto(`${product.origin}/design/after_sales/app/app?tab=roles`)
    await page.getByRole('button', { name: /^Viewer/ }).click()
    await expect
      .poll(() => isInSight(page.getByRole('region', { name: 'Viewer' }).getByRole('textbox', { name: 'Label' })))
      .toBe(true)
    await page.goto(`${product.origin}/design/after_sales/app/app?tab=portal`)
    const ticket = page.getByRole('list', { name: 'Public forms' }).getByRole('listitem').filter({ hasText: 'Ticket' })
    await ticket.getByText(/^Open, asks for Subject/).waitFor()
    await expectFits(page)
    await ticket.getByRole('link', { name: 'Ticket' }).click()
    await page.getByRole('switch', { name: 'Public form' }).waitFor()
    await page.goto(`${product.origin}/design/after_sales/form/ticket?tab=preview`)
    await expect.poll(() => isInSight(page.getByRole('tab', { name: 'Preview' }))).toBe(true)
    await page.goto(`${product.origin}/design/after_sales/calendar/service_hours`)
    await page.getByRole('heading', { name: 'Working hours of the week' }).waitFor()
    await expectFits(page)
    await expectReadable(page)
    await expectAccessible(page)
    await page.goto(`${product.origin}/design/after_sales/board/service_overview`)
    await page.getByRole('button', { name: /^Backlog at month ends, / }).waitFor()
    await expectFits(page)
    await expectReadable(page)
    await expectAccessible(page)
  })
})
