import {
  evaluateForm,
  type Facts,
  type FieldValue,
  type FormModel,
  type FormState,
  fieldRights,
  formSchema,
  type Id,
  isLocale,
  type Mask,
  mayDo,
  type Principal,
  type Rights,
  rightsOn,
  type TaskRow,
} from '@tenon/engine'
import type { FormContext, WireValue } from '@tenon/runtime/contract'
import { pinnedFlow } from '../store/pinned-flows.ts'
import { readInstance } from '../store/rows/instances.ts'
import { readTask } from '../store/rows/tasks.ts'
import { denied, TenonError } from '../tenon-error.ts'
import { valuesOf } from './read-record.ts'
import { formFor, type QueryPorts, type Reading, readingFor } from './reading.ts'
import { Refs } from './refs.ts'
import { visibleRecord } from './visible-record.ts'

type Drawn = {
  readonly reading: Reading
  readonly form: FormModel
  readonly mode: FormContext['mode']
  readonly mask: Mask | undefined
  readonly rights: Rights
  readonly state: FormState
  readonly data: { readonly [field: string]: FieldValue }
  readonly version: number | null
}

/** The form to draw for a record: to look at, to change, or as the step of a task has it. */
export async function formContext(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  formId: string,
  id: Id,
  taskId?: Id,
): Promise<FormContext> {
  const found = await visibleRecord(principal, ports, app, formId, id)
  const { reading, form, facts, row } = found
  const task = taskId === undefined ? undefined : await taskOf(reading, taskId, id)
  const mask = task && (await maskOf(reading, task))
  const given = withoutUnseen(fieldRights(form, principal, facts, reading.env.lookup), form, reading)
  const rights = mask ? opened(given, mask) : given
  const mode = task ? 'task' : mayDo(form, principal, 'update', facts, reading.env.lookup) ? 'edit' : 'view'
  const state = evaluateForm(form, { mode: 'edit', data: {}, facts, rights, mask, lookup: reading.env.lookup })
  return drawn(
    { reading, form, mode, mask, rights, state, data: await valuesOf(found), version: row.version },
    principal,
  )
}

/** The empty form of a new record, with its defaults. */
export async function newFormContext(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  formId: string,
): Promise<FormContext> {
  const reading = readingFor(principal, ports, app)
  const form = creatable(principal, reading, formId)
  const facts: Facts = { ...reading.facts, linked: () => undefined }
  const rights = withoutUnseen(fieldRights(form, principal, facts, reading.env.lookup, 'create'), form, reading)
  const state = evaluateForm(form, { mode: 'create', data: {}, facts, rights, lookup: reading.env.lookup })
  const data = Object.fromEntries(
    [...state.fields].flatMap(([field, { value }]) => (value === null ? [] : [[field, value]])),
  )
  return drawn({ reading, form, mode: 'create', mask: undefined, rights, state, data, version: null }, principal)
}

/** A lookup is there for those who may read what it shows, where it is. */
function withoutUnseen(rights: Rights, form: FormModel, { env }: Reading): Rights {
  const isUnseen = (id: string): boolean => {
    const shows = form.fields.get(id)?.shows
    if (!shows) return false
    const scope = env.scopes(shows.form)
    return rights.get(shows.link) === 'hidden' || scope.rows === 'none' || scope.field(shows.field.id) === 'none'
  }
  return new Map([...rights].map(([id, right]) => [id, isUnseen(id) ? 'hidden' : right]))
}

/** Who may create without being able to read gets the form too. */
function creatable(principal: Principal, reading: Reading, formId: string): FormModel {
  const form = reading.app.model.forms.get(formId)
  if (form && rightsOn(form, principal).has('create')) return form
  formFor(reading, formId)
  throw denied()
}

async function taskOf(reading: Reading, id: Id, record: Id): Promise<TaskRow> {
  const task = await readTask(reading.db, id)
  if (!task || task.id !== record) throw new TenonError('task.notFound')
  return task
}

async function maskOf(reading: Reading, task: TaskRow): Promise<Mask> {
  const instance = await readInstance(reading.db, task.instance)
  const flow = instance && (await pinnedFlow(reading.db, instance.flowHash))
  const node = flow?.nodes.find((one) => one.id === task.node)
  return node && 'fields' in node ? (node.fields ?? {}) : {}
}

/** A task opens the fields its step names, even to people who may not change the record otherwise; hidden stays hidden. */
function opened(rights: Rights, mask: Mask): Rights {
  return new Map(
    [...rights].map(([field, right]) => {
      const word = Object.hasOwn(mask, field) ? mask[field] : undefined
      return [field, right === 'hidden' ? 'hidden' : word === 'edit' || word === 'required' ? 'edit' : 'read']
    }),
  )
}

async function drawn(
  { reading, form, mode, mask, rights, state, data, version }: Drawn,
  principal: Principal,
): Promise<FormContext> {
  const locale = principal.kind === 'user' && isLocale(principal.user.locale) ? principal.user.locale : 'zh-CN'
  const schemaMode = mode === 'task' ? 'edit' : mode
  const { schema, uiSchema } = formSchema(form, { mode: schemaMode, mask, rights, locale })
  const isKnown = (field: string) => (rights.get(field) ?? 'hidden') !== 'hidden'
  const refs = new Refs(reading)
  for (const [id, value] of Object.entries(data)) {
    const field = form.fields.get(id)
    if (field) refs.value(form, field, value)
  }
  return {
    app: form.app,
    form: form.id,
    mode,
    schema: schema as Record<string, unknown>,
    uiSchema: uiSchema as Record<string, unknown>,
    state: Object.fromEntries(
      [...state.fields].map(([id, { visible, editable, required }]) => [
        id,
        { visible, editable: editable && mode !== 'view', required },
      ]),
    ),
    data: data as { [field: string]: WireValue },
    mask: mask === undefined ? null : Object.fromEntries(Object.entries(mask).filter(([field]) => isKnown(field))),
    // A field that is not named is hidden: its name would tell that it is there.
    rights: Object.fromEntries([...rights].filter(([field]) => isKnown(field))),
    version,
    appVersion: reading.app.model.version,
    refs: await refs.views(),
    ...calendarsFor(form, reading),
  }
}

const countsWorkdays = /workday|工作日/

/** Read off the text of the form: one too many costs some bytes, one too few would make a formula blank. */
function calendarsFor({ definition }: FormModel, { app }: Reading): Pick<FormContext, 'calendars'> {
  if (!countsWorkdays.test(JSON.stringify(definition))) return {}
  return { calendars: { own: app.model.definition.calendar ?? null, all: [...app.model.calendars.values()] } }
}
