import type { ImportResult } from '@tenon/runtime/contract'
import { expect } from 'vitest'
import { type Desk, tickets } from './desk.ts'

type Job = { readonly id: string; readonly state: string; readonly result: ImportResult | null }
type Answer = { readonly id: string; readonly values: Readonly<Record<string, unknown>>; readonly errors?: object[] }

/** What every test of a field type asks of a desk whose tickets have it: write, ask for, send out, bring in. */
export function fieldTrial(desk: Desk, field: string, heading: string) {
  const write = async (subject: string, value: unknown) => {
    const answer = await desk.boss.send('POST', tickets, { values: { subject, [field]: value } })
    return { status: answer.statusCode, ...answer.json<Answer>() }
  }
  const query = async (by: Desk['boss'], text: string) => {
    const answer = await by.send('GET', `${tickets}?size=50&fields=subject,${field}&${text}`)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<{ items: Answer[] }>().items.map(({ values }) => values.subject)
  }
  /** Subjects of the tickets for which the condition holds, in alphabetical order. */
  const found = (operator: string, value?: unknown, by = desk.boss) => {
    const leaf = { fact: 'record', path: `$.${field}`, operator, ...(value === undefined ? {} : { value }) }
    return query(by, `sort=subject&where=${encodeURIComponent(JSON.stringify(leaf))}`)
  }
  const searched = (words: string) => query(desk.boss, `sort=subject&q=${encodeURIComponent(words)}`)
  const sorted = (order: string) => query(desk.boss, `sort=${order}`)
  const exported = async () =>
    (
      await desk.boss.send(
        'GET',
        `/api/apps/desk/forms/ticket/export?fields=subject,${field}&sort=subject`,
        undefined,
        {
          'accept-language': 'zh-CN',
        },
      )
    ).body
  /** A file of subjects and values, lines of text or a whole workbook; what it did, once it is done. */
  const imported = async (lines: readonly string[] | Buffer, mode: 'all' | 'partial' = 'all') => {
    const fields = [
      { field: 'subject', column: '主题' },
      { field, column: heading },
    ]
    const part = (head: string, body: string) => `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`
    const isBook = Buffer.isBuffer(lines)
    const content = isBook ? lines : Buffer.from([`主题,${heading}`, ...lines, ''].join('\r\n'))
    const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="a.${isBook ? 'xlsx' : 'csv'}"\r\n\r\n`
    const started = await desk.boss.send(
      'POST',
      '/api/apps/desk/forms/ticket/import',
      Buffer.concat([
        Buffer.from(part('name="mapping"', JSON.stringify({ fields })) + part('name="mode"', mode) + head),
        content,
        Buffer.from('\r\n--b--\r\n'),
      ]),
      { 'content-type': 'multipart/form-data; boundary=b' },
    )
    expect(started.statusCode, started.body).toBe(202)
    const { id } = started.json<Job>()
    const job = async () => (await desk.boss.send('GET', `/api/jobs/${id}`)).json<Job>()
    await expect.poll(async () => (await job()).state, { timeout: 20_000 }).not.toMatch(/waiting|running/)
    return (await job()).result
  }
  return { write, found, searched, sorted, exported, imported }
}
