import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { evaluateFeel } from '@tenon/engine'
import { build } from 'vite'
import { expect } from 'vitest'
import { Chance } from '../../packages/engine/test/chance.ts'
import { feelText, formulaContext } from '../../packages/engine/test/feel-text.ts'
import { test } from '../support/browser.ts'

/** The engine as a browser gets it: bundled, minified, one module. */
async function bundle(): Promise<string> {
  const entry = join(import.meta.dirname, '../../packages/engine/src/index.ts')
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: true, lib: { entry, formats: ['es'], fileName: 'engine' } },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const chunk = first && 'output' in first ? first.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error('nothing was built')
  return chunk.code
}

const options = { now: 1_772_438_400_000, zone: 'Asia/Shanghai' }

test('10,000 generated formulas come to the same in the browser as on the server', { timeout: 180_000 }, async ({
  visit,
}) => {
  const code = await bundle()
  const files: { readonly [url: string]: readonly [type: string, body: string] } = {
    '/': ['text/html; charset=utf-8', '<link rel="icon" href="data:,"><script type="module" src="/page.js"></script>'],
    '/page.js': [
      'text/javascript',
      "import { evaluateFeel } from '/engine.js'\nglobalThis.evaluateFeel = evaluateFeel",
    ],
    '/engine.js': ['text/javascript; charset=utf-8', code],
  }
  const server = createServer((request, response) => {
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', '']
    response.setHeader('content-type', type)
    // As strict as the product's pages: no eval, so nothing of an expression can become code.
    response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'; img-src data:")
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const page = await visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await page.waitForFunction(() => 'evaluateFeel' in globalThis)
  const chance = new Chance(20260305)
  const expressions = Array.from({ length: 10_000 }, () => feelText(chance))
  const there = await page.evaluate(
    ([texts, context, given]) => {
      const engine = globalThis as unknown as { evaluateFeel: typeof evaluateFeel }
      return texts.map((text) => JSON.stringify(engine.evaluateFeel(text, context, given)))
    },
    [expressions, formulaContext, options] as const,
  )
  server.close()
  const different = expressions.flatMap((text, at) => {
    const here = JSON.stringify(evaluateFeel(text, formulaContext, options))
    return here === there[at] ? [] : [{ text, here, there: there[at] }]
  })
  expect(different).toEqual([])
  expect(there.filter((text) => text.startsWith('{"value"')).length).toBeGreaterThan(9_000)
})
