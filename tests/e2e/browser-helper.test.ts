import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'

const serve = async (html: string) => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(request.url === '/' ? html : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

test('a page with Chinese text is shown', async ({ visit }) => {
  const server = await serve('<link rel="icon" href="data:,"><h1>工单</h1>')
  const page = await visit(server.origin)
  expect(await page.locator('h1').innerText()).toBe('工单')
  server.close()
})

test.fails('console error fails the test', async ({ visit }) => {
  const server = await serve('<link rel="icon" href="data:,"><script>console.error("oops")</script>')
  await visit(server.origin)
  server.close()
})

test.fails('foreign request fails the test', async ({ visit }) => {
  const server = await serve('<link rel="icon" href="data:,"><img src="http://127.0.0.2:9/x.png">')
  await visit(server.origin)
  server.close()
})
