import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { deskFiles } from '../store/newborn.ts'

const cli = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'tenon-cli-'))
const data = join(root, 'data')
const app = join(root, 'desk')

type Run = { readonly code: number; readonly out: string; readonly said: string }

const environment = (env: Record<string, string>) => ({ TENON_DATA: data, LANG: 'en_US.UTF-8', ...env })

/** One call of the command line, in this process: a new one for each would take longer than all the rest. */
async function tenon(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const written = { out: '', said: '' }
  const terminal = createTerminal(
    environment(env),
    root,
    { write: (text) => (written.out += text) },
    { write: (text) => (written.said += text) },
  )
  return { code: await run(args, terminal), ...written }
}

/** The command line as a person starts it. */
const started = (args: readonly string[], env: Record<string, string> = {}, input = ''): Promise<Run> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', '-C', '@tenon/source', cli, ...args],
      {
        cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
        env: { PATH: process.env.PATH ?? '', INIT_CWD: root, ...environment(env) },
      },
      (error, out, said) => resolve({ code: error === null ? 0 : Number(error.code), out, said }),
    )
    child.stdin?.end(input)
  })

beforeAll(() => {
  for (const file of deskFiles()) {
    mkdirSync(dirname(join(app, file.path)), { recursive: true })
    if ('text' in file) writeFileSync(join(app, file.path), file.text)
  }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe.sequential('the command line without a server', { timeout: 300_000 }, () => {
  test('says what it can do, in the language of the person', async () => {
    expect((await tenon([])).said).toContain('check that the data is sound')
    expect((await tenon(['help'], { LANG: 'zh_CN.UTF-8' })).said).toContain('检查数据是否完好')
    const nonsense = await tenon(['nonsense'])
    expect(nonsense.code).toBe(2)
    expect(nonsense.said).toMatch(/^There is no command "nonsense"\nUsage: /)
    expect(await tenon(['pull', 'desk'])).toMatchObject({ code: 2, said: 'Usage: pull APP DIR [--over]\n' })
  })

  test('says of each command what it does and how it is called, and does nothing', async () => {
    for (const name of ['serve', 'worker', 'import', 'push', 'query', 'restore', 'user add', 'bpmn-run']) {
      const asked = await tenon([...name.split(' '), '--help'])
      expect([name, asked.code, asked.out]).toEqual([name, 0, ''])
      expect(asked.said).toContain(`\nUsage: ${name}`)
      expect(await tenon(['help', ...name.split(' ')])).toEqual(asked)
    }
    expect(existsSync(data)).toBe(false)
    expect(await tenon(['serve', '--port', '80'])).toEqual({ code: 2, out: '', said: 'Usage: serve\n' })
  })

  test('names what is not there, in words, without the inside of the program', async () => {
    const zh = { LANG: 'zh_CN.UTF-8' }
    expect(await tenon(['import', 'desk', 'ticket', 'gone.csv'])).toEqual({
      code: 1,
      out: '',
      said: `There is no file or folder ${join(root, 'gone.csv')}\n`,
    })
    expect((await tenon(['import', 'desk', 'ticket', '.'], zh)).said).toBe('这里要的是文件，给出的是文件夹\n')
    expect((await tenon(['install', 'gone.zip'], zh)).said).toBe(`没有文件或文件夹 ${join(root, 'gone.zip')}\n`)
    expect((await tenon(['validate', 'gone'], zh)).said).toBe(`${join(root, 'gone')} 里没有 app.json，不是应用文件夹\n`)
    expect(await tenon(['query', 'desk', 'q.json', '--tabel'], zh)).toMatchObject({
      code: 2,
      said: expect.stringMatching(/^没有选项 --tabel\n用法：query /),
    })
  })

  test('checks a folder and makes it canonical', async () => {
    const checked = await tenon(['validate', 'desk'])
    expect(checked).toMatchObject({ code: 0 })
    expect(checked.said).toContain('Not canonical text: app.json')
    expect((await tenon(['validate', 'desk', '--fix'])).code).toBe(0)
    expect((await tenon(['validate', 'desk'])).said).toBe('4 files, no errors\n')
  })

  test('points at what is wrong', async () => {
    const path = join(app, 'forms/ticket.json')
    const before = readFileSync(path, 'utf8')
    writeFileSync(path, before.replace('"sort": ["-created_at"]', '"sort": ["-creatd_at"], "colums": []'))
    const wrong = await tenon(['validate', 'desk'])
    expect(wrong.code).toBe(1)
    expect(wrong.said).toMatch(
      /forms\/ticket\.json#\/views\/0\/colums {2}error {2}"colums" has no place here; did you mean "columns"\?/,
    )
    writeFileSync(path, before)
  })

  test('plays the scenarios, with figures, and says in words what does not hold', async () => {
    const folder = join(root, 'played')
    const written = deskFiles((all) => {
      all['metrics/all_tickets.json'] = {
        id: 'all_tickets',
        kind: 'metric',
        schemaVersion: 1,
        label: '工单数',
        form: 'ticket',
        measure: { count: true },
        doc: '所有工单的数量。',
      }
      all['rules/many.json'] = {
        id: 'many',
        kind: 'rule',
        schemaVersion: 1,
        label: '工单太多',
        form: 'ticket',
        on: { events: ['created'] },
        if: { fact: 'metric', params: { metric: 'all_tickets' }, operator: 'greaterThanInclusive', value: 2 },
        then: [{ id: 'set', type: 'set', values: { priority: 'urgent' } }],
      }
      const create = { do: 'record.create', by: 'a', form: 'ticket', values: { subject: 'x' } }
      const scenario = (id: string, label: string, steps: object[], more: object = {}) => {
        const given = { now: '2026-03-02T08:00:00+08:00', people: [{ username: 'a', roles: ['manager'] }] }
        all[`scenarios/${id}.json`] = { id, kind: 'scenario', schemaVersion: 1, label, ...more, given, steps }
      }
      const urgent = { expect: { record: { values: { priority: 'urgent' } } } }
      scenario('second', '第二张紧急', [create, create, urgent])
      scenario('first', '第一张紧急', [create, urgent, { do: 'task.claim', by: 'a', node: 'work' }, { expect: {} }])
      scenario('later', '将来', [create, { expect: { task: { node: 'work' } } }], { future: true })
    })
    for (const file of written) {
      mkdirSync(dirname(join(folder, file.path)), { recursive: true })
      if ('text' in file) writeFileSync(join(folder, file.path), file.text)
    }
    expect(await tenon(['test', 'played'])).toEqual({
      code: 1,
      out: [
        'FAILED  first  第一张紧急',
        '    Step 2 (expectation): 优先级: expected 紧急, was 一般',
        '    Step 3 (task.claim, a): task.claim: there is no such record or open task',
        'future  later  将来',
        '    Step 2 (expectation): expected a task at 处理 that is open, there was none (open: none)',
        'passed  second  第二张紧急',
        '',
      ].join('\n'),
      said: '1 passed, 1 failed, 1 future\n',
    })
    const zh = await tenon(['test', 'played', 'first'], { LANG: 'zh_CN.UTF-8' })
    expect(zh).toMatchObject({ code: 1, said: '0 个通过，1 个失败，0 个未来\n' })
    expect(zh.out).toContain('失败  first  第一张紧急\n    第 2 步（期望）：优先级：期望 紧急，实际 一般\n')
  })

  test('makes the first person, publishes a folder, and pulls it back byte for byte', async () => {
    expect((await tenon(['user', 'add', 'root', '--password', 'correct horse battery'])).out).toBe('root\n')
    const pushed = await tenon(['push', 'desk'])
    expect(pushed).toMatchObject({ code: 0 })
    expect(pushed.said).toContain('Published: desk version 1')
    expect((await tenon(['pull', 'desk', 'pulled'])).code).toBe(0)
    for (const file of deskFiles())
      expect(readFileSync(join(root, 'pulled', file.path), 'utf8')).toBe(readFileSync(join(app, file.path), 'utf8'))
    expect(await tenon(['diff', 'pulled'])).toMatchObject({ code: 0, out: '' })
    expect((await tenon(['push', 'desk'])).said).toContain('nothing changes')
  })

  test('asks before it touches data', async () => {
    const path = join(app, 'forms/ticket.json')
    const before = readFileSync(path, 'utf8')
    const form = JSON.parse(before) as { fields: { id: string }[] }
    writeFileSync(path, JSON.stringify({ ...form, fields: form.fields.filter((field) => field.id !== 'paid') }))
    expect((await tenon(['diff', 'desk'])).out).toContain('-    { "id": "paid"')
    expect(await tenon(['diff', 'desk', '--words'])).toMatchObject({
      code: 1,
      out: 'forms/ticket.json: Form "工单": field "已付" is taken away\n',
    })
    const refused = await tenon(['push', 'desk'])
    expect([refused.code, refused.said.includes('add --yes')]).toEqual([1, true])
    expect((await tenon(['push', 'desk', '--yes'])).said).toContain('Published: desk version 2')
    writeFileSync(path, before)
    expect((await tenon(['push', 'desk'])).said).toMatch(/version 3/)
  })

  test('neither push nor pull overwrites what the other side has done since', async () => {
    const label = (folder: string, text: string) => {
      const path = join(root, folder, 'forms/ticket.json')
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), label: text }))
    }
    const read = (folder: string) => readFileSync(join(root, folder, 'forms/ticket.json'), 'utf8')
    for (const folder of ['one', 'two']) expect((await tenon(['pull', 'desk', folder])).code).toBe(0)
    label('one', 'Of one')
    label('two', 'Of two')
    expect((await tenon(['push', 'one'])).said).toContain('Published: desk version 4')
    const late = await tenon(['push', 'two'])
    expect([late.code, late.said.includes('Published')]).toEqual([1, false])
    expect(late.said).toContain('Version 4 was published since')
    expect(late.said).toContain('forms/ticket.json: Form "Of two" is now called "Of one"')
    const pulled = await tenon(['pull', 'desk', 'two'])
    expect([pulled.code, pulled.said.includes('is now called "Of two"'), read('two').includes('Of two')]).toEqual([
      1,
      true,
      true,
    ])
    expect((await tenon(['push', 'two', '--over'])).said).toContain('Published: desk version 5')
    expect((await tenon(['pull', 'desk', 'one'])).code).toBe(0)
    expect(read('one')).toContain('Of two')
    expect((await tenon(['pull', 'desk', 'one'])).code).toBe(0)
  })

  test('an app goes out as a ZIP and comes in as another one, or as an upgrade', async () => {
    expect(await tenon(['export', 'desk', 'desk.zip'])).toMatchObject({ code: 0, said: 'desk.zip\n' })
    const dry = await tenon(['install', 'desk.zip', '--app', 'twin', '--dry-run'])
    expect([dry.code, dry.said.includes('new app'), dry.said.includes('nothing was changed')]).toEqual([0, true, true])
    const installed = await tenon(['install', 'desk.zip', '--app', 'twin', '--publish'])
    expect(installed.said).toContain('Published: twin version 1')
    const again = await tenon(['install', 'desk.zip'])
    expect([again.code, again.said.includes('draft "upgrade"')]).toEqual([0, true])
    writeFileSync(join(root, 'broken.zip'), readFileSync(join(root, 'desk.zip')).subarray(0, 200))
    const broken = await tenon(['install', 'broken.zip'])
    expect([broken.code, broken.said]).toEqual([1, expect.stringContaining('no ZIP file')])
  })

  test('imports, asks and exports', async () => {
    writeFileSync(join(root, 'customers.csv'), '名称,级别\n华东医疗,VIP\n佛山宏远,普通\n')
    writeFileSync(
      join(root, 'map.json'),
      JSON.stringify({
        fields: [
          { field: 'name', column: '名称' },
          { field: 'level', column: '级别' },
        ],
        key: 'name',
      }),
    )
    const imported = await tenon(['import', 'desk', 'customer', 'customers.csv', '--mapping', 'map.json'])
    expect([imported.code, imported.said]).toEqual([
      0,
      expect.stringContaining('2 records: 2 created, 0 updated, 0 skipped, 0 refused'),
    ])
    writeFileSync(join(root, 'bad.csv'), '名称,级别\n新客户,没有\n')
    const refused = await tenon(['import', 'desk', 'customer', 'bad.csv', '--mapping', 'map.json'])
    expect([refused.code, refused.said]).toEqual([1, expect.stringMatching(/row 2 级别: .*没有/)])
    writeFileSync(
      join(root, 'q.json'),
      JSON.stringify({ form: 'customer', by: [{ field: 'level' }], measures: [{ id: 'n', agg: 'count' }] }),
    )
    expect(JSON.parse((await tenon(['query', 'desk', 'q.json'])).out)).toMatchObject({
      matched: 2,
      rows: [
        ['normal', 1],
        ['vip', 1],
      ],
    })
    expect(await tenon(['query', 'desk', 'q.json', '--as', 'nobody'])).toMatchObject({
      code: 1,
      said: 'There is no such person\n',
    })
    await tenon(['export', 'desk', 'customer', 'out.csv', '--fields', 'name,level', '--sort', 'name'])
    expect(readFileSync(join(root, 'out.csv'), 'utf8')).toBe('\ufeff名称,级别\r\n佛山宏远,普通\r\n华东医疗,VIP\r\n')
  })

  test('plays the newest records through a draft', async () => {
    const played = await tenon(['replay', 'desk', 'main', '--form', 'customer', '--limit', '10'])
    expect(played).toMatchObject({
      code: 0,
      out: '',
      said: expect.stringMatching(/^\d+ records played, 0 would differ/),
    })
    const { out } = await tenon(['replay', 'desk', 'main', '--form', 'customer', '--json'])
    expect(JSON.parse(out)).toMatchObject({ differing: 0, differences: [] })
    const unknown = await tenon(['replay', 'desk', 'mian', '--form', 'customer'])
    expect(unknown).toMatchObject({ code: expect.toSatisfy((code: number) => code > 0), out: '' })
    expect(unknown.said).toContain('mian')
    expect((await tenon(['replay', 'desk', 'main'])).said).toBe('--form FORM\n')
  })

  test('a backup restores, a damaged one changes nothing', async () => {
    expect((await tenon(['backup', 'b.tgz'])).code).toBe(0)
    await tenon(['user', 'add', 'late', '--password', 'correct horse battery'])
    const bytes = readFileSync(join(root, 'b.tgz'))
    for (const broken of [
      bytes.subarray(0, bytes.length - 200),
      Buffer.concat([bytes.subarray(0, 5000), Buffer.from([(bytes[5000] ?? 0) ^ 1]), bytes.subarray(5001)]),
      Buffer.from('nothing'),
    ]) {
      writeFileSync(join(root, 'broken.tgz'), broken)
      expect((await tenon(['restore', 'broken.tgz', '--yes'])).code).toBe(1)
    }
    expect((await tenon(['token', 'create', '--as', 'late'])).out).toMatch(/^tenon_/)
    expect((await tenon(['restore', 'b.tgz'])).said).toContain('add --yes')
    expect((await tenon(['restore', 'b.tgz', '--yes'])).code).toBe(0)
    expect((await tenon(['token', 'create', '--as', 'late'])).code).toBe(1)
    expect((await tenon(['token', 'create', '--as', 'root'])).code).toBe(0)
    const doctor = await tenon(['doctor'])
    expect([doctor.code, doctor.out]).toEqual([0, expect.not.stringContaining('FAILED')])
  })

  test('FEEL by the line', async () => {
    const { out } = await started(
      ['feel'],
      {},
      '{"id":1,"expression":"a + 1","context":{"a":2}}\n{"expression":"1 +"}\nnot json\n',
    )
    const [first, second, third] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(first).toMatchObject({ id: 1, value: 3 })
    expect([second, third].every((one) => one !== undefined && 'error' in one)).toBe(true)
  })

  test('what cannot be is said in a line, without a stack', async () => {
    expect(await tenon(['doctor'], { DATABASE_URL: 'mysql://x' })).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^DATABASE_URL: /),
    })
    expect(await started(['serve'], { TENON_TEST_CLOCK: '1', NODE_ENV: 'production' })).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^TENON_TEST_CLOCK: .*\n$/),
    })
    expect(existsSync(join(data, 'server.json'))).toBe(false)
  })
})
