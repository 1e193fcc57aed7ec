import { fail, parseInstant, problem, readScope } from '@tenon/engine'
import type { UserPrincipal } from '../auth/identity.ts'
import type { MineDoors } from '../doors.ts'
import { markRead, notificationsOf } from '../mine/notifications.ts'
import { removeView, saveView, viewsOf } from '../mine/saved-views.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { bumpRevision } from '../store/revisions.ts'
import type { Store } from '../store/store.ts'
import { notFound } from '../tenon-error.ts'
import { done, type Performing } from './performing.ts'

const instantOf = (text: string | null): number | null => (text === null ? null : (parseInstant(text) ?? null))

/** What belongs to the one who asks. */
export function mineDoors(store: Store, memory: LiveMemory, perform: Performing): MineDoors {
  const mustSee = (principal: UserPrincipal, app: string, form: string) => {
    const model = memory.now.apps.app(app)?.model.forms.get(form)
    if (!model || readScope(model, principal).rows === 'none') throw notFound()
  }
  return {
    notifications: ({ user }) => notificationsOf(store.read, user.id),
    readNotifications: (principal, ids) =>
      perform(principal, ({ tx, now }) => done(markRead(tx, principal.user.id, ids, now))),
    change: (principal, { away, deputy, awayFrom, awayUntil, ...change }) =>
      perform(principal, async ({ tx, now, memory: { organisation }, audit }) => {
        const me = principal.user.id
        if (deputy != null && (deputy === me || organisation.person(deputy)?.active !== true))
          return fail({ code: 'user.invalid', problems: [problem('user.noDeputy', '/deputy')] })
        const period = {
          ...(deputy !== undefined && { deputy_id: deputy }),
          ...(awayFrom !== undefined && { away_from: instantOf(awayFrom) }),
          ...(awayUntil !== undefined && { away_until: instantOf(awayUntil) }),
        }
        const values = { ...change, ...period, ...(away !== undefined && { away: Number(away) }), updated_at: now }
        await tx.updateTable('users').set(values).where('id', '=', principal.user.id).execute()
        await bumpRevision(tx, 'directory')
        return done(
          audit({ kind: 'user', id: principal.user.id }, 'user.changed', {
            ...change,
            ...(away !== undefined && { away }),
            ...(deputy !== undefined && { deputy }),
            ...(awayFrom !== undefined && { awayFrom }),
            ...(awayUntil !== undefined && { awayUntil }),
          }),
        )
      }),
    async views({ user, ...principal }, app, form) {
      mustSee({ user, ...principal }, app, form)
      return viewsOf(store.read, user.id, app, form)
    },
    async saveView(principal, app, form, view, id, reserved) {
      mustSee(principal, app, form)
      const there = (await viewsOf(store.read, principal.user.id, app, form)).find((one) => one.id === reserved)
      if (there) return there
      const saved = await perform(principal, ({ tx, now, newId }) =>
        done(saveView(tx, principal.user.id, app, form, view, now, id ?? reserved ?? newId(), id === undefined)),
      )
      if (!saved) throw notFound()
      return saved
    },
    async removeView(principal, app, form, id) {
      if (!(await perform(principal, ({ tx }) => done(removeView(tx, principal.user.id, app, form, id)))))
        throw notFound()
    },
  }
}
