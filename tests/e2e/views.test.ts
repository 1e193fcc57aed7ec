import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, type Records, ticketForm, wide } from './checks.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

vi.setConfig({ testTimeout: 240_000 })
const list = '/a/after_sales/f/ticket'
const assets = '/api/apps/after_sales/forms/asset/records'
type Asset = { readonly id: string; readonly version: number; readonly values: { readonly warranty_until: string } }

const lane = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}，\\d+ 条$`) })
const countOf = async (page: Page, name: string): Promise<number> =>
  Number(/(\d+) 条$/.exec((await lane(page, name).getAttribute('aria-label')) ?? '')?.[1])
const cardsIn = (page: Page, name: string) =>
  lane(page, name)
    .locator('li')
    .filter({ has: page.getByRole('link') })

/** Drags by the pointer alone, in steps as a hand does. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error('nothing to drag')
  await page.mouse.move(start.x + start.width / 3, start.y + start.height - 8)
  await page.mouse.down()
  await page.mouse.move(start.x + start.width / 3 + 12, start.y + start.height, { steps: 4 })
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 12 })
  await page.mouse.up()
}

const inLane = (page: Page, priority: string) =>
  ask<Records>(
    page,
    `${ticketForm}/records?view=by_priority&size=1&where=${encodeURIComponent(
      JSON.stringify({ fact: 'record', path: '$.priority', operator: 'equal', value: priority }),
    )}`,
  )

test('a kanban: cards go to another lane by the pointer and by keyboard; what comes too late goes back and says why', async ({
  visit,
}) => {
  visit.allow(/409/)
  const page = await visit(product.origin, { ...wide, path: `${list}?view=by_priority` })
  await signIn(page, 'supervisor')
  await cardsIn(page, '一般').first().waitFor()
  await cardsIn(page, '重要').first().waitFor()
  const [high, normal] = [await countOf(page, '重要'), await countOf(page, '一般')]
  expect(normal).toBe((await inLane(page, 'normal')).body.total)
  const first = cardsIn(page, '一般').first()
  const title = await first.getByRole('link').innerText()

  await drag(page, first, lane(page, '重要'))
  await page.getByText(`已将“${title}”移到“重要”`).waitFor()
  await cardsIn(page, '重要').getByRole('link', { name: title }).waitFor()
  await vi.waitFor(async () => expect((await inLane(page, 'high')).body.total).toBe(high + 1))
  expect(await countOf(page, '一般')).toBe(normal - 1)

  await cardsIn(page, '重要')
    .getByRole('button', { name: `移动“${title}”` })
    .focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: '紧急' }).waitFor()
  await vi.waitFor(async () => {
    const active = await page.evaluate(() => document.activeElement?.textContent)
    if (active !== '紧急') await page.keyboard.press('ArrowDown')
    expect(active).toBe('紧急')
  })
  await page.keyboard.press('Enter')
  await page.getByText(`已将“${title}”移到“紧急”`).waitFor()
  await cardsIn(page, '紧急').getByRole('link', { name: title }).waitFor()
  await expectAccessible(page)
  await expectReadable(page)

  // Somebody else changes the record between the hand and the server.
  const second = cardsIn(page, '一般').first()
  const late = await second.getByRole('link').innerText()
  const left = await countOf(page, '一般')
  const colleague = await visit(product.origin, { ...wide, path: '/work' })
  await signIn(colleague, 'manager')
  await page.route('**/records/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.fallback()
    const { version } = route.request().postDataJSON() as { version: number }
    const address = new URL(route.request().url()).pathname
    const other = await send(colleague, 'PATCH', address, { values: { site: '三号楼' }, version })
    expect(other.status).toBe(200)
    return route.continue()
  })
  await drag(page, second, lane(page, '低'))
  await page.getByText(`“${late}”没有移到“低”`).waitFor()
  await page.unroute('**/records/*')
  await cardsIn(page, '一般').getByRole('link', { name: late }).waitFor()
  await vi.waitFor(async () => expect(await countOf(page, '一般')).toBe(left))

  // The filter narrows every lane, the same records are rows at one click, and the view stays in the address.
  await page.getByRole('textbox', { name: '搜索工单' }).fill(title.split(' ')[0] ?? '')
  await vi.waitFor(async () => expect([await countOf(page, '紧急'), await countOf(page, '一般')]).toEqual([1, 0]))
  await page.getByRole('button', { name: '以列表显示' }).click()
  await page.getByRole('table').getByRole('link').first().waitFor()
  expect(new URL(page.url()).searchParams.get('view')).toBe('by_priority')
})

test('a stage is not dragged and says why; an engineer sees the lanes of his own tickets only', async ({ visit }) => {
  const page = await visit(product.origin, { ...wide, path: `${list}?view=by_stage` })
  await signIn(page, 'engineer1')
  await page.getByText('“阶段”由流程推进，不能直接拖动', { exact: false }).waitFor()
  await lane(page, '处理中').waitFor()
  const all = (await ask<Records>(page, `${ticketForm}/records?view=by_stage&size=1`)).body.total
  const counts = await page
    .getByRole('region', { name: /，\d+ 条$/ })
    .evaluateAll((lanes) => lanes.map((one) => Number(/(\d+) 条$/.exec(one.getAttribute('aria-label') ?? '')?.[1])))
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(all)
  await page.getByRole('tab', { name: '未关闭' }).waitFor()
  expect(await page.getByRole('tab', { name: '处理人看板' }).count()).toBe(0)

  const boss = await visit(product.origin, { ...wide, path: `${list}?view=by_stage` })
  await signIn(boss, 'supervisor')
  await lane(boss, '处理中').waitFor()
  expect((await ask<Records>(boss, `${ticketForm}/records?view=by_stage&size=1`)).body.total).toBeGreaterThan(all)
})

test('a calendar: a warranty is dragged to another day, moved by keyboard; a bar is made longer at its end', async ({
  visit,
}) => {
  const page = await visit(product.origin, { ...wide, path: '/work' })
  await signIn(page, 'supervisor')
  const filled = JSON.stringify({ fact: 'record', path: '$.warranty_until', operator: 'isNotEmpty' })
  const { body } = await ask<{ items: readonly (Asset & { title: string })[] }>(
    page,
    `${assets}?size=1&sort=-warranty_until&fields=warranty_until&where=${encodeURIComponent(filled)}`,
  )
  const asset = body.items[0]
  if (!asset) throw new Error('no asset has a warranty')
  const shifted = (days: number) =>
    new Date(Date.parse(`${asset.values.warranty_until}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  const untilOf = async () => (await ask<Asset>(page, `${assets}/${asset.id}`)).body.values.warranty_until
  const open = (view: string, scale: string) =>
    page.goto(`${product.origin}/a/after_sales/f/asset?view=${view}&scale=${scale}&date=${asset.values.warranty_until}`)

  await open('warranty_ends', 'week')
  const isSunday = new Date(`${asset.values.warranty_until}T00:00:00Z`).getUTCDay() === 0
  const by = isSunday ? -1 : 1
  const chip = (day: string) => page.locator(`[data-day="${day}"]`).getByRole('link', { name: asset.title })
  await chip(shifted(0)).waitFor()
  await drag(page, chip(shifted(0)), page.locator(`[data-day="${shifted(by)}"]`))
  await chip(shifted(by)).waitFor()
  await vi.waitFor(async () => expect(await untilOf()).toBe(shifted(by)))
  await vi.waitFor(async () => expect(await chip(shifted(by)).getAttribute('data-waiting')).toBe('false'))
  await chip(shifted(by)).focus()
  await page.keyboard.press(by === 1 ? 'Shift+ArrowLeft' : 'Shift+ArrowRight')
  await vi.waitFor(async () => expect(await untilOf()).toBe(shifted(0)))
  await page.getByRole('button', { name: '无日期' }).click()
  await page.getByRole('complementary', { name: '没有填“质保到期”' }).waitFor()
  await expectAccessible(page)

  await open('warranties', 'day')
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: asset.title, exact: true }) })
  const handle = row.locator('[data-end="end"]')
  await handle.scrollIntoViewIfNeeded()
  const box = await handle.boundingBox()
  if (!box) throw new Error('no end to hold')
  await page.mouse.move(box.x + 3, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + 3 + 80, box.y + box.height / 2, { steps: 8 })
  await page.mouse.up()
  await page.getByText(`已调整“${asset.title}”的日期`).waitFor()
  expect(await untilOf()).toBe(shifted(2))
  await expectAccessible(page)
  await expectReadable(page)
})

