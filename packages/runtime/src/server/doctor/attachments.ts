import { createHash } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { contentPath } from '../files/content-path.ts'
import { type Check, portion } from './finding.ts'

/** Every attachment's row has its content, whole. */
export const attachments: Check = {
  id: 'attachments',
  async *run({ db, filesFolder }) {
    let after = ''
    for (;;) {
      const rows = await db
        .selectFrom('files')
        .select(['id', 'sha256', 'size_bytes'])
        .where('id', '>', after)
        .orderBy('id')
        .limit(portion)
        .execute()
      const last = rows.at(-1)
      if (!last) return
      after = last.id
      for (const { id, sha256, size_bytes } of rows) {
        const path = contentPath(filesFolder, id)
        const about = `file/${id}`
        if (!existsSync(path)) yield { check: this.id, about, what: 'the content is missing' }
        else if (statSync(path).size !== Number(size_bytes) || (await hashOf(path)) !== sha256)
          yield { check: this.id, about, what: 'the content is not what was stored' }
      }
    }
  },
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
