import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, type Records, ticketForm, wide } from './checks.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

const board = '/a/after_sales/b/service_overview'

describe('a board', () => {
  test('opens exactly the records a figure was made of', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: board })
    await signIn(page, 'manager')
    const widget = page.getByRole('region', { name: '未关闭' })
    const figure = widget.getByRole('button').first()
    const shown = Number((await figure.innerText()).replaceAll(',', ''))
    expect(shown).toBeGreaterThan(0)
    await expectAccessible(page)
    await expectReadable(page)
    await figure.click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText(`共 ${shown} 条`).waitFor()
    await drawer.getByRole('link', { name: '在列表中打开' }).click()
    await page.getByText(new RegExp(`共 ${shown} 条`)).waitFor()
  })

  test('keeps its filters in the address, under the figures and their records', async ({ visit }) => {
    const filters = encodeURIComponent(JSON.stringify({ priority: { values: ['urgent'] } }))
    const page = await visit(product.origin, { ...wide, path: `${board}?filters=${filters}` })
    await signIn(page, 'manager')
    const figure = page.getByRole('region', { name: '工单数' }).getByRole('button').first()
    const shown = Number((await figure.innerText()).replaceAll(',', ''))
    const where = encodeURIComponent(
      JSON.stringify({ fact: 'record', path: '$.priority', operator: 'equal', value: 'urgent' }),
    )
    const counted = await ask<Records>(page, `${ticketForm}/records?size=1&where=${where}`)
    expect(shown).toBe(counted.body.total)
    await figure.click()
    await page.getByRole('dialog').getByText(`共 ${shown} 条`).waitFor()
  })

  test('fits a phone', async ({ visit }) => {
    const page = await visit(product.origin, { ...phone, path: board })
    await signIn(page, 'manager')
    await page.getByRole('region', { name: '工单数' }).waitFor()
    await expectFits(page)
  })
})

const file = (rows: readonly string[]) => ({
  name: '工单.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`\uFEFF主题,请求类型,客户,优先级\n${rows.join('\n')}\n`),
})

describe('importing', () => {
  test('checks every row first, says what is wrong with which, and imports the rest', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: '/a/after_sales/f/ticket/import' })
    await signIn(page, 'manager')
    const customer =
      (await ask<Records>(page, '/api/apps/after_sales/forms/customer/records?size=1')).body.items[0]?.title ?? ''
    const subject = `导入测试 ${Date.now()}`
    await page
      .getByLabel('选择文件')
      .setInputFiles(
        file([
          `${subject} 一,产品咨询,${customer},紧急`,
          `${subject} 二,产品咨询,没有这家公司,一般`,
          `${subject} 三,产品咨询,${customer},特急`,
        ]),
      )
    await page.getByText('3 行数据').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '检查', exact: true }).click()
    await page.getByText('2 行有问题，其余 1 行可以导入').waitFor()
    await page.getByRole('cell', { name: /没有这家公司/ }).waitFor()
    await page.getByRole('cell', { name: /特急/ }).waitFor()
    const found = async () =>
      (
        await ask<Records>(
          page,
          `${ticketForm}/records?size=5&where=${encodeURIComponent(JSON.stringify({ fact: 'record', path: '$.subject', operator: 'startsWith', value: subject }))}`,
        )
      ).body.total
    expect(await found()).toBe(0)
    await page.getByRole('radio', { name: '跳过错误行，导入其余行' }).check()
    await page.getByRole('button', { name: '导入 1 行' }).click()
    await page.getByText('导入完成').waitFor()
    expect(await found()).toBe(1)
    // The result stands at its address and can be come back to.
    await page.reload()
    await page.getByText('导入完成').waitFor()
    await page.getByRole('button', { name: '撤销导入' }).click()
    await page.getByRole('dialog', { name: '删除这次导入新建的 1 条记录？' }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '撤销导入' }).click()
    await page.getByText('已撤销，删除了 1 条记录').waitFor()
    expect(await found()).toBe(0)
  })

  test('says that a file is none, and changes nothing', async ({ visit }) => {
    visit.allow(/4\d\d/)
    const page = await visit(product.origin, { ...wide, path: '/a/after_sales/f/ticket/import' })
    await signIn(page, 'manager')
    await page.getByLabel('选择文件').setInputFiles({
      name: '图片.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
    })
    await page.getByRole('alert').getByText('这不是文本表格文件').waitFor()
    await page.getByText('点击选择文件，或把文件拖到这里').waitFor()
  })
})

