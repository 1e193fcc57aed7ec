import { formatInstant, type Id } from '@tenon/engine'
import type { AuditPage } from '@tenon/runtime/contract'
import type { Ports } from '../app.ts'
import type { AdminDoors } from '../doors.ts'
import type { Vault } from '../outbound/vault.ts'
import { addPerson, changePerson } from '../people/change-person.ts'
import { saveDepartment } from '../people/save-department.ts'
import { userView } from '../people/user-view.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import type { Store } from '../store/store.ts'
import { notFound, TenonError } from '../tenon-error.ts'
import type { Performing } from './performing.ts'
import { secretDoors } from './secret-doors.ts'
import { dropWork, retryWork, stuckWork } from './stuck-work.ts'
import { variableDoors } from './variable-doors.ts'

const auditPage = 100

/** Administration of the installation. */
export function adminDoors(
  { store, memory, outbox, executor }: Pick<Ports, 'store' | 'memory' | 'outbox' | 'executor'>,
  vault: Vault,
  perform: Performing,
): AdminDoors {
  const one = async (id: Id) => {
    const person = (await memory.fresh()).organisation.person(id)
    if (!person) throw new TenonError('user.notFound')
    return userView(person)
  }
  const departments = async () => (await memory.fresh()).organisation.departments()
  return {
    async users({ q, page = 1, size = 100 }) {
      const wanted = q?.trim().toLowerCase() ?? ''
      const all = (await memory.fresh()).organisation
        .everybody()
        .filter(
          (person) =>
            wanted === '' ||
            person.username.toLowerCase().includes(wanted) ||
            person.name.toLowerCase().includes(wanted),
        )
      return { items: all.slice((page - 1) * size, page * size).map(userView), total: all.length }
    },
    user: one,
    async createUser(by, user, passwordHash) {
      const there = user.id === undefined ? undefined : (await memory.fresh()).organisation.person(user.id)
      if (there) return userView(there)
      return one(await perform(by, (unit) => addPerson(unit, { ...user, passwordHash })))
    },
    changeUser: async (by, id, change, passwordHash) =>
      one(await perform(by, (unit) => changePerson(unit, id, { ...change, passwordHash }))),
    departments: async () => [...(await departments())],
    async saveDepartment(by, department, id, reserved) {
      const there = reserved !== undefined && (await departments()).some((candidate) => candidate.id === reserved)
      const saved = there ? reserved : await perform(by, (unit) => saveDepartment(unit, department, id, reserved))
      const found = (await departments()).find((candidate) => candidate.id === saved)
      if (!found) throw notFound()
      return found
    },
    audit: (cursor) => audit(store, memory, cursor),
    effects: async () => ({ items: await stuckWork(store.read, outbox) }),
    retryEffect: (by, key) => retryWork({ store, outbox, executor, perform }, by, key),
    dropEffect: (by, key) => dropWork({ store, outbox, executor, perform }, by, key),
    ...secretDoors(store, vault, perform),
    ...variableDoors(store, memory, perform),
  }
}

/** What was changed in people, definitions and settings, newest first. */
async function audit(store: Store, memory: LiveMemory, cursor: string | undefined): Promise<AuditPage> {
  let query = store.read
    .selectFrom('events')
    .select(['event_id', 'at', 'actor', 'type', 'form', 'record', 'data'])
    .where('app', '=', '_system')
  if (cursor !== undefined) query = query.where('event_id', '<', cursor)
  const rows = await query.orderBy('event_id', 'desc').limit(auditPage).execute()
  const last = rows.length === auditPage ? rows.at(-1)?.event_id : undefined
  return {
    items: rows.map((row) => ({
      id: row.event_id,
      at: formatInstant(row.at),
      actor: row.actor,
      actorName: row.actor === null ? null : (memory.now.organisation.person(row.actor)?.name ?? null),
      action: row.type,
      about: `${row.form}/${row.record}`,
      data: row.data === '' ? {} : (JSON.parse(row.data) as Record<string, unknown>),
    })),
    ...(last !== undefined && { nextCursor: last }),
  }
}
