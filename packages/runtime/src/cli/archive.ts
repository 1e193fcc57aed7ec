import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { CliError } from './command.ts'

/** A file inside an archive. Names use `/` and are ours alone, so that unpacking cannot leave its folder. */
export type Entry = { readonly name: string; readonly sizeBytes: number; readonly sha256: string }

const block = 512
const namePattern = /^(manifest\.json|database|files\/[\w.-]+(\/[\w.-]+)*)$/

/** Writes files into a gzipped tar (ustar), one after the other, without holding any of them in memory. */
export async function writeArchive(
  target: string,
  files: readonly { readonly name: string; readonly path: string; readonly sizeBytes: number }[],
): Promise<void> {
  async function* bytes() {
    for (const { name, path, sizeBytes } of files) {
      yield header(name, sizeBytes)
      let written = 0
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
        written += chunk.length
        yield chunk
      }
      if (written !== sizeBytes) throw new CliError(`${name}: changed while it was read`)
      yield Buffer.alloc((block - (sizeBytes % block)) % block)
    }
    yield Buffer.alloc(2 * block)
  }
  await pipeline(Readable.from(bytes()), createGzip({ level: 6 }), createWriteStream(target, { mode: 0o600 }))
}

function header(name: string, sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(block)
  const put = (text: string, at: number, length: number) => bytes.write(text, at, length, 'latin1')
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`
  if (Buffer.byteLength(name) > 99) throw new CliError(`${name}: name too long`)
  put(name, 0, 100)
  put(octal(0o600, 8), 100, 8)
  put(octal(0, 8), 108, 8)
  put(octal(0, 8), 116, 8)
  if (sizeBytes < 8 ** 11) put(octal(sizeBytes, 12), 124, 12)
  // GNU's base-256 form for what eleven octal digits (8 GiB) cannot say.
  else bytes.writeUInt8(0x80, 124) && bytes.writeBigUInt64BE(BigInt(sizeBytes), 128)
  put(octal(0, 12), 136, 12)
  put('        ', 148, 8)
  put('0', 156, 1)
  put('ustar\u000000', 257, 8)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8)
  return bytes
}

/**
 * Unpacks an archive into an empty folder and gives what it found with its hashes. Throws for anything that is not as
 * we write it: a cut or changed archive is caught here or by the hashes of its manifest, before anything is replaced.
 */
export async function readArchive(source: string, folder: string): Promise<readonly Entry[]> {
  const reader = new ByteReader(createReadStream(source).pipe(createGunzip()))
  const entries: Entry[] = []
  for (;;) {
    const head = await reader.take(block)
    if (head.every((byte) => byte === 0)) return entries
    const name = head.toString('latin1', 0, 100).replace(/\0.*$/, '')
    if (!namePattern.test(name) || name.split('/').includes('..') || head.toString('latin1', 257, 262) !== 'ustar')
      throw new CliError({ 'zh-CN': '{source} 不是备份文件', en: '{source} is not a backup' }, { source })
    const sizeBytes =
      head.readUInt8(124) === 0x80
        ? Number(head.readBigUInt64BE(128))
        : Number.parseInt(head.toString('latin1', 124, 135), 8)
    const target = join(folder, name)
    mkdirSync(dirname(target), { recursive: true })
    const hash = createHash('sha256')
    await pipeline(Readable.from(reader.pieces(sizeBytes, hash)), createWriteStream(target, { mode: 0o600 }))
    await reader.take((block - (sizeBytes % block)) % block)
    entries.push({ name, sizeBytes, sha256: hash.digest('hex') })
  }
}

/** Reads exact numbers of bytes from a stream. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>
  #rest = Buffer.alloc(0)
  constructor(stream: AsyncIterable<Buffer>) {
    this.#source = stream[Symbol.asyncIterator]()
  }
  async #more(): Promise<void> {
    const { value, done } = await this.#source.next()
    if (done) throw new CliError({ 'zh-CN': '备份文件不完整', en: 'The backup is cut off' })
    this.#rest = this.#rest.length === 0 ? (value as Buffer<ArrayBuffer>) : Buffer.concat([this.#rest, value as Buffer])
  }
  async take(count: number): Promise<Buffer> {
    while (this.#rest.length < count) await this.#more()
    const taken = this.#rest.subarray(0, count)
    this.#rest = this.#rest.subarray(count)
    return taken
  }
  async *pieces(count: number, hash: { update(chunk: Buffer): unknown }): AsyncGenerator<Buffer> {
    let left = count
    while (left > 0) {
      if (this.#rest.length === 0) await this.#more()
      const piece = await this.take(Math.min(left, this.#rest.length))
      left -= piece.length
      hash.update(piece)
      yield piece
    }
  }
}