test('on a phone lanes are swiped and the days are a list', async ({ visit }) => {
  const page = await visit(product.origin, { ...phone, path: `${list}?view=by_priority` })
  await page.getByLabel('用户名').fill('agent1')
  await page.getByLabel('密码').fill('tenon-demo')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await lane(page, '一般').waitFor()
  await expectFits(page)
  const title = await cardsIn(page, '一般').first().getByRole('link').innerText()
  await cardsIn(page, '一般')
    .getByRole('button', { name: `移动“${title}”` })
    .tap()
  await page.getByRole('menuitem', { name: '低' }).tap()
  await page.getByText(`已将“${title}”移到“低”`).waitFor()
  await expectAccessible(page)
  await page.getByRole('combobox', { name: '视图' }).tap()
  await page.locator('.ant-select-dropdown:visible').getByText('到期日历', { exact: true }).tap()
  await page
    .getByRole('heading', { name: /^\d+月\d+日/ })
    .first()
    .waitFor()
  await expectFits(page)
  await expectAccessible(page)
})

test('in the designer a view is copied, becomes a kanban by its picture, and is seen with the records there are', async ({
  visit,
}) => {
  const page = await visit(product.origin, { ...wide, path: '/design/after_sales/form/ticket?at=views/all' })
  await signIn(page, 'admin')
  await page.getByRole('button', { name: '复制“全部工单”', exact: true }).click({ timeout: 90_000 })
  const panel = page.getByRole('complementary', { name: '属性' })
  await panel.getByRole('heading', { name: '全部工单 副本' }).waitFor()
  await panel.getByRole('button', { name: /^看板/ }).click()
  await panel.getByText('分列依据', { exact: false }).waitFor()
  // To look at only: what stands there cannot be clicked, so it has no roles.
  const preview = page.locator('section[aria-label="预览"]')
  await preview.locator('h2').first().waitFor()
  expect(await preview.locator('[inert]').count()).toBe(1)
  await expectAccessible(page)
  await expectReadable(page)
})