describe('many records at once', () => {
  test('are changed together, with the rows that refused', async ({ visit }) => {
    const page = await visit(product.origin, wide)
    await signIn(page, 'manager')
    const subject = `批量 ${Date.now()}`
    const customer =
      (await ask<Records>(page, '/api/apps/after_sales/forms/customer/records?size=1')).body.items[0]?.id ?? ''
    for (const name of ['甲', '乙']) {
      expect(
        (
          await send(page, 'POST', `${ticketForm}/records`, {
            values: { subject: `${subject} ${name}`, request_type: 'consultation', channel: 'phone', customer },
          })
        ).status,
      ).toBe(201)
    }
    const where = encodeURIComponent(
      JSON.stringify({ fact: 'record', path: '$.subject', operator: 'startsWith', value: subject }),
    )
    await page.goto(`${product.origin}/a/after_sales/f/ticket?view=all&where=${where}`)
    await page.getByText('共 2 条').waitFor()
    await page.getByRole('columnheader').getByRole('checkbox').check()
    await page.getByText('已选 2 条').waitFor()
    await page.getByRole('button', { name: '批量修改' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('要修改的字段').fill('地点')
    await page.keyboard.press('Enter')
    await dialog.getByLabel('新的值').fill('三号楼')
    await dialog.getByRole('button', { name: '修改 2 条' }).click()
    await page.getByText('2 条记录已修改').waitFor()
    const after = await ask<{ items: { values: { site: string } }[] }>(
      page,
      `${ticketForm}/records?fields=site&where=${where}`,
    )
    expect(after.body.items.map(({ values }) => values.site)).toEqual(['三号楼', '三号楼'])
  })

  test("a changed list is kept as a view of one's own", async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: '/a/after_sales/f/ticket?view=all&sort=-cost' })
    await signIn(page, 'manager')
    const name = `按费用 ${Date.now()}`
    await page.getByRole('button', { name: '存为视图' }).click()
    await page.getByLabel('视图名称').fill(name)
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('tab', { name, selected: true }).waitFor()
    const other = await visit(product.origin, { ...wide, path: '/a/after_sales/f/ticket' })
    await signIn(other, 'supervisor')
    await other.getByRole('tab', { name: '全部工单' }).waitFor()
    expect(await other.getByRole('tab', { name }).count()).toBe(0)
  })
})

describe('a supervisor', () => {
  test('finds overdue work among the alerts and opens it', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: '/work?tab=notices' })
    await signIn(page, 'supervisor')
    const alert = page.getByRole('button', { name: /SLA 超时/ }).first()
    await alert.waitFor()
    const number = /TK\d+-\d+/.exec(await alert.innerText())?.[0] ?? ''
    await alert.click()
    await page.getByRole('heading', { name: new RegExp(number), level: 1 }).waitFor()
    await expectReadable(page)
  })

  test('can ask why somebody was chosen', async ({ visit }) => {
    const page = await visit(product.origin, { ...wide, path: '/a/after_sales/f/ticket?view=open' })
    await signIn(page, 'supervisor')
    const where = encodeURIComponent(
      JSON.stringify({
        all: [
          { fact: 'record', path: '$.handler', operator: 'isNotEmpty' },
          { fact: 'record', path: '$.stage', operator: 'equal', value: 'handling' },
        ],
      }),
    )
    const found = await ask<Records>(page, `${ticketForm}/records?size=1&where=${where}`)
    await page.goto(`${product.origin}/a/after_sales/f/ticket/${found.body.items[0]?.id ?? ''}`)
    await page.getByText('自动', { exact: true }).click()
    await page.getByRole('button', { name: '为什么？' }).first().click()
    await page
      .getByRole('dialog')
      .getByText(/选中|没有合适的人选|由同事直接指定/)
      .first()
      .waitFor()
    await expectReadable(page)
  })
})
