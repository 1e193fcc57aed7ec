import { createReadStream, existsSync } from 'node:fs'
import type { UserPrincipal } from '../auth/identity.ts'
import type { FileDoors, RecordDoors } from '../doors.ts'
import { TenonError } from '../tenon-error.ts'
import { contentPath } from './content-path.ts'
import { type KeepPorts, keepFile } from './keep-file.ts'

export type FilePorts = KeepPorts & { readonly maxBytes: number; readonly records: RecordDoors }

const gone = () => new TenonError('file.notFound')

/** Files by id. Who may read the record may read its files, asked at every download; before, only the uploader. */
export function fileDoors(ports: FilePorts): FileDoors {
  const { store, folder, records } = ports
  return {
    add: (principal, name, content, reserve) =>
      keepFile(ports, {
        by: principal,
        uploadedBy: principal.user.id,
        name,
        content,
        maxBytes: ports.maxBytes,
        reserve,
      }),
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
