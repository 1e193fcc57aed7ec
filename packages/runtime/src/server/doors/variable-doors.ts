import { fail, formatInstant, ok, resolveText } from '@tenon/engine'
import type { VariableView } from '@tenon/runtime/contract'
import type { AdminDoors } from '../doors.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { bumpRevision } from '../store/revisions.ts'
import { allVariables, dropVariable, saveVariable } from '../store/rows/variables.ts'
import type { Store } from '../store/store.ts'
import type { Performing } from './performing.ts'

/** What this installation sets the variables of its apps to; every process follows with its next command or request. */
export const variableDoors = (
  store: Store,
  memory: LiveMemory,
  perform: Performing,
): Pick<AdminDoors, 'variables' | 'saveVariable' | 'dropVariable'> => ({
  async variables(locale) {
    const set = await allVariables(store.read)
    const { apps } = await memory.fresh()
    const declared = apps
      .all()
      .flatMap(({ model }) => (model.definition.variables ?? []).map((variable) => ({ app: model.id, variable })))
    const items = declared.map(({ app, variable }): VariableView => {
      const row = set.find((one) => one.app === app && one.name === variable.id)
      return {
        app,
        name: variable.id,
        label: resolveText(variable.label, locale),
        description: variable.description === undefined ? null : resolveText(variable.description, locale),
        default: variable.default ?? null,
        value: row?.value ?? null,
        updatedAt: row ? formatInstant(row.updated_at) : null,
        updatedBy: row?.updated_by ?? null,
      }
    })
    return { items }
  },
  async saveVariable(by, app, name, { value }) {
    await perform(by, async ({ tx, memory: held, now, by: principal, audit }) => {
      const known = held.apps.app(app)?.model.definition.variables?.some((variable) => variable.id === name)
      if (!known) return fail({ code: 'record.notFound' })
      const updated_by = principal.kind === 'user' ? principal.user.id : null
      await saveVariable(tx, { app, name, value, updated_at: now, updated_by })
      await bumpRevision(tx, 'apps')
      await audit({ kind: 'variable', id: `${app}/${name}` }, 'variable.saved', { value })
      return ok(undefined)
    })
  },
  async dropVariable(by, app, name) {
    await perform(by, async ({ tx, audit }) => {
      if (!(await dropVariable(tx, app, name))) return fail({ code: 'record.notFound' })
      await bumpRevision(tx, 'apps')
      await audit({ kind: 'variable', id: `${app}/${name}` }, 'variable.dropped', {})
      return ok(undefined)
    })
  },
})
