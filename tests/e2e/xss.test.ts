import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { phone, wide } from './checks.ts'
import { ask, type Product, send, signIn, startProduct } from './product.ts'

// P17: text entered by anyone never executes. Every text of every definition and every field takes its turn.
const corpus = [
  '<script>window.__ran=1</script>',
  '<img src=x onerror="window.__ran=1">',
  '<svg/onload=window.__ran=1>',
  '"><svg onload=window.__ran=1>',
  "' autofocus onfocus=window.__ran=1 x='",
  '<iframe srcdoc="<script>parent.__ran=1</script>">',
  '<details open ontoggle=window.__ran=1>',
  'javascript:window.__ran=1',
  '[x](javascript:window.__ran=1)',
  '{{constructor.constructor("window.__ran=1")()}}',
  '#{window.__ran=1}',
  '<style>@import "/x"</style><base href="//x/">',
  '</title></textarea></style><script>window.__ran=1</script>',
  '<a href="data:text/html,<script>window.__ran=1</script>">x</a>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.__ran=1>',
]

type File = { readonly path: string; readonly text?: string; readonly base64?: string }
type Design = { readonly version: number; readonly files: readonly File[] }

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.stop())

/** The same definitions with a piece of the corpus behind every text a person would read. */
function poisoned(files: readonly File[]): File[] {
  let turn = 0
  const next = () => corpus[turn++ % corpus.length] ?? ''
  const isText = (value: unknown): value is Record<string, string> =>
    typeof value === 'object' && value !== null && 'zh-CN' in value && 'en' in value
  const walk = (value: unknown): unknown => {
    if (isText(value)) {
      const piece = next()
      // Templates of messages may only name what there is; braces in them are a language of their own.
      const safe = piece.includes('{{') ? piece.replaceAll('{{', '{ {') : piece
      return Object.fromEntries(
        Object.entries(value).map(([language, text]) => [language, `${text.slice(0, 90)}${safe}`]),
      )
    }
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
  }
  return files.map((file) =>
    file.text !== undefined && file.path.endsWith('.json') && !file.path.startsWith('sample/')
      ? { path: file.path, text: JSON.stringify(walk(withMore(file.path, JSON.parse(file.text)))) }
      : file,
  )
}

/** Field types the template has no use for, but a browser has: addresses it opens, texts that become tags. */
const withMore = (path: string, document: { fields: object[] }): object =>
  path === 'forms/ticket.json'
    ? {
        ...document,
        fields: [
          ...document.fields,
          { id: 'web_site', type: 'url', label: { 'zh-CN': '网址', en: 'Site' } },
          { id: 'topics', type: 'tags', label: { 'zh-CN': '话题', en: 'Topics' } },
        ],
      }
    : document