test('a map: customers where they are, by the list beside it and by its pins; a place is typed, pasted and taken from the device', async ({
  visit,
}) => {
  const page = await visit(product.origin, { ...wide, path: '/a/after_sales/f/customer?view=on_map' })
  await signIn(page, 'supervisor')
  const beside = page.getByRole('region', { name: '地图范围内的记录' })
  await beside.getByText('范围内 57 条，共 57 条').waitFor()
  await page.getByText('另有 3 条记录的“地址”只有地址、没有坐标', { exact: false }).waitFor()
  const map = page.getByRole('application', { name: '地图' })
  await expect.poll(() => onMap(map)).toBe(57)
  await page.getByRole('list', { name: '客户等级' }).getByText('战略客户').waitFor()
  await expectAccessible(page)
  await expectReadable(page)

  // What is close together comes apart by looking closer, and the list follows the map.
  const shown = await map.locator('[data-count]').count()
  await map.locator('[data-count]').filter({ hasText: /\d/ }).first().click()
  await beside.getByText('范围内 57 条，共 57 条').waitFor({ state: 'hidden' })
  await beside.getByRole('button', { name: '显示全部' }).click()
  await expect.poll(() => map.locator('[data-count]').count()).toBe(shown)

  // By keyboard alone: a name is a link, the sign behind it shows the place.
  const name = await beside.getByRole('link').first().innerText()
  await beside.getByRole('button', { name: `在地图上查看“${name}”` }).focus()
  await page.keyboard.press('Enter')
  const card = map.getByRole('article')
  await card.getByRole('link', { name }).waitFor()
  await card.getByText('客户等级').waitFor()
  await expectAccessible(page)
  await card.getByRole('link', { name }).click()
  await page.getByRole('heading', { name }).waitFor()

  await page.context().grantPermissions(['geolocation'], { origin: product.origin })
  await page.context().setGeolocation({ latitude: 34.341576, longitude: 108.939774 })
  await page.goto(`${product.origin}/a/after_sales/f/customer/new`)
  await page.getByLabel('客户名称').fill('西安曲江展厅')
  await page.getByRole('button', { name: /使用我的位置$/ }).click()
  await expect.poll(() => page.getByLabel('纬度').inputValue()).toBe('34.341576')
  await page.getByLabel('经度').fill('208')
  await page
    .getByRole('button', { name: /^(保存|提交|创建)/ })
    .first()
    .click()
  await page.getByText('地址的坐标无效', { exact: false }).waitFor()
  await page.getByLabel('经度').fill('108.9398')
  await page.getByLabel('地址', { exact: true }).fill('西安市曲江新区')
  await page
    .getByRole('button', { name: /^(保存|提交|创建)/ })
    .first()
    .click()
  await page.getByText('34.341576, 108.9398').waitFor()
  await page.goto(`${product.origin}/a/after_sales/f/customer?view=on_map&q=${encodeURIComponent('曲江')}`)
  await beside.getByText('范围内 1 条，共 1 条').waitFor()
  await map.locator('[data-count="1"]').click()
  await card.getByRole('link', { name: '西安曲江展厅' }).waitFor()

  // Nobody there, nothing there: two different things to say.
  await page.goto(`${product.origin}/a/after_sales/f/customer?view=on_map&q=${encodeURIComponent('没有这家')}`)
  await page.getByRole('button', { name: '清除筛选' }).waitFor()
})

