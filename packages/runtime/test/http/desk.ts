import type { AppFile } from '@tenon/runtime/contract'
import { deskFiles } from '../store/newborn.ts'
import { type Bench, type Caller, openBench, password, setUp } from './harness.ts'

export type Desk = Bench & {
  readonly admin: Caller
  readonly boss: Caller
  readonly li: Caller
  readonly wang: Caller
  readonly guest: Caller
  readonly ids: Readonly<Record<string, string>>
  /** Publishes the desk app with a change. */
  publish(change: Parameters<typeof deskFiles>[0]): Promise<void>
}

export const wireFiles = (change?: Parameters<typeof deskFiles>[0]): AppFile[] =>
  deskFiles(change).map((file) => ({ ...file }))

/** An installation with the small desk app and its four people, each signed in. */
export async function openDesk(
  databaseUrl: string,
  env: Record<string, string> = {},
  change?: Parameters<typeof deskFiles>[0],
): Promise<Desk> {
  const bench = await openBench(databaseUrl, env)
  const admin = await setUp(bench)
  const publish = async (next: Parameters<typeof deskFiles>[0]) => {
    const answer = await admin.send('POST', '/api/design/apps/desk/publish', { files: wireFiles(next) })
    if (answer.statusCode !== 200) throw new Error(`publish: ${answer.body}`)
  }
  await publish(change)
  const ids: Record<string, string> = {}
  for (const [username, role] of [
    ['boss', 'manager'],
    ['li', 'agent'],
    ['wang', 'agent'],
    ['guest', undefined],
  ] as const) {
    const grants = role ? [{ app: 'desk', role }] : []
    const answer = await admin.send('POST', '/api/admin/users', {
      username,
      name: username,
      password,
      grants,
      ...(ids.boss && { superior: ids.boss }),
    })
    if (answer.statusCode !== 201) throw new Error(`${username}: ${answer.body}`)
    ids[username] = answer.json<{ id: string }>().id
  }
  const [boss, li, wang, guest] = [
    await bench.signIn('boss'),
    await bench.signIn('li'),
    await bench.signIn('wang'),
    await bench.signIn('guest'),
  ]
  return { ...bench, admin, boss, li, wang, guest, ids, publish }
}

export const tickets = '/api/apps/desk/forms/ticket/records'
