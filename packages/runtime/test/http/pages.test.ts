import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/server/config.ts'
import { servePages } from '../../src/server/http/plugins/pages.ts'
import { createHttp, type Http } from '../../src/server/http/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-pages-'))
let http: Http

beforeAll(async () => {
  for (const name of ['web', 'design']) {
    mkdirSync(join(folder, name, 'assets'), { recursive: true })
    writeFileSync(
      join(folder, name, 'index.html'),
      `<html><head><style>a{}</style></head><body>${name}<script src="/assets/a.js"></script></body></html>`,
    )
    writeFileSync(join(folder, name, 'assets/a.js'), `console.log('${name}')`)
  }
  writeFileSync(join(folder, 'web', 'favicon.svg'), '<svg/>')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  http = await serve({})
})
async function serve(env: Record<string, string>): Promise<Http> {
  const nobody = {
    bySession: async () => undefined,
    byToken: async () => undefined,
    byOperatorKey: () => undefined,
    refresh: async () => {},
  }
  const config = readConfig({ TENON_LOG_LEVEL: 'silent', ...env })
  const { http } = await createHttp(config, nobody)
  await servePages(
    http,
    [
      { prefix: '/design/', folder: join(folder, 'design') },
      { prefix: '/', folder: join(folder, 'web') },
    ],
    config.mapTiles,
  )
  await http.ready()
  return http
}
afterAll(async () => {
  await http.close()
  rmSync(folder, { recursive: true })
})

const get = (url: string) => http.inject({ url })

test.each([
  ['/', 'web'],
  ['/records/deep/link', 'web'],
  ['/index.html', 'web'],
  ['/design', 'design'],
  ['/design/flow/ticket_sop', 'design'],
])('%s is a page of %s', async (url, name) => {
  const answer = await get(url)
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(answer.body).toContain(`<body>${name}`)
  expect(answer.headers['cache-control']).toBe('no-cache')
})

test('a page may run only our scripts, and styles only with its own nonce, a new one each time', async () => {
  const [one, two] = [await get('/'), await get('/')]
  const policy = String(one.headers['content-security-policy'])
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/unsafe-(inline|eval)/)
  expect(one.body).toContain(`<meta property="csp-nonce" nonce="${nonce}">`)
  expect(one.body).toContain(`<style nonce="${nonce}">`)
  expect(two.body).not.toContain(nonce)
})

test('pictures of maps come from where the operator says, and from nowhere else', async () => {
  expect((await get('/')).headers['content-security-policy']).toContain("img-src 'self' data: blob:;")
  expect((await get('/')).body).not.toContain('map-tiles')
  const url = 'https://{s}.tiles.example:8443/{z}/{x}/{y}.png?key=a&b="'
  const mapped = await serve({ TENON_MAP_TILES: url, TENON_MAP_CREDIT: '<b>天地图' })
  for (const page of ['/', '/design']) {
    const answer = await mapped.inject({ url: page })
    expect(answer.headers['content-security-policy']).toContain(
      "img-src 'self' data: blob: https://*.tiles.example:8443;",
    )
    expect(answer.body).toContain(
      '<meta name="map-tiles" content="https://{s}.tiles.example:8443/{z}/{x}/{y}.png?key=a&amp;b=&quot;" data-credit="&lt;b>天地图">',
    )
  }
  await mapped.close()
})

test('assets are kept for ever, other files are asked for again', async () => {
  const asset = await get('/assets/a.js')
  expect([asset.body, asset.headers['cache-control']]).toEqual([
    "console.log('web')",
    'public, max-age=31536000, immutable',
  ])
  expect((await get('/design/assets/a.js')).body).toBe("console.log('design')")
  const icon = await get('/favicon.svg')
  expect([icon.headers['content-type'], icon.headers['x-content-type-options']]).toEqual(['image/svg+xml', 'nosniff'])
})

test.each(['/assets/gone.js', '/api/nothing', '/healthz/x', '/metrics/x', '/API/x'])('%s is not there', async (url) => {
  const answer = await get(url)
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
})

test.each([
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/assets//../../secret.txt',
  '/..%2fsecret.txt',
  '/assets/....//secret.txt',
  '/design/assets/../../web/favicon.svg%00',
])('%s leads nowhere', async (url) => expect((await get(url)).body).not.toContain('secret'))
