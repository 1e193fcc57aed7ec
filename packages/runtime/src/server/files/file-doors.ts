import { createReadStream, existsSync } from 'node:fs'
import { ok } from '@tenon/engine'
import type { UserPrincipal } from '../auth/identity.ts'
import type { Executor } from '../commands/execute.ts'
import type { FileDoors, RecordDoors } from '../doors.ts'
import { newId } from '../store/new-id.ts'
import type { Store } from '../store/store.ts'
import { rejected, TenonError } from '../tenon-error.ts'
import { removeContent, renameContent, storeContent } from './add-file.ts'
import { contentPath } from './content-path.ts'

export type FilePorts = {
  readonly store: Store
  readonly executor: Executor
  readonly folder: string
  readonly maxBytes: number
  readonly records: RecordDoors
  readonly clock: { now(): number }
}

const gone = () => new TenonError('file.notFound')

/** Files by id. Who may read the record may read its files, asked at every download; before, only the uploader. */
export function fileDoors({ store, executor, folder, maxBytes, records, clock }: FilePorts): FileDoors {
  return {
    async add(principal, name, content, reserve) {
      const draft = newId(clock.now())
      const { sizeBytes, sha256, mediaType } = await storeContent(folder, draft, name, content, maxBytes)
      const id = (await reserve(`${name} ${sha256}`)) ?? draft
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
        uploaded_by: principal.user.id,
        uploaded_at: clock.now(),
        app: null,
        form: null,
        record: null,
      }
      const added = await executor.perform(principal, async ({ tx }) => {
        await tx.insertInto('files').values(row).execute()
        return ok(undefined)
      })
      if (added.ok) return { id, name, mediaType, sizeBytes }
      await removeContent(folder, id)
      throw rejected(added.error)
    },
    async open(principal, id) {
      const row = await store.read.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst()
      if (!row) throw gone()
      const mayRead =
        row.record === null
          ? row.uploaded_by === principal.user.id
          : await mayReadFileOf({ store, records }, principal, id, row)
      if (!mayRead) throw gone()
      const path = contentPath(folder, row.id)
      if (!existsSync(path)) throw gone()
      return {
        file: { id, name: row.name, mediaType: row.media_type, sizeBytes: Number(row.size_bytes) },
        content: createReadStream(path),
      }
    },
  }
}

type Bound = { readonly app: string | null; readonly form: string | null; readonly record: string | null }

/** A file is seen through a field or a comment of its record; one that only a hidden field names is not seen. */
async function mayReadFileOf(
  { store, records }: Pick<FilePorts, 'store' | 'records'>,
  principal: UserPrincipal,
  id: string,
  { app, form, record }: Bound,
): Promise<boolean> {
  if (app === null || form === null || record === null) return false
  const view = await records.get(principal, app, form, record).catch(() => undefined)
  if (!view) return false
  if (Object.values(view.values).some((value) => Array.isArray(value) && value.includes(id))) return true
  const comment = await store.read
    .selectFrom('events')
    .select('event_id')
    .where('record', '=', record)
    .where('form', '=', form)
    .where('app', '=', app)
    .where('type', '=', 'record.commented')
    .where('data', 'like', `%"${id}"%`)
    .limit(1)
    .executeTakeFirst()
  return comment !== undefined
}
