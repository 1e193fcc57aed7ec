import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Id } from '@tenon/engine'
import { TenonError } from '../tenon-error.ts'
import { contentPath } from './content-path.ts'
import { sniffBytes, sniffType } from './sniff-type.ts'

export type StoredContent = { readonly sizeBytes: number; readonly sha256: string; readonly mediaType: string }

/**
 * Puts content in its place, whole and on the disk before it answers, so that a row that names it never names nothing.
 * Throws what the stream throws, and leaves nothing behind then.
 */
export async function storeContent(
  folder: string,
  id: Id,
  name: string,
  content: Readable,
  maxBytes: number,
): Promise<StoredContent> {
  const path = contentPath(folder, id)
  const draft = `${path}.draft`
  const hash = createHash('sha256')
  const heads: Buffer[] = []
  let sizeBytes = 0
  let headBytes = 0
  await mkdir(dirname(path), { recursive: true })
  try {
    await pipeline(
      content,
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          hash.update(chunk)
          sizeBytes += chunk.length
          if (headBytes < sniffBytes) {
            heads.push(chunk.subarray(0, sniffBytes - headBytes))
            headBytes += Math.min(chunk.length, sniffBytes - headBytes)
          }
          yield chunk
        }
      },
      createWriteStream(draft, { mode: 0o600, flush: true }),
    )
    // The parser cuts what is too long and says so only here.
    if ('truncated' in content && content.truncated === true)
      throw new TenonError('file.tooLarge', { max: `${Math.floor(maxBytes / 2 ** 20)} MiB` })
    await rename(draft, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(draft, { force: true })
    throw isOfTheSystem(error) || error instanceof TenonError
      ? error
      : new TenonError('request.malformed', { reason: error instanceof Error ? error.message : '' })
  }
  return { sizeBytes, sha256: hash.digest('hex'), mediaType: sniffType(Buffer.concat(heads), name) }
}

/** A full disk is our fault; a body that breaks off is not. */
const isOfTheSystem = (error: unknown): boolean => typeof (error as { errno?: unknown }).errno === 'number'

/** A new name in a folder is safe only when the folder itself has been written. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Gives stored content another id, so that a repeated upload takes the place that was kept for it. */
export async function renameContent(folder: string, from: Id, to: Id): Promise<void> {
  const path = contentPath(folder, to)
  await mkdir(dirname(path), { recursive: true })
  await rename(contentPath(folder, from), path)
  await syncFolder(dirname(path))
}

export const removeContent = (folder: string, id: Id): Promise<void> => rm(contentPath(folder, id), { force: true })
