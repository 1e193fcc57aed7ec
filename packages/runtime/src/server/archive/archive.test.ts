import { crc32, deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { AppFile } from '../store/app-files.ts'
import { packApp, unpackApp } from './app-archive.ts'
import { readZip } from './read-zip.ts'

const limits = { files: 10, fileBytes: 1000, allBytes: 2000 }
const text = (content: string) => Buffer.from(content, 'utf8')

type Raw = {
  readonly name: string | Buffer
  readonly content?: Buffer
  readonly packed?: Buffer
  readonly method?: number
  readonly flags?: number
  readonly size?: number
  readonly crc?: number
  readonly mode?: number
  readonly localName?: string
  readonly offset?: number
}

/** A ZIP as somebody with bad intentions would write it: every header field can lie. */
function rawZip(entries: readonly Raw[], comment = ''): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const content = entry.content ?? text('x')
    const method = entry.method ?? 0
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content)
    const name = Buffer.isBuffer(entry.name) ? entry.name : text(entry.name)
    const local = entry.localName === undefined ? name : text(entry.localName)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(local.length, 26)
    const directory = Buffer.alloc(46)
    directory.writeUInt32LE(0x02014b50, 0)
    directory.writeUInt16LE(3 << 8, 4)
    directory.writeUInt16LE(entry.flags ?? 0x800, 8)
    directory.writeUInt16LE(method, 10)
    directory.writeUInt32LE(entry.crc ?? crc32(content), 16)
    directory.writeUInt32LE(packed.length, 20)
    directory.writeUInt32LE(entry.size ?? content.length, 24)
    directory.writeUInt16LE(name.length, 28)
    directory.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38)
    directory.writeUInt32LE(entry.offset ?? at, 42)
    parts.push(head, local, packed)
    central.push(directory, name)
    at += head.length + local.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(central).length, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...parts, ...central, end, text(comment)])
}
const codes = (zip: Uint8Array) => {
  const read = readZip(zip, limits)
  return read.ok ? 'fine' : read.error.map((one) => `${one.code} ${one.path}`)
}

describe('a ZIP is read whole or not at all', () => {
  test.each<[string, readonly Raw[], unknown]>([
    ['stored', [{ name: 'a.txt' }], 'fine'],
    ['deflated', [{ name: 'a.txt', method: 8, content: text('hello '.repeat(50)) }], 'fine'],
    [
      'a folder and an empty file',
      [
        { name: 'forms/', mode: 0o040755 },
        { name: 'forms/a.json', content: text('') },
      ],
      'fine',
    ],
    ['a way up', [{ name: '../a.txt' }], ['archive.path /..~1a.txt']],
    ['a way up inside', [{ name: 'a/../../b.txt' }], ['archive.path /a~1..~1..~1b.txt']],
    ['a root', [{ name: '/etc/passwd' }], ['archive.path /~1etc~1passwd']],
    ['a drive', [{ name: 'C:/a.txt' }], ['archive.path /C:~1a.txt']],
    ['a backslash', [{ name: 'a\\b.txt' }], ['archive.path /a\\b.txt']],
    ['a NUL', [{ name: 'a\u0000.txt' }], ['archive.path /a\u0000.txt']],
    ['a hidden file', [{ name: '.git/config' }], ['archive.path /.git~1config']],
    ['an empty name', [{ name: '' }], ['archive.path /']],
    ['a name without end', [{ name: `${'a'.repeat(201)}` }], [`archive.path /${'a'.repeat(201)}`]],
    ['a symbolic link', [{ name: 'a.txt', mode: 0o120777 }], ['archive.link /a.txt']],
    ['a device', [{ name: 'a.txt', mode: 0o020666 }], ['archive.link /a.txt']],
    ['a name twice', [{ name: 'a.txt' }, { name: 'a.txt' }], ['archive.duplicate /a.txt']],
    ['a name twice, in another case', [{ name: 'a.txt' }, { name: 'A.TXT' }], ['archive.duplicate /A.TXT']],
    ['a name twice, in another Unicode form', [{ name: 'é.txt' }, { name: 'e\u0301.txt' }], 'any'],
    ['a password', [{ name: 'a.txt', flags: 1 }], ['archive.encrypted /a.txt']],
    ['another method', [{ name: 'a.txt', method: 14 }], ['archive.method /a.txt']],
    ['a name in GBK', [{ name: Buffer.from([0xb9, 0xa4, 0xb5, 0xa5]), flags: 0 }], ['archive.nameEncoding ']],
    ['too many', Array.from({ length: 11 }, (_, at) => ({ name: `${at}.txt` })), ['archive.tooMany ']],
    ['too large a file', [{ name: 'a', method: 8, content: Buffer.alloc(1001) }], ['archive.tooLarge /a']],
    [
      'too much together',
      ['a', 'b', 'c'].map((name) => ({ name, method: 8, content: Buffer.alloc(900) })),
      ['archive.tooLarge /c'],
    ],
    [
      'a bomb that lies about its size',
      [{ name: 'a', method: 8, content: Buffer.alloc(50_000_000), size: 10 }],
      ['archive.damaged /a'],
    ],
    ['fewer bytes than it says', [{ name: 'a', method: 8, content: text('abc'), size: 5 }], ['archive.damaged /a']],
    ['another checksum', [{ name: 'a', crc: 1 }], ['archive.damaged /a']],
    ['no deflate stream', [{ name: 'a', method: 8, packed: Buffer.from([255, 255, 255]) }], ['archive.damaged /a']],
    ['another name in the file than in the directory', [{ name: 'a', localName: 'b' }], ['archive.damaged /a']],
    [
      'entries that share their bytes',
      [
        { name: 'a', content: text('x'.repeat(40)) },
        { name: 'b', offset: 0 },
      ],
      'any',
    ],
    ['an offset beyond the end', [{ name: 'a', offset: 4_000_000 }], ['archive.damaged /a']],
  ])('%s', (_, entries, expected) => {
    const found = codes(rawZip(entries))
    if (expected === 'any') expect(found).not.toBe('fine')
    else expect(found).toEqual(expected)
  })

  test('everything that is wrong with names is told at once', () => {
    expect(codes(rawZip([{ name: '../a' }, { name: 'b' }, { name: 'c', flags: 1 }]))).toEqual([
      'archive.path /..~1a',
      'archive.encrypted /c',
    ])
  })

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['text', text('hello world, this is no archive at all')],
    ['cut off', rawZip([{ name: 'a' }]).subarray(0, -5)],
    ['more behind the end', Buffer.concat([rawZip([{ name: 'a' }]), text('more')])],
    ['a directory that is not there', Buffer.concat([text('x'), rawZip([])]).fill(9, 11, 15)],
  ])('%s is no archive', (_, bytes) => expect(codes(bytes)).toEqual(['archive.unreadable ']))

  test('damaged bytes never crash it, and what it accepts keeps its checksum', () => {
    const good = rawZip(
      [{ name: 'app.json', method: 8, content: text('{"id":"a"}'.repeat(20)) }, { name: 'b.txt' }],
      'note',
    )
    expect(codes(good)).toBe('fine')
    for (let at = 0; at < good.length; at += 1)
      for (const value of [0, 1, 0x7f, 0xff]) {
        const bad = Buffer.from(good)
        bad[at] = value
        const read = readZip(bad, limits)
        if (read.ok) for (const content of read.value.values()) expect(content.length).toBeLessThan(1001)
      }
  })
})

