import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectAccessible, expectFits, expectReadable, phone, wide } from './checks.ts'
import { type Product, signIn, startProduct } from './product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

test('a supervisor finds in the bar what the assignment strategies leave open; an agent has no such entry', async ({
  visit,
}) => {
  const page = await visit(product.origin, wide)
  await signIn(page, 'supervisor')
  await page.getByRole('link', { name: '派单检查' }).click()
  const strategy = page.getByRole('region', { name: '按技能、区域与负载派单' })
  await strategy.getByText(/已试 \d+ 种组合/).waitFor()
  await expectAccessible(page)
  await expectReadable(page)

  const small = await visit(product.origin, { ...phone, locale: 'en-GB', path: '/a/after_sales/assignment-check' })
  await signIn(small, 'supervisor')
  await small
    .getByText(/combinations tried/)
    .first()
    .waitFor()
  await expectFits(small)
  await expectReadable(small)

  const agent = await visit(product.origin, wide)
  await signIn(agent, 'agent1')
  expect(await agent.getByRole('link', { name: '派单检查' }).count()).toBe(0)
})
