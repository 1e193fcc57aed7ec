import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Thrown when another process works on the same data folder; `url` is where it listens, if it does. */
export class Locked extends Error {
  readonly url: string | undefined
  constructor(pid: number, url: string | undefined) {
    super(`another Tenon (process ${pid}) works on this data folder`)
    this.url = url
  }
}

export type Lock = { announce(url: string): void; release(): void }
type Holder = { readonly pid: number; readonly url?: string }

/**
 * Takes the data folder for this process. An embedded database has one writer, so a second process is refused; the
 * file of one that died is taken over.
 */
export function takeLock(dataFolder: string): Lock {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const path = join(dataFolder, 'server.json')
  const write = (holder: Holder, flag: 'w' | 'wx') => writeFileSync(path, JSON.stringify(holder), { flag, mode: 0o600 })
  const own: Holder = { pid: process.pid }
  try {
    write(own, 'wx')
  } catch {
    const holder = readHolder(path)
    if (holder && holder.pid !== process.pid && isAlive(holder.pid)) throw new Locked(holder.pid, holder.url)
    write(own, 'w')
  }
  return {
    announce: (url) => write({ ...own, url }, 'w'),
    release: () => {
      if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true })
    },
  }
}

/** Who works on the data folder now; undefined when nobody does. */
export function lockHolder(dataFolder: string): Holder | undefined {
  const holder = readHolder(join(dataFolder, 'server.json'))
  return holder && isAlive(holder.pid) ? holder : undefined
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
