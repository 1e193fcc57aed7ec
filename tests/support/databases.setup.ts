import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    databaseFolder: string
  }
}

interface Shared {
  users: number
  readonly folder: string
  readonly server: Promise<PostgresServer>
}

// Every project loads its own copy of this module, and they share one server: the count lives on the process.
const holder = globalThis as typeof globalThis & { tenonTestDatabases?: Shared | undefined }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  holder.tenonTestDatabases ??= {
    users: 0,
    folder: mkdtempSync(join(tmpdir(), 'tenon-databases-')),
    server: startPostgres(),
  }
  const shared = holder.tenonTestDatabases
  shared.users += 1
  project.provide('postgresUrl', (await shared.server).url)
  project.provide('databaseFolder', shared.folder)

  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    holder.tenonTestDatabases = undefined
    await (await shared.server).stop()
    rmSync(shared.folder, { recursive: true, force: true })
  }
}
