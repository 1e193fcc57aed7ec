/** A built product in headless Chromium: what people do on its pages and how long it takes until it is seen. */
import { Agent } from 'node:http'
import { chromium } from 'playwright-core'
import { send } from './load.mjs'
import { quantile, row } from './measure.mjs'
import { newFolder, startProduct } from './server.mjs'

const person = { username: 'tester', password: 'correct horse battery' }
const categories = ['devtools.timeline', 'disabled-by-default-devtools.timeline']

/** The head of an app for a benchmark, with the role `clerk`. */
export const appHead = (more = {}) => ({
  id: 'large',
  kind: 'app',
  schemaVersion: 1,
  version: '1.0.0',
  label: '大应用',
  locales: ['zh-CN', 'en'],
  roles: [{ id: 'clerk', label: '职员' }],
  navigation: [],
  ...more,
})

/** Says something to the product for a person; throws what it refuses. */
async function say(server, person, method, path, body) {
  const agent = new Agent({ keepAlive: true })
  const { status, text } = await send(agent, server.url, { method, path, headers: server.as(person), body })
  agent.destroy()
  if (status > 299) throw new Error(`${path}: ${status} ${text.slice(0, 500)}`)
}

/**
 * Starts the product with the demo, publishes the app (its definitions by path), signs in a
 * new person of these roles who also administers it, and hands over a page of 1440 × 900.
 */
export async function withPage(app, files, roles, work) {
  const folder = newFolder()
  const server = await startProduct({ url: `sqlite:${folder.path}/tenon.db`, folder: folder.path })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'],
  })
  try {
    const texts = Object.entries(files).map(([path, json]) => ({ path, text: JSON.stringify(json) }))
    await say(server, 'admin', 'POST', `/api/design/apps/${app}/publish`, { files: texts })
    const grants = roles.map((role) => ({ app, role }))
    await say(server, 'admin', 'POST', '/api/admin/users', { ...person, name: '测试员', admin: true, grants })
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto(server.url)
    await page.getByLabel('用户名').fill(person.username)
    await page.getByLabel('密码').fill(person.password)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('navigation').first().waitFor()
    return await work({ browser, page, origin: server.url, say: (...said) => say(server, person.username, ...said) })
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** What is done on the page, traced: how long each event took until it was seen, and the longest the page was busy. */
export async function traced({ browser, page }, work) {
  await browser.startTracing(page, { categories })
  await work()
  await page.waitForTimeout(300)
  const { traceEvents } = JSON.parse(String(await browser.stopTracing()))
  const began = new Map()
  const events = []
  for (const { name, ph, id, id2, ts, args } of traceEvents) {
    if (name !== 'EventTiming') continue
    const key = JSON.stringify(id2 ?? id)
    if (ph === 'b') began.set(key, { ts, type: args?.data?.type })
    const begun = began.get(key)
    if (ph === 'e' && begun) events.push({ type: begun.type, ms: (ts - begun.ts) / 1000 })
  }
  const busy = traceEvents.flatMap(({ name, ph, dur }) => (name === 'RunTask' && ph === 'X' ? [dur / 1000] : []))
  return { events, longest: Math.max(0, ...busy) }
}

/** The events of a key, and of a click. */
export const keyed = ['keydown', 'input', 'keyup', 'keypress']
export const clicked = ['pointerdown', 'click']

/** One row: from the event to the next frame, 95th percentile. */
export function inSight(what, { events }, wanted, goals = { target: 50 }) {
  const times = events.filter(({ type }) => wanted.includes(type)).map(({ ms }) => ms)
  if (times.length === 0) throw new Error(`${what}: no event was traced`)
  return row(`${what}, p95 of ${times.length}`, quantile(times, 0.95), 'ms', { lowerIsBetter: true, ...goals })
}

export async function typing(page, box) {
  await box.click()
  await page.keyboard.press('End')
  await page.keyboard.type('一段较长的新名称abcdefghij', { delay: 120 })
}
