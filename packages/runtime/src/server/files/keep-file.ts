import type { Readable } from 'node:stream'
import { type Id, ok, type Principal } from '@tenon/engine'
import type { FileView } from '@tenon/runtime/contract'
import type { Executor } from '../commands/execute.ts'
import { newId } from '../store/new-id.ts'
import type { Store } from '../store/store.ts'
import { rejected } from '../tenon-error.ts'
import { removeContent, renameContent, storeContent } from './add-file.ts'

export type KeepPorts = {
  readonly store: Store
  readonly executor: Executor
  readonly folder: string
  readonly clock: { now(): number }
}
type Upload = {
  readonly by: Principal
  /** Who alone may name the file in a record until one has it. */
  readonly uploadedBy: string
  readonly name: string
  readonly content: Readable
  readonly maxBytes: number
  /** The id that a repeated upload of the same content had before; undefined: a new one. */
  readonly reserve?: (fingerprint: string) => Promise<Id | undefined>
  /** Throws when the content is not of a kind that may be kept. Absent: every kind is. */
  readonly check?: (mediaType: string) => void
}

/** Keeps an upload until a record or comment names it; what nobody names is thrown away after a day. */
export async function keepFile(ports: KeepPorts, upload: Upload): Promise<FileView> {
  const { store, executor, folder, clock } = ports
  const { by, uploadedBy, name, content, maxBytes, reserve, check } = upload
  const draft = newId(clock.now())
  const { sizeBytes, sha256, mediaType } = await storeContent(folder, draft, name, content, maxBytes)
  try {
    check?.(mediaType)
  } catch (error) {
    await removeContent(folder, draft)
    throw error
  }
  const id = (await reserve?.(`${name} ${sha256}`)) ?? draft
  if (id !== draft) {
    const there = await store.read.selectFrom('files').select('id').where('id', '=', id).executeTakeFirst()
    if (there) {
      await removeContent(folder, draft)
      return { id, name, mediaType, sizeBytes }
    }
    await renameContent(folder, draft, id)
  }
  const row = {
    id,
    name,
    media_type: mediaType,
    size_bytes: sizeBytes,
    sha256,
    uploaded_by: uploadedBy,
    uploaded_at: clock.now(),
    app: null,
    form: null,
    record: null,
  }
  const added = await executor.perform(by, async ({ tx }) => {
    await tx.insertInto('files').values(row).execute()
    return ok(undefined)
  })
  if (added.ok) return { id, name, mediaType, sizeBytes }
  await removeContent(folder, id)
  throw rejected(added.error)
}
