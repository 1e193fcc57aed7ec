import { fail, formatInstant, ok } from '@tenon/engine'
import type { AdminDoors } from '../doors.ts'
import { secretPlace } from '../outbound/secret-place.ts'
import type { Vault } from '../outbound/vault.ts'
import { dropSecret, saveSecret, secretsOf } from '../store/rows/secrets.ts'
import type { Store } from '../store/store.ts'
import type { Performing } from './performing.ts'

/** Secrets of apps: written, listed by name, taken away. Nothing here gives a value back. */
export const secretDoors = (
  store: Store,
  vault: Vault,
  perform: Performing,
): Pick<AdminDoors, 'secrets' | 'saveSecret' | 'dropSecret'> => ({
  secrets: async () => ({
    items: (await secretsOf(store.read)).map((row) => ({
      app: row.app,
      name: row.name,
      origin: row.origin,
      updatedAt: formatInstant(row.updated_at),
      updatedBy: row.updated_by,
    })),
  }),
  async saveSecret(by, app, name, { origin: given, value }) {
    const { origin } = new URL(given)
    await perform(by, async ({ tx, memory, now, by: principal, audit }) => {
      if (!memory.apps.app(app)) return fail({ code: 'record.notFound' })
      const place = { app, name, origin }
      const updated_by = principal.kind === 'user' ? principal.user.id : null
      await saveSecret(tx, { ...place, sealed: vault.seal(value, secretPlace(place)), updated_at: now, updated_by })
      await audit({ kind: 'secret', id: `${app}/${name}` }, 'secret.saved', { origin })
      return ok(undefined)
    })
  },
  async dropSecret(by, app, name) {
    await perform(by, async ({ tx, audit }) => {
      if (!(await dropSecret(tx, app, name))) return fail({ code: 'record.notFound' })
      await audit({ kind: 'secret', id: `${app}/${name}` }, 'secret.dropped', {})
      return ok(undefined)
    })
  },
})