const app: readonly AppFile[] = [
  { path: 'app.json', text: '{"id":"a"}\n' },
  { path: 'forms/ticket.json', text: '{"id":"ticket","label":"工单"}\n' },
  { path: 'sample/tickets.csv', text: 'a,b\n1,2\n' },
  { path: 'README.md', text: '# 说明\r\n' },
  { path: 'icon.png', base64: Buffer.from([0x89, 0x50, 0xff, 0]).toString('base64') },
]
const problemsOf = (files: Record<string, Uint8Array>) => {
  const read = unpackApp(zipSync(files))
  return read.ok ? read.value.map((file) => file.path) : read.error.map((one) => `${one.code} ${one.path}`)
}

describe('an app as an archive', () => {
  test('comes back byte for byte, and the same app is the same archive', () => {
    const zip = packApp(app, { sample: true })
    const read = unpackApp(zip)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    expect(new Map(read.value.map((file) => [file.path, file]))).toEqual(new Map(app.map((file) => [file.path, file])))
    expect(Buffer.from(packApp([...read.value].reverse(), { sample: true })).equals(Buffer.from(zip))).toBe(true)
  })

  test('is the same in every time zone', () => {
    const before = process.env.TZ
    const zips = ['Asia/Shanghai', 'America/New_York', 'UTC'].map((zone) => {
      process.env.TZ = zone
      return Buffer.from(packApp(app, { sample: true })).toString('hex')
    })
    process.env.TZ = before
    if (before === undefined) delete process.env.TZ
    expect(new Set(zips).size).toBe(1)
  })

  test('goes without its demo data where that is not wanted', () => {
    const read = unpackApp(packApp(app, { sample: false }))
    expect(read.ok && read.value.map((file) => file.path)).toEqual([
      'README.md',
      'app.json',
      'forms/ticket.json',
      'icon.png',
    ])
  })

  test('one folder around everything is taken off; what systems add is passed over', () => {
    const files = {
      'after-sales/app.json': text('{}'),
      'after-sales/forms/a.json': text('{}'),
      'after-sales/.DS_Store': text('x'),
      '__MACOSX/after-sales/._app.json': text('x'),
    }
    expect(problemsOf(files)).toEqual(['app.json', 'forms/a.json'])
  })

  test.each<[string, Record<string, Uint8Array>, readonly string[]]>([
    ['no app.json', { 'forms/a.json': text('{}') }, ['archive.noApp ']],
    ['two folders', { 'a/app.json': text('{}'), 'b/app.json': text('{}') }, ['archive.noApp ']],
    [
      'a folder that is misspelled',
      { 'app.json': text('{}'), 'form/a.json': text('{}') },
      ['archive.foreignFile /form~1a.json'],
    ],
    ['a program', { 'app.json': text('{}'), 'run.exe': text('MZ') }, ['archive.foreignFile /run.exe']],
    [
      'an archive in the archive',
      { 'app.json': text('{}'), 'more.zip': text('PK') },
      ['archive.foreignFile /more.zip'],
    ],
    ['UTF-16', { 'app.json': Buffer.from('\uFEFF{}', 'utf16le') }, ['archive.encoding /app.json']],
    ['a byte order mark', { 'app.json': text('\uFEFF{}') }, ['app.json']],
  ])('%s', (_, files, expected) => expect(problemsOf(files)).toEqual(expected))
})
