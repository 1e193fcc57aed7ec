import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseAllowed } from './addresses.ts'
import { callOutside, type OutboundRequest } from './call.ts'

const heard: { url: string; host: string | undefined; body: string }[] = []
const answers: { readonly [path: string]: (request: IncomingMessage, response: ServerResponse) => void } = {
  '/ok': (_, response) => response.end('fine'),
  '/moved': (_, response) => response.writeHead(302, { location: '/ok' }).end(),
  '/inward': (_, response) => response.writeHead(307, { location: 'http://169.254.169.254/latest' }).end(),
  '/silent': () => {},
  '/cut': (request) => request.socket.destroy(),
  '/half': (_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half')
    setTimeout(() => response.destroy(), 20)
  },
  '/bomb': (_, response) => {
    const part = Buffer.alloc(65_536, 'x')
    const more = () => {
      while (!response.destroyed && response.write(part));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  },
  '/gzip': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1e7))),
  '/drip': (_, response) => {
    response.write('drop')
    const dripping = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(dripping))
  },
  '/headers': (_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(40_000) }).end(),
}
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => (body += part))
  request.on('end', () => {
    heard.push({ url: request.url ?? '', host: request.headers.host, body })
    answers[request.url ?? '']?.(request, response)
  })
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const here = parseAllowed('127.0.0.1')
const request = (path: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: 'POST',
  url: `http://127.0.0.1:${port}${path}`,
  headers: {},
  body: '{"a":"重"}',
  timeoutMs: 1000,
  ...more,
})

test('asks once what a name means and speaks to that very address, whatever the name means later', async () => {
  const asked: string[] = []
  const lookup = async (host: string) => [{ address: asked.push(host) === 1 ? '127.0.0.1' : '169.254.169.254' }]
  const url = `http://erp.example:${port}/ok`
  expect(await callOutside(request('', { url }), here, lookup)).toEqual({ status: 200, answer: 'fine' })
  expect(asked).toEqual(['erp.example'])
  expect(heard.at(-1)).toEqual({ url: '/ok', host: `erp.example:${port}`, body: '{"a":"重"}' })
})

test('a refused address hears nothing', async () => {
  const before = heard.length
  await expect(callOutside(request('/ok'), parseAllowed(''))).rejects.toThrow('not called')
  const lookup = async () => [{ address: '127.0.0.1' }]
  const url = `http://rebound.example:${port}/ok`
  await expect(callOutside(request('', { url }), parseAllowed(''), lookup)).rejects.toThrow('not called')
  expect(heard.length).toBe(before)
})

test('a redirect is an answer, not a way', async () => {
  expect((await callOutside(request('/moved'), here)).status).toBe(302)
  expect(heard.at(-1)?.url).toBe('/moved')
  expect((await callOutside(request('/inward'), here)).status).toBe(307)
})

test('an answer without end is cut off, one that is packed stays packed', async () => {
  const bomb = await callOutside(request('/bomb'), here)
  expect([bomb.status, bomb.answer.length]).toEqual([200, 65_536])
  const packed = await callOutside(request('/gzip'), here)
  expect(packed.answer.length).toBeLessThan(65_537)
  expect(heard.at(-1)?.url).toBe('/gzip')
})

test('silence, a cut line and endless headers are failures; a status that was said counts though the rest is missing', async () => {
  await expect(callOutside(request('/silent', { timeoutMs: 200 }), here)).rejects.toThrow('no answer within 0.2 s')
  await expect(callOutside(request('/cut'), here)).rejects.toThrow(/socket hang up|ECONNRESET/)
  await expect(callOutside(request('/headers'), here)).rejects.toThrow(/[Hh]eader/)
  const nowhere = () => new Promise<never>(() => {})
  const url = 'http://slow.example/'
  await expect(callOutside(request('', { url, timeoutMs: 200 }), here, nowhere)).rejects.toThrow('no answer within')
  expect(await callOutside(request('/half'), here)).toEqual({ status: 200, answer: 'half' })
  expect((await callOutside(request('/drip', { timeoutMs: 300 }), here)).status).toBe(200)
})
