import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { inject } from 'vitest'

const password = 'tenon-demo'
const repository = fileURLToPath(new URL('../../', import.meta.url))

/** The built product with its demo data, in a process of its own. */
export type Product = { readonly origin: string; stop(): Promise<void> }

/** Starts it on a free port; TENON_E2E_ORIGIN names one that runs already, for the person who writes the tests. */
export async function startProduct(): Promise<Product> {
  const running = process.env.TENON_E2E_ORIGIN
  if (running) return { origin: running, stop: async () => {} }
  const folder = newFolder()
  cpSync(await installedOnce(), folder, { recursive: true })
  return startIn(folder)
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'tenon-e2e-'))

/** The folder of a product on which the demo was installed in this run: files start on copies of it. */
async function installedOnce(): Promise<string> {
  const kept = join(inject('databaseFolder'), 'demo')
  if (existsSync(kept)) return kept
  const folder = newFolder()
  await (await startIn(folder, () => renameSync(folder, kept))).stop()
  return kept
}

async function startIn(
  folder: string,
  leave = () => rmSync(folder, { recursive: true, force: true }),
): Promise<Product> {
  const child = spawn(process.execPath, [join(repository, 'packages/runtime/dist/cli/main.js'), 'serve'], {
    cwd: repository,
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: `sqlite:${folder}/tenon.db`,
      TENON_DATA: folder,
      TENON_DEMO: '1',
      TENON_ROLE: 'all',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const origin = await new Promise<string>((resolve, reject) => {
    let log = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4000)
      const found = /Tenon: (http:\/\/[^\s]+)/.exec(log)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}: ${log}`)))
  })
  return {
    origin,
    async stop() {
      child.kill('SIGTERM')
      await exited
      leave()
    },
  }
}

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.getByLabel(/^(用户名|User name)$/).fill(username)
  await page.getByLabel(/^(密码|Password)$/).fill(password)
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
  await page.getByRole('navigation').first().waitFor()
}

/** Asks the server as the person who is signed in on the page. */
export const ask = <T>(page: Page, path: string): Promise<{ status: number; body: T }> =>
  page.evaluate(async (address) => {
    const answer = await fetch(address)
    return { status: answer.status, body: (await answer.json()) as never }
  }, path)

/** Changes something as the person who is signed in on the page, past the page itself. */
export const send = <T>(
  page: Page,
  method: string,
  path: string,
  body: unknown,
): Promise<{ status: number; body: T }> =>
  page.evaluate(
    async ([verb, address, text]) => {
      const { csrfToken } = (await (await fetch('/api/session')).json()) as { csrfToken: string }
      const answer = await fetch(address as string, {
        method: verb as string,
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
        body: text as string,
      })
      return { status: answer.status, body: (await answer.json()) as never }
    },
    [method, path, JSON.stringify(body)],
  )
