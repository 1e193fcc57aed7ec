import {
  type AccessEntry,
  type FormDefinition,
  type FormModel,
  type RecordRight,
  recordRights,
  viewWithout,
} from '@tenon/engine'
import type { FormView } from '@tenon/runtime/contract'
import type { Caller } from '../../auth/identity.ts'
import { mentions } from '../../queries/mentions.ts'

/**
 * A form as one person may see it: fields hidden from them on every row are not there at all, nor anything that names
 * them; who else may do what is not theirs to know. Undefined when they have no right on it.
 */
export function formView(form: FormModel, principal: Caller): FormView | undefined {
  const entries = entriesOf(form, principal)
  const rights = recordRights.filter((right) => entries.some((entry) => entry.can.includes(right)))
  if (rights.length === 0) return undefined
  const best = withoutUnseen(bestRights(form, entries), form, principal)
  const roles = rolesOf(form.app, principal)
  return {
    id: form.id,
    definition: visiblePart(form.definition, best, roles),
    rights,
    fields: Object.fromEntries(best),
  }
}

export const rolesOf = (app: string, principal: Caller): ReadonlySet<string> =>
  new Set(
    principal.kind === 'system' ? [] : principal.grants.filter((grant) => grant.app === app).map((grant) => grant.role),
  )

const everything: AccessEntry = { id: 'everything', role: '*', can: [...recordRights] }

function entriesOf(form: FormModel, principal: Caller): readonly AccessEntry[] {
  if (principal.kind === 'system') return [everything]
  const roles = rolesOf(form.app, principal)
  if (roles.size === 0) return []
  return (form.definition.access ?? []).filter((entry) => entry.role === '*' || roles.has(entry.role))
}

const wordOf = (entry: AccessEntry, id: string) =>
  entry.fields && Object.hasOwn(entry.fields, id) ? entry.fields[id] : undefined

type BestRights = ReadonlyMap<string, 'read' | 'edit'>

function bestRights(form: FormModel, entries: readonly AccessEntry[]): BestRights {
  const can = (entry: AccessEntry, ...wanted: readonly RecordRight[]) =>
    wanted.some((right) => entry.can.includes(right))
  const best = new Map<string, 'read' | 'edit'>()
  for (const { id } of form.definition.fields) {
    const showing = entries.filter((entry) => can(entry, 'read', 'create') && wordOf(entry, id) !== 'hidden')
    if (showing.length === 0) continue
    const changing = entries.some((entry) => can(entry, 'update', 'create') && (wordOf(entry, id) ?? 'edit') === 'edit')
    best.set(id, changing ? 'edit' : 'read')
  }
  return best
}

/** A lookup is there for those who may read what it shows, where it is. */
function withoutUnseen(best: BestRights, form: FormModel, principal: Caller): BestRights {
  const isSeen = (id: string): boolean => {
    const shows = form.fields.get(id)?.shows
    return !shows || (best.has(shows.link) && isReadable(shows.form, shows.field.id, principal))
  }
  return new Map([...best].filter(([id]) => isSeen(id)))
}

const isReadable = (form: FormModel, field: string, principal: Caller): boolean =>
  entriesOf(form, principal).some((entry) => entry.can.includes('read') && wordOf(entry, field) !== 'hidden')

function visiblePart(definition: FormDefinition, best: BestRights, roles: ReadonlySet<string>): FormDefinition {
  // What strangers are asked is the business of those who design the form.
  const { access: _access, publicForm: _publicForm, layout, views, actions, checks, ...rest } = definition
  const authored = new Set(definition.fields.map((field) => field.id))
  const isHidden = (path: string) => {
    const id = path.replace(/^-/, '').split('.')[0] ?? ''
    return authored.has(id) && !best.has(id)
  }
  const isMine = (item: { roles?: readonly string[] }) =>
    item.roles === undefined || item.roles.some((role) => roles.has(role))
  const hidden = definition.fields.filter((field) => !best.has(field.id)).map((field) => field.id)
  return {
    ...rest,
    fields: definition.fields.filter((field) => best.has(field.id)),
    ...(layout && {
      layout: layout
        .map((section) => ({
          ...section,
          items: section.items.filter((item) => !isHidden(typeof item === 'string' ? item : item.field)),
        }))
        .filter((section) => section.items.length > 0),
    }),
    ...(views && { views: views.filter(isMine).flatMap((view) => viewWithout(view, isHidden) ?? []) }),
    ...(actions && {
      actions: actions.filter(isMine).map(({ actions: _, ...button }) => ({ ...button, actions: [] })),
    }),
    // A check on a field that is not shown cannot be told to this person; the server still holds it.
    ...(checks && { checks: checks.filter((check) => !mentions(check, hidden)) }),
  }
}