async function watched(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { __violations: seen })
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.violatedDirective} ${event.blockedURI}`),
    )
  })
}

test('the corpus in every text of every definition and record runs nowhere', async ({ visit }) => {
  // No piece of it is an address.
  visit.allow(/422/)
  const page = await visit(product.origin, wide)
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await watched(page)
  await signIn(page, 'admin')
  const design = await ask<Design>(page, '/api/design/apps/after_sales')
  const published = await send<object>(page, 'POST', '/api/design/apps/after_sales/publish', {
    files: poisoned(design.body.files),
    baseVersion: design.body.version,
    // The reason a grade was given quotes the texts of its rule, so these two promises read differently now.
    confirm: ['promiseBroken:graded_by_hand_stays', 'promiseBroken:vip_standstill_is_urgent'],
  })
  expect(published.body).toMatchObject({ version: design.body.version + 1 })

  const form = '/api/apps/after_sales/forms'
  const customer = await send<{ id: string }>(page, 'POST', `${form}/customer/records`, {
    values: { name: corpus[1], region: 'east' },
  })
  const there = await ask<{ items: { id: string }[] }>(page, `${form}/customer/records?size=1`)
  const ids: string[] = []
  for (const piece of corpus) {
    const made = await send<{ id: string; version: number }>(page, 'POST', `${form}/ticket/records`, {
      values: {
        subject: piece,
        request_type: 'consultation',
        channel: 'phone',
        customer: customer.body.id ?? there.body.items[0]?.id,
        description: corpus.join('\n'),
        web_site: `https://example.invalid/?q=${encodeURIComponent(piece)}`,
        topics: [piece.slice(0, 40)],
      },
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const astray = { values: { web_site: piece }, version: made.body.version }
    expect(await send(page, 'PATCH', `${form}/ticket/records/${made.body.id}`, astray)).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'field.notUrl', path: '/web_site' }] },
    })
    ids.push(made.body.id)
    await send(page, 'POST', `${form}/ticket/records/${made.body.id}/comments`, { body: piece, visibility: 'internal' })
  }
  const shown = async (path: string, on: Page = page) => {
    await on.goto(`${product.origin}${path}`)
    await on.getByRole('main').first().waitFor()
    await on.waitForLoadState('networkidle').catch(() => undefined)
    const [ran, violations, astray] = await on.evaluate(
      () =>
        [
          (window as { __ran?: number }).__ran,
          (window as { __violations?: string[] }).__violations ?? [],
          [...document.links].map(({ href }) => href).filter((href) => !/^(https?|mailto|tel|blob):/.test(href)),
        ] as const,
    )
    const nothing = { path, ran: undefined, violations: [], astray: [], dialogs: [] }
    expect({ path, ran, violations, astray, dialogs }).toEqual(nothing)
  }
  const paths = [
    '/',
    '/work',
    '/a/after_sales/f/ticket?view=all',
    '/a/after_sales/f/customer',
    ...ids.slice(0, 4).map((id) => `/a/after_sales/f/ticket/${id}`),
    '/a/after_sales/f/ticket/new',
    '/a/after_sales/f/ticket/import',
    '/a/after_sales/b/service_overview',
    '/admin/users',
    '/admin/audit',
    '/me',
    '/design',
    '/design/after_sales',
    ...[
      'app/app',
      'app/app?tab=portal',
      'form/ticket',
      'flow/ticket_sop',
      'rule/grade_priority',
      'decision/ticket_priority',
    ].map((bench) => `/design/after_sales/${bench}`),
    ...['board/service_overview', 'policy/standard', 'calendar/service_hours', 'message/new_ticket'].map(
      (bench) => `/design/after_sales/${bench}`,
    ),
    '/design/after_sales/versions',
  ]
  for (const path of paths) await shown(path)
  await overThePublicForm(page, shown)
  const small = await visit(product.origin, { ...phone, locale: 'en-US' })
  await watched(small)
  await signIn(small, 'manager')
  for (const path of paths.slice(0, 5)) await shown(path, small)
}, 240_000)

/** What a stranger reads is by the author, what staff read is by a stranger: both with the corpus, by the form's own page. */
async function overThePublicForm(page: Page, shown: (path: string) => Promise<void>): Promise<void> {
  const links = await send<{ items: { token: string }[] }>(
    page,
    'PUT',
    '/api/design/apps/after_sales/public-links/ticket',
    {},
  )
  await shown('/p/after_sales')
  const path = `/p/${links.body.items[0]?.token}`
  await shown(path)
  await page.getByLabel('主题').fill(corpus[1] ?? '')
  await page.getByLabel('报修人').fill(corpus[0] ?? '')
  await page.getByLabel('问题描述').fill(corpus.join('\n'))
  await page.getByRole('button', { name: '提交', exact: true }).click()
  const number = await page.getByText(/^TK/).innerText()
  expect(await page.evaluate(() => (window as { __ran?: number }).__ran)).toBeUndefined()
  const found = await ask<{ items: { id: string }[] }>(
    page,
    `/api/apps/after_sales/forms/ticket/records?where=${encodeURIComponent(
      JSON.stringify({ fact: 'record', path: '$.number', operator: 'equal', value: number }),
    )}`,
  )
  await shown(`/a/after_sales/f/ticket/${found.body.items[0]?.id}`)
}
