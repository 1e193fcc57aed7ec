import { fail, formatInstant, ok, publicFields } from '@tenon/engine'
import { newSecret } from '../auth/secrets.ts'
import type { PublicLinkDoors } from '../doors.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { dropPublicLink, publicLinksOf, savePublicLink } from '../store/rows/public-links.ts'
import type { Store } from '../store/store.ts'
import type { Performing } from './performing.ts'

type Ports = {
  readonly store: Store
  readonly memory: LiveMemory
  readonly perform: Performing
  readonly origin: string | undefined
}

/** The links of public forms. They belong to the installation and travel with no template. */
export function publicLinkDoors({ store, memory, perform, origin }: Ports): PublicLinkDoors {
  const list: PublicLinkDoors['list'] = async (_principal, app) => {
    const links = await publicLinksOf(store.read, app)
    const open = openForms(app)
    const forms = [...new Set([...open, ...links.map(({ form }) => form)])].sort()
    const items = forms.map((form) => {
      const link = links.find((one) => one.form === form)
      return {
        form,
        open: open.has(form),
        token: link?.token ?? null,
        madeAt: link ? formatInstant(link.made_at) : null,
        madeBy: link?.made_by ?? null,
      }
    })
    const portal = memory.now.apps.app(app)?.model.definition.portal
    return { origin: origin ?? null, portal: portal !== undefined && !portal.closed, items }
  }

  function openForms(app: string): ReadonlySet<string> {
    const forms = memory.now.apps.app(app)?.model.forms ?? new Map()
    return new Set([...forms.values()].flatMap((form) => (publicFields(form).length > 0 ? [form.id] : [])))
  }

  return {
    list,
    async make(by, app, form) {
      await perform(by, async ({ tx, memory: held, now, by: principal, audit }) => {
        const model = held.apps.app(app)?.model.forms.get(form)
        if (!model || publicFields(model).length === 0) return fail({ code: 'publicForm.notFound' })
        const made_by = principal.kind === 'user' ? principal.user.id : null
        await savePublicLink(tx, { app, form, token: newSecret(), made_at: now, made_by })
        await audit({ kind: 'publicLink', id: `${app}/${form}` }, 'publicLink.made', {})
        return ok(undefined)
      })
      return list(by, app)
    },
    async drop(by, app, form) {
      await perform(by, async ({ tx, audit }) => {
        if (!(await dropPublicLink(tx, app, form))) return fail({ code: 'publicForm.notFound' })
        await audit({ kind: 'publicLink', id: `${app}/${form}` }, 'publicLink.dropped', {})
        return ok(undefined)
      })
      return list(by, app)
    },
  }
}
