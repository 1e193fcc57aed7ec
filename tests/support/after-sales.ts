import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPorts } from '../../packages/runtime/src/server/app.ts'
import { publishApp } from '../../packages/runtime/src/server/commands/app/publish.ts'
import { readConfig } from '../../packages/runtime/src/server/config.ts'
import { installPeople } from '../../packages/runtime/src/server/demo/people.ts'
import { readFolder } from '../../packages/runtime/src/server/templates/read-folder.ts'
import { templateFolder } from '../../packages/runtime/src/server/templates/templates.ts'
import type { DatabaseTemplate } from './database.ts'

const by = { kind: 'system', reason: 'test' } as const
const folder = templateFolder('after-sales')

/** Rows of a sample file that quotes nothing. */
function rowsOf(name: string): { [column: string]: string }[] {
  const [header = '', ...lines] = readFileSync(join(folder, 'sample', `${name}.csv`), 'utf8')
    .trim()
    .split('\n')
  const columns = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [columns[at] ?? '', cell])))
}

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
      await ports.memory.fresh()
      await installPeople(ports, by, 'after_sales', rowsOf('departments'), rowsOf('people'))
    } finally {
      await ports.outbox.close()
      await ports.store.close()
      rmSync(data, { recursive: true, force: true })
    }
  },
}
