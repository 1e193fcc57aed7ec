import { type FormModel, type Portal, publicFields } from '@tenon/engine'
import type { PortalDoors } from '../doors.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { publicLinksOf } from '../store/rows/public-links.ts'
import type { Store } from '../store/store.ts'
import { TenonError } from '../tenon-error.ts'

type Ports = { readonly store: Store; readonly memory: LiveMemory }

/** The page of an app for its customers. An app without one, one that is closed and none at all answer the same. */
export function portalDoors({ store, memory }: Ports): PortalDoors {
  return {
    async view(id) {
      const { apps } = await memory.fresh()
      const app = apps.app(id)?.model
      const portal = app?.definition.portal
      if (!app || !portal || portal.closed) throw new TenonError('portal.notFound')
      const { definition } = app
      return {
        title: portal.title ?? definition.label,
        intro: portal.intro ?? null,
        contact: portal.contact ?? null,
        locales: [...definition.locales],
        forms: await offered(portal, id, app.forms),
      }
    },
  }

  /** Its forms in the author's order: only those that are open and that somebody made a link for. */
  async function offered({ forms }: Portal, app: string, models: ReadonlyMap<string, FormModel>) {
    const links = new Map((await publicLinksOf(store.read, app)).map(({ form, token }) => [form, token]))
    return forms.flatMap((id) => {
      const [form, token] = [models.get(id), links.get(id)]
      if (!form || token === undefined || publicFields(form).length === 0) return []
      const { publicForm, label } = form.definition
      return [{ title: publicForm?.title ?? label, intro: publicForm?.intro ?? null, token }]
    })
  }
}
