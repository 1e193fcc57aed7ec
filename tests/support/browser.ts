import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { test as base, expect } from 'vitest'

/** CHROMIUM, else the first known name on the path; a run without a browser must fail, not shrink. */
function chromiumPath(): string {
  const given = process.env.CHROMIUM
  if (given) return given
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name)
  }
  throw new Error('No Chromium for the browser tests: install chromium, or name one in CHROMIUM.')
}

function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    // Only root needs this: for everybody else the sandbox works and stays.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  })
}

export interface Visit {
  /** Opens a page of its own context (cookies, storage); `origin` is the only place it may send requests to. */
  (origin: string, options?: BrowserContextOptions & { path?: string }): Promise<Page>
  /** Console errors matching this are expected by the test, for example the 409 it provokes. */
  allow(pattern: RegExp): void
}

/**
 * A test with a browser. It fails on any uncaught error, console error or request that leaves the origin it was given,
 * which is how a font or script from somebody else's server shows.
 */
export const test = base.extend<{ browser: Browser; visit: Visit }>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
    async ({}, use) => {
      const browser = await launchBrowser()
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  visit: async ({ browser }: { browser: Browser }, use: (visit: Visit) => Promise<void>) => {
    const contexts: BrowserContext[] = []
    const allowed: RegExp[] = []
    const complaints: string[] = []
    const visit = async (origin: string, { path = '/', ...options }: Parameters<Visit>[1] = {}) => {
      const context = await browser.newContext({
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        // A machine clicks while a dialog still grows, and misses what a person would wait for.
        reducedMotion: 'reduce',
        ...options,
      })
      contexts.push(context)
      context.on('request', (request) => {
        const url = new URL(request.url())
        if (/^(https?|wss?):$/.test(url.protocol) && url.host !== new URL(origin).host) {
          complaints.push(`request to a foreign place: ${request.url()}`)
        }
      })
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (problem) => complaints.push(`uncaught: ${problem.error().stack ?? problem.error()}`))
      const page = await context.newPage()
      await page.goto(new URL(path, origin).href)
      return page
    }
    await use(Object.assign(visit, { allow: (pattern: RegExp) => void allowed.push(pattern) }))
    for (const context of contexts) await context.close()
    expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([])
  },
})
