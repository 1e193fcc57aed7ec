import {
  type AppModel,
  buildApp,
  type FormModel,
  fieldRights,
  formSchema,
  isObject,
  type Locale,
  type Mask,
  namedCalendarsOf,
  type UserFacts,
} from '@tenon/engine'
import type { FormSetup } from '@tenon/runtime/ui'
import type { Documents } from '../../../draft/documents.ts'

export type Step = { readonly flow: string; readonly node: string }
type Given = {
  readonly app: AppModel
  readonly form: FormModel
  /** Role whose rights count. */
  readonly role: string
  /** The step that is being done; undefined: a new record is made. */
  readonly step: Step | undefined
  readonly locale: Locale
  readonly now: number
  readonly zone: string
  readonly user: Omit<UserFacts, 'roles'>
}

/** The app that a draft describes; undefined: it does not hold together yet. */
export function draftApp(documents: Documents): AppModel | undefined {
  try {
    const files = Object.entries(documents).flatMap(([path, json]) =>
      path.endsWith('.json') && !path.startsWith('sample/') && isObject(json) ? [{ path, json }] : [],
    )
    const built = buildApp(files, { version: 0 })
    return built.ok ? built.value : undefined
  } catch {
    return undefined
  }
}

/**
 * The form as somebody with a role finds it, making a record or doing a step: the very evaluation that the product does,
 * over sample values. Rights that hold for some rows only are taken as held: which rows there are is not known here.
 */
export function previewSetup({ app, form, role, step, locale, now, zone, user }: Given): FormSetup {
  const facts = { now, zone, user: { ...user, roles: [role] }, calendars: namedCalendarsOf(app) }
  const principal = { kind: 'user' as const, user: facts.user, admin: false, grants: [{ app: app.id, role }] }
  const purpose = step ? 'update' : 'create'
  const rights = fieldRights(anyRow(form), principal, facts, undefined, purpose)
  const mask = step ? maskOf(app, step) : undefined
  const mode = step ? 'edit' : 'create'
  const { schema, uiSchema } = formSchema(form, { mode, rights, mask, locale })
  return {
    form,
    mode: step ? 'task' : 'create',
    mask: mask ?? null,
    rights: Object.fromEntries(rights),
    schema,
    uiSchema,
    data: {},
    version: null,
    facts,
  }
}

function anyRow(form: FormModel): FormModel {
  const access = (form.definition.access ?? []).map(({ rows: _, ...entry }) => entry)
  return { ...form, definition: { ...form.definition, access } }
}

function maskOf(app: AppModel, { flow, node }: Step): Mask {
  const found = app.flows.get(flow)?.nodes.find(({ id }) => id === node)
  return found && 'fields' in found && isObject(found.fields) ? (found.fields as Mask) : {}
}

/** The steps of the form's flows at which a person fills it in. */
export function stepsOf(app: AppModel, form: string) {
  return [...app.flows.values()]
    .filter((flow) => flow.form === form)
    .map((flow) => ({ flow, nodes: flow.nodes.filter((node) => 'outcomes' in node || 'fields' in node) }))
}
