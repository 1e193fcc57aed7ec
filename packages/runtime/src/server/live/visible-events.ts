import { appRights } from '@tenon/engine'
import type { LiveEvent } from '@tenon/runtime/contract'
import type { UserPrincipal } from '../auth/identity.ts'
import { seesApp } from '../http/views/app-view.ts'
import { findIds } from '../queries/list-records.ts'
import type { QueryPorts } from '../queries/reading.ts'
import { TenonError } from '../tenon-error.ts'

/** What of these changes a person may know of: a record or its task by the right to read the record, at this moment. */
export async function visibleEvents(
  ports: QueryPorts,
  principal: UserPrincipal,
  events: readonly LiveEvent[],
): Promise<readonly LiveEvent[]> {
  const seen = new Map<string, ReadonlySet<string>>()
  const visible: LiveEvent[] = []
  for (const event of events) {
    if (event.kind === 'notification' || event.kind === 'job' || event.kind === 'alert') visible.push(event)
    else if (event.kind === 'draft') {
      const app = event.app === null ? undefined : ports.memory.now.apps.app(event.app)
      if (app && appRights(app.model.definition, principal).has('design')) visible.push(event)
    } else if (event.kind === 'app') {
      const app = event.app === null ? undefined : ports.memory.now.apps.app(event.app)
      if (app && seesApp(app.model, principal)) visible.push(event)
    } else if (event.app !== null && event.form !== null && event.record !== null) {
      const key = `${event.app}/${event.form}`
      const ids = seen.get(key) ?? (await readable(ports, principal, event.app, event.form, events))
      seen.set(key, ids)
      if (ids.has(event.record)) visible.push(event)
    }
  }
  return visible
}

async function readable(
  ports: QueryPorts,
  principal: UserPrincipal,
  app: string,
  form: string,
  events: readonly LiveEvent[],
): Promise<ReadonlySet<string>> {
  const ids = [
    ...new Set(
      events.flatMap((event) =>
        event.app === app && event.form === form && event.record !== null ? [event.record] : [],
      ),
    ),
  ]
  try {
    const where = { fact: 'record' as const, path: '$.id', operator: 'in' as const, value: ids }
    return new Set(await findIds(principal, ports, app, form, { where }, ids.length))
  } catch (error) {
    if (error instanceof TenonError) return new Set()
    throw error
  }
}