test('on a phone the list is below the map; without its right to a position the field says what to do', async ({
  visit,
}) => {
  const page = await visit(product.origin, { ...phone, path: '/a/after_sales/f/customer?view=on_map' })
  await page.getByLabel('用户名').fill('agent1')
  await page.getByLabel('密码').fill('tenon-demo')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  const map = page.getByRole('application', { name: '地图' })
  const beside = page.getByRole('region', { name: '地图范围内的记录' })
  await beside.getByRole('link').first().waitFor()
  await expect.poll(() => map.locator('[data-count]').count()).toBeGreaterThan(3)
  expect((await map.boundingBox())?.y).toBeLessThan((await beside.boundingBox())?.y ?? 0)
  await expectFits(page)
  await expectAccessible(page)
  await beside
    .getByRole('button', { name: /^在地图上查看/ })
    .first()
    .tap()
  await map.getByRole('article').waitFor()
  await expectFits(page)

  await page.goto(`${product.origin}/a/after_sales/f/customer/new`)
  await page.getByRole('button', { name: /使用我的位置$/ }).tap()
  await page.getByRole('alert').getByText('浏览器没有获得位置权限', { exact: false }).waitFor()
  await expectFits(page)
})

/** How many records the pins and clusters stand for. */
const onMap = async (map: Locator): Promise<number> =>
  (
    await map.locator('[data-count]').evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-count'))))
  ).reduce((sum, count) => sum + count, 0)

test('in the designer a view becomes a map where there is a location, and names what is missing where there is none', async ({
  visit,
}) => {
  const page = await visit(product.origin, { ...wide, path: '/design/after_sales/form/ticket?at=views/all' })
  await signIn(page, 'admin')
  const panel = page.getByRole('complementary', { name: '属性' })
  await panel.getByRole('button', { name: /^地图/ }).waitFor({ timeout: 90_000 })
  expect(await panel.getByRole('button', { name: /^地图/ }).isDisabled()).toBe(true)
  await panel.getByText('需要位置字段').waitFor()
  await page.goto(`${product.origin}/design/after_sales/form/customer?at=views/vip`)
  await panel.getByRole('button', { name: /^地图/ }).click()
  await panel.getByText('颜色依据', { exact: false }).waitFor()
  const preview = page.locator('section[aria-label="预览"]')
  await preview.locator('[data-count]').first().waitFor()
  expect(await preview.locator('[inert]').count()).toBe(1)
  await expectAccessible(page)
})
