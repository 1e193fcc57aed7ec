import { type Directory, fail, type Id, ok, type Result } from '@tenon/engine'
import type { Welcome } from '@tenon/runtime/contract'
import type { Clock } from '../clock.ts'
import type { Executor } from '../commands/execute.ts'
import type { Opened, SessionDoors, Visit } from '../doors.ts'
import { addPerson } from '../people/change-person.ts'
import type { Tx } from '../store/database.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import type { Store } from '../store/store.ts'
import { principalOf } from './identity.ts'
import { hashPassword, passwordMatches } from './passwords.ts'
import { derivedSecret, newSecret } from './secrets.ts'
import { closeSession, closeSessionsOf, findSession, findToken, openSession, touch } from './sessions.ts'
import { createToken, revokeToken, tokensOf } from './tokens.ts'

export type SessionPorts = {
  readonly store: Store
  readonly clock: Clock
  readonly newId: () => Id
  readonly sessionHours: number
  /** Key of this installation that is in no database. */
  readonly operatorKey: string
  directory(): Directory
  readonly executor: Executor
  readonly memory: LiveMemory
  report(error: unknown): void
}

/** A transaction that cannot be refused. */
const always = async <T>(store: Store, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const result: Result<T, never> = await store.transact(async (tx) => ok(await work(tx)))
  if (!result.ok) throw new Error('unreachable')
  return result.value
}

/** Sign-in over the database. */
export function sessionDoors(ports: SessionPorts): SessionDoors {
  const { store, clock, newId, directory, sessionHours, executor, memory, operatorKey: key } = ports
  const sign = (key: { hash: string } | { id: Id }) =>
    void always(store, (tx) => touch(tx, key, clock.now())).catch(ports.report)

  const open = async (user: Id, visit: Visit, previousHash?: string): Promise<Opened | undefined> => {
    const principal = principalOf(directory(), user)
    if (!principal) return undefined
    const secret = await always(store, (tx) => openSession(tx, user, visit, clock.now(), sessionHours, previousHash))
    return { secret, principal }
  }

  return {
    async bySession(secret) {
      const found = await findSession(store.read, directory(), secret, clock.now())
      if (found?.isStale) sign({ hash: found.hash })
      return found
    },
    async byToken(secret) {
      const found = await findToken(store.read, directory(), secret, clock.now())
      if (found?.isStale) sign({ id: found.id })
      return found
    },
    async signIn({ username, password }, visit, previousHash) {
      const row = await store.read
        .selectFrom('users')
        .select(['id', 'password_hash', 'active'])
        .where((where) => where(where.fn<string>('lower', ['username']), '=', username.trim().toLowerCase()))
        .executeTakeFirst()
      const matches = await passwordMatches(row?.password_hash ?? null, password)
      return matches && row?.active ? open(row.id, visit, previousHash) : undefined
    },
    signOut: (hash) => always(store, async (tx) => void (await closeSession(tx, hash))),
    async changePassword({ user }, { current, password }, keepHash) {
      const row = await store.read
        .selectFrom('users')
        .select('password_hash')
        .where('id', '=', user.id)
        .executeTakeFirst()
      if (!(await passwordMatches(row?.password_hash ?? null, current))) return false
      const hash = await hashPassword(password)
      await always(store, async (tx) => {
        await tx
          .updateTable('users')
          .set({ password_hash: hash, updated_at: clock.now() })
          .where('id', '=', user.id)
          .execute()
        await closeSessionsOf(tx, user.id, keepHash)
      })
      return true
    },
    setupNeeded: async () => !(await anybody(store)),
    async setup(setup, visit) {
      const passwordHash = await hashPassword(setup.password)
      const by = { kind: 'system', reason: 'setup' } as const
      const made = await executor.perform(by, async (unit) => {
        if (await unit.tx.selectFrom('users').select('id').limit(1).executeTakeFirst())
          return fail({ code: 'setup.done' })
        const { username, name, locale = 'zh-CN', zone = 'Asia/Shanghai' } = setup
        return addPerson(unit, { username, name, locale, zone, admin: true, passwordHash })
      })
      if (!made.ok) return undefined
      await memory.inside(store.read)
      return open(made.value, visit)
    },
    demoPeople: () => demoPeople(store, directory()),
    tokens: ({ user }) => tokensOf(store.read, user.id),
    createToken: ({ user }, token, reserved) => {
      const secret = `tenon_${reserved === undefined ? newSecret() : derivedSecret(key, `token/${reserved}`)}`
      return always(store, (tx) => createToken(tx, user.id, user.id, token, clock.now(), reserved ?? newId(), secret))
    },
    revokeToken: ({ user }, id) => always(store, (tx) => revokeToken(tx, user.id, id, clock.now())),
  }
}

const anybody = (store: Store) => store.read.selectFrom('users').select('id').limit(1).executeTakeFirst()

/** Name of the setting that lists the demo people while they are there. */
export const demoSetting = 'demo_people'
export const demoPassword = 'tenon-demo'

async function demoPeople(store: Store, directory: Directory): Promise<Welcome['demo']> {
  const row = await store.read.selectFrom('settings').select('value').where('name', '=', demoSetting).executeTakeFirst()
  if (!row) return null
  const listed = JSON.parse(row.value) as readonly { username: string; title: string }[]
  const people = listed.flatMap(({ username, title }) => {
    const person = directory.byUsername(username)
    return person?.active ? [{ username, name: person.name, title }] : []
  })
  return people.length > 0 ? { password: demoPassword, people } : null
}
