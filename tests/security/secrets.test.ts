import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { connect } from '../../packages/runtime/src/server/store/connect.ts'
import { run } from '../../packages/runtime/src/server/store/statement.ts'
import { eachDatabase } from '../support/database.ts'

// P20: a secret that was put in comes out nowhere: no table, log, answer or file but the operator's own key.
const root = fileURLToPath(new URL('../../', import.meta.url))
const password = 'CANARY-password-7f3a'
const mailSecret = 'CANARY-smtp-91bc'

eachDatabase((database) => {
  test('passwords, tokens, sessions and the mail server’s key are in no table, log, answer or file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenon-secrets-'))
    let log = ''
    const child = spawn(process.execPath, ['packages/runtime/dist/server/main.js'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: database.url,
        TENON_DATA: folder,
        PORT: '0',
        TENON_LOG_LEVEL: 'debug',
        TENON_SMTP_URL: `smtp://tenon:${mailSecret}@127.0.0.1:1`,
      },
    })
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const listening = new Promise<string>((resolve, reject) => {
      const heard = (text: string) => {
        log += text
        const url = /^Tenon: (\S+)$/m.exec(log)?.[1]
        if (url !== undefined) resolve(url)
      }
      child.stdout.setEncoding('utf8').on('data', heard)
      child.stderr.setEncoding('utf8').on('data', heard)
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${log}`)))
    })
    try {
      const url = await listening
      const answers: string[] = []
      const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
        const answer = await fetch(url + path, {
          method,
          headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
          ...(body ? { body: JSON.stringify(body) } : {}),
        })
        return { answer, text: await answer.text() }
      }
      const first = await ask('POST', '/api/setup', { username: 'root', name: 'Root', password })
      expect(first.answer.status, first.text).toBe(201)
      const cookie = first.answer.headers.get('set-cookie')?.split(';')[0] ?? ''
      const session = cookie.split('=')[1] ?? ''
      const own = { cookie, 'x-csrf-token': (JSON.parse(first.text) as { csrfToken: string }).csrfToken }
      const made = await ask('POST', '/api/tokens', { name: 'script' }, { ...own, 'idempotency-key': 'canary' })
      const { secret } = JSON.parse(made.text) as { secret: string }
      await ask('POST', '/api/session', { username: 'root', password: `${password}-wrong` })
      await ask('POST', '/api/session', { username: password, password })
      await ask('POST', '/api/admin/users', { username: 'second', name: 'S', password: `${password}-2` }, own)
      await ask('GET', `/api/session?token=${secret}`)
      const pages = [
        '/api/session',
        '/api/tokens',
        '/api/admin/users',
        '/api/admin/audit',
        '/api/admin/effects',
        '/metrics',
        '/api/openapi.json',
        '/healthz',
        '/readyz',
      ]
      for (const path of pages) answers.push((await ask('GET', path, undefined, own)).text)

      const secrets = {
        password,
        mailSecret,
        session,
        token: secret,
        operator: readFileSync(join(folder, 'operator-key'), 'utf8').trim(),
      }
      for (const [name, value] of Object.entries(secrets)) expect([name, value.length > 8]).toEqual([name, true])
      const held = { tables: await everything(database.url), log, answers: answers.join('\n'), files: contents(folder) }
      for (const [place, text] of Object.entries(held)) {
        expect([place, text.length > 100]).toEqual([place, true])
        for (const [name, value] of Object.entries(secrets))
          expect([place, name, text.includes(value)]).toEqual([place, name, false])
      }
    } finally {
      child.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    }
  }, 120_000)
})

/** Every row of every table as text. */
async function everything(url: string): Promise<string> {
  const store = await connect(url)
  try {
    const listed =
      store.kind === 'sqlite'
        ? "select name from sqlite_master where type = 'table' and name not like 'search_tokens%'"
        : `select '"' || table_schema || '"."' || table_name || '"' as name from information_schema.tables
           where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`
    let text = ''
    for (const { name } of await run<{ name: string }>(store.read, listed, []))
      text += JSON.stringify(await run(store.read, `select * from ${name}`, []))
    return text
  } finally {
    await store.close()
  }
}

/** What lies in the data folder, but for the one file whose business a secret is. */
const contents = (folder: string): string =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile() && !path.endsWith('operator-key'))
    .map((path) => `${path} ${readFileSync(path, 'latin1')}`)
    .join('\n')
    .padEnd(101)
