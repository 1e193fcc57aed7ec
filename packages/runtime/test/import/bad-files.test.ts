import { gzipSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { createImportQueue } from '../../src/server/import/index.ts'
import { TenonError } from '../../src/server/tenon-error.ts'
import { type Desk, openDesk } from '../http/desk.ts'

// Bad input: a clear problem, in the reader's language, and nothing changed.
type Told = { readonly code: string; readonly said: string; readonly rows: readonly RowError[] }
type RowError = {
  readonly row: number
  readonly column: string | null
  readonly code: string
  readonly message: string
}
type Job = {
  id: string
  state: string
  problem: { code: string; message: string } | null
  result: { errors: RowError[] } | null
}
type Problem = { code: string; title: string; detail?: string; errors?: { path: string; message: string }[] }

const utf8 = (text: string) => Buffer.from(text)
/** 名称, 级别, then a name, in the encoding that spreadsheets in China write. */
const gb18030 = Buffer.from('c3fbb3c62cbcb6b1f00ab2e2cad42c0a', 'hex')
const named = { fields: [{ field: 'name', column: '名称' }] }

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, (files) => {
      files['forms/customer.json'].access.push({ id: 'importing', role: 'manager', can: ['read', 'create', 'import'] })
      files['forms/customer.json'].fields.push({ id: 'since', type: 'dateTime', label: '建档' })
    })
  })
  afterAll(() => desk.close())

  const total = async () =>
    (await desk.boss.send('GET', '/api/apps/desk/forms/customer/records?size=1')).json<{ total: number }>().total

  /** What is told of a file that must not come in, in one language. */
  const refusal = async (content: Buffer, mapping: unknown, language: string, door = 'import'): Promise<Told> => {
    const before = await total()
    const part = (name: string, text: string) =>
      `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
    const head = [
      mapping === undefined ? '' : part('mapping', JSON.stringify(mapping)),
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
    ].join('')
    const headers = { 'content-type': 'multipart/form-data; boundary=b', 'accept-language': language }
    const body = Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')])
    const answer = await desk.boss.send('POST', `/api/apps/desk/forms/customer/${door}`, body, headers)
    const told =
      answer.statusCode === 202 ? await ofJob(answer.json<Job>().id, headers) : ofAnswer(answer.json<Problem>())
    expect(await total()).toBe(before)
    return told
  }
  const ofJob = async (id: string, headers: Record<string, string>): Promise<Told> => {
    for (;;) {
      const job = (
        await desk.boss.send('GET', `/api/jobs/${id}`, undefined, {
          'accept-language': headers['accept-language'] ?? '',
        })
      ).json<Job>()
      if (job.state === 'failed')
        return { code: job.problem?.code ?? '', said: job.problem?.message ?? '', rows: job.result?.errors ?? [] }
      expect(job.state).not.toBe('done')
      await new Promise((done) => setTimeout(done, 10))
    }
  }
  const ofAnswer = ({ code, title, detail, errors = [] }: Problem): Told => ({
    code,
    said: [detail ?? title, ...errors.map((error) => `${error.path} ${error.message}`)].join('\n'),
    rows: [],
  })

  const both = async (content: Buffer, mapping?: unknown) => {
    const zh = await refusal(content, mapping, 'zh-CN')
    const en = await refusal(content, mapping, 'en')
    expect(en.code).toBe(zh.code)
    return { code: zh.code, zh: zh.said, en: en.said, rows: zh.rows }
  }

  test('50,000 columns are counted', async () => {
    const wide = utf8(`${Array.from({ length: 50_000 }, (_, i) => `c${i}`).join(',')}\n`)
    expect(await both(wide)).toMatchObject({
      code: 'import.tooManyColumns',
      zh: '列数 50000 超过上限 1000',
      en: '50000 columns are more than the 1000 allowed',
    })
  })

  test('a wrong encoding is named, and no character is lost to a wrong one', async () => {
    expect(await both(gb18030, { ...named, encoding: 'klingon' })).toMatchObject({
      code: 'import.encodingUnknown',
      zh: '不认识编码“klingon”',
      en: 'There is no encoding "klingon"',
    })
    expect((await both(gb18030, { ...named, encoding: 'utf-8' })).code).toBe('import.encodingWrong')
    expect((await both(Buffer.concat([utf8('名称\n'), Buffer.from([0xff, 0xff])]), named)).code).toBe(
      'import.encodingUnclear',
    )
  })

  test('what is no table, or only half of one, says so without the words of a library', async () => {
    for (const broken of [utf8('PK no archive'), gzipSync(utf8('名称\nA\n')).subarray(0, 20)])
      expect(await both(broken, named)).toMatchObject({
        code: 'import.unreadable',
        zh: '文件已损坏或不完整，无法读取',
        en: 'The file is damaged or incomplete and cannot be read',
      })
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452ffffff', 'hex')
    expect(await both(picture, named)).toMatchObject({
      code: 'import.notText',
      zh: '这不是文本表格文件',
      en: 'This is not a text table',
    })
    expect(await both(utf8('名称\n甲\n"乙\n丙\n丁\n'), named)).toMatchObject({
      code: 'import.quoteOpen',
      zh: '第 3 行起有引号没有成对',
    })
  })

  test('a file of a header alone is told before its columns are to be chosen', async () => {
    expect(await refusal(utf8('名称\n'), undefined, 'zh-CN', 'import/inspect')).toMatchObject({
      code: 'import.empty',
      said: '文件里没有数据行',
    })
  })

  test('a fault is in the log under the number that its person gets', async () => {
    const logged: unknown[] = []
    const queue = createImportQueue({} as never, (error, about) => logged.push([error, about]))
    const broken = new Error('no disk')
    expect(queue.problemOf('batch1', broken)).toEqual({ code: 'server.fault', details: { request: 'batch1' } })
    expect(logged).toEqual([[broken, { request: 'batch1' }]])
    expect(queue.problemOf('batch2', new TenonError('import.empty')).code).toBe('import.empty')
    expect(logged).toHaveLength(1)
  })

  test('a file without a column of the form says which columns it has', async () => {
    expect(await both(utf8('foo,bar\n1,2\n'))).toMatchObject({
      code: 'import.noColumnFits',
      zh: '没有一列与表单的字段同名，请说明各列对应哪个字段。文件中的列：foo、bar',
    })
  })

  test('a mapping that is written wrongly is told like any other document', async () => {
    const wrong = { fields: [{ field: 'name', column: '名称', pick: 'frist' }], feilds: 1 }
    const { code, zh, en } = await both(utf8('名称\n甲\n'), wrong)
    expect(code).toBe('import.mapping')
    expect(zh).toContain('/fields/0/pick 不能写“frist”，可选：first、last、min、max，是否想写“first”？')
    expect(en).toContain('/feilds "feilds" has no place here; did you mean "fields"?')
    expect((await both(utf8('名称\n甲\n'), { ...named, zone: 'Mars/Base' })).zh).toContain('不认识时区“Mars/Base”')
  })

  test('wrong rows are named by the line they begin in, past blank lines and texts of several lines', async () => {
    const csv = utf8('名称,级别\n\n"甲\n一",普通\n\n\n乙,没有\n')
    const mapping = { fields: [...named.fields, { field: 'level', column: '级别' }] }
    expect((await both(csv, mapping)).rows).toMatchObject([{ row: 7, column: '级别' }])
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('a')
    sheet.getRow(1).values = ['名称', '级别']
    sheet.getRow(4).values = ['乙', '没有']
    expect((await both(Buffer.from(await book.xlsx.writeBuffer()), mapping)).rows).toMatchObject([{ row: 4 }])
  })

  test('a row with more cells than the header is refused: its values would stand in wrong fields', async () => {
    expect((await both(utf8('名称,级别\n上海,分公司,普通\n'), named)).rows).toMatchObject([
      { row: 2, message: '这一行有 3 格，表头只有 2 列；含分隔符的内容要加引号' },
    ])
  })

  test('history without a readable time is refused, not dated to 1970', async () => {
    const mapping = (at: object) => ({
      fields: [...named.fields, { field: 'since', column: '建档' }],
      history: { createdAt: 'since', ...at },
    })
    const entries = { entries: { at: '时间', date: 'd/M/yyyy' } }
    expect((await both(utf8('名称,建档,时间\n甲,2024-03-01,31/31/2024\n'), mapping(entries))).rows).toMatchObject([
      { row: 2, column: '时间', message: '“31/31/2024”不是有效的时间' },
    ])
    expect((await both(utf8('名称,建档,时间\n甲,,\n'), mapping({}))).rows).toMatchObject([
      { row: 2, column: 'since', message: '缺少创建时间' },
    ])
  })
})
