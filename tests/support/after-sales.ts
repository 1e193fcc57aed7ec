import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPorts } from '../../packages/runtime/src/server/app.ts'
import { hashPassword } from '../../packages/runtime/src/server/auth/passwords.ts'
import { demoPassword } from '../../packages/runtime/src/server/auth/session-doors.ts'
import { publishApp } from '../../packages/runtime/src/server/commands/app/publish.ts'
import { readConfig } from '../../packages/runtime/src/server/config.ts'
import { installPeople } from '../../packages/runtime/src/server/sample/install-people.ts'
import { readCast } from '../../packages/runtime/src/server/sample/read-cast.ts'
import { readFolder } from '../../packages/runtime/src/server/templates/read-folder.ts'
import { templateFolder } from '../../packages/runtime/src/server/templates/templates.ts'
import type { DatabaseTemplate } from './database.ts'

const by = { kind: 'system', reason: 'test' } as const
const folder = templateFolder('after-sales')

/** The after-sales template with its people (password `tenon-demo`) and not one record. */
export const afterSales: DatabaseTemplate = {
  name: 'after_sales',
  async prepare(url) {
    const data = mkdtempSync(join(tmpdir(), 'tenon-template-'))
    const ports = await openPorts(readConfig({ DATABASE_URL: url, TENON_DATA: data }))
    try {
      const files = readFolder(folder)
      const published = await publishApp(ports, by, { app: 'after_sales', files, confirm: 'all', note: 'test' })
      if (!published.ok) throw new Error(JSON.stringify(published.error))
      const model = (await ports.memory.fresh()).apps.app('after_sales')?.model
      const cast = model && readCast(files, model)
      if (!cast || cast.problems.length > 0) throw new Error(JSON.stringify(cast?.problems))
      const passwordHash = await hashPassword(demoPassword)
      const how = { app: 'after_sales', passwordHash }
      const people = await ports.executor.perform(by, (unit) => installPeople(unit, cast, how))
      if (!people.ok) throw new Error(JSON.stringify(people.error))
    } finally {
      await ports.outbox.close()
      await ports.store.close()
      rmSync(data, { recursive: true, force: true })
    }
  },
}
