import { rolesIn } from '../access/entries.ts'
import type { Facts, RecordFacts } from '../facts.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import type { RecordRef, RecordRow } from './rows.ts'
import { recordFacts, type Work } from './work.ts'

/** How many links a path may follow: `asset.product.line` follows two. */
const deepest = 3

/** Finds forms by the names links use, inside an app and across apps. */
export function lookupFrom(work: Work, app: string): FormLookup {
  return (name) => {
    const [first = '', second] = name.split('/')
    return second === undefined ? work.world.app(app)?.forms.get(first) : work.world.app(first)?.forms.get(second)
  }
}

/**
 * The facts about a record at this moment. Linked records that any definition of the app asks for are read first, so
 * that every condition and formula evaluates without waiting.
 */
export async function factsOf(work: Work, row: RecordRow | undefined, more: Partial<Facts> = {}): Promise<Facts> {
  const app = row && work.world.app(row.app)
  const linked = new Map<string, RecordFacts>()
  if (row && app) await preload(work, app, row, linked, 1)
  const principal = work.command.principal
  return {
    now: work.now,
    zone: app?.definition.zone ?? 'Asia/Shanghai',
    ...(row ? { record: recordFacts(row) } : {}),
    ...(principal.kind === 'user'
      ? { user: { ...principal.user, roles: row ? rolesIn(row.app, principal) : principal.user.roles } }
      : {}),
    linked: (form, id) => linked.get(`${form}/${id}`),
    ...more,
  }
}

/** Loads what the values of a submission link to, for facts of a record that is not written yet. */
export async function linkedOf(
  work: Work,
  ref: RecordRef,
  data: RecordRow['data'],
): Promise<NonNullable<Facts['linked']>> {
  const app = work.world.app(ref.app)
  const linked = new Map<string, RecordFacts>()
  if (app) await preloadData(work, app, app.forms.get(ref.form), data, linked, 1)
  return (form, id) => linked.get(`${form}/${id}`)
}

async function preload(
  work: Work,
  app: AppModel,
  row: RecordRow,
  linked: Map<string, RecordFacts>,
  depth: number,
): Promise<void> {
  await preloadData(work, app, work.world.app(row.app)?.forms.get(row.form), row.data, linked, depth)
}

async function preloadData(
  work: Work,
  app: AppModel,
  form: FormModel | undefined,
  data: RecordRow['data'],
  linked: Map<string, RecordFacts>,
  depth: number,
): Promise<void> {
  if (!form || depth > deepest) return
  for (const [id, field] of form.fields) {
    const value = data[id]
    if (field.target?.kind !== 'record' || typeof value !== 'string' || !followedFields(app).has(id)) continue
    const target = field.target
    const names =
      target.app === app.id ? [target.form, `${target.app}/${target.form}`] : [`${target.app}/${target.form}`]
    if (linked.has(`${names[0]}/${value}`)) continue
    const row = await work.record({ app: target.app, form: target.form, id: value })
    if (!row) continue
    for (const name of names) linked.set(`${name}/${value}`, recordFacts(row))
    await preload(work, app, row, linked, depth + 1)
  }
}

const followed = new WeakMap<AppModel, ReadonlySet<string>>()

/**
 * Ids of link fields whose target's fields some definition mentions (`customer.level`). Read off the text of the
 * definitions: one too many costs a read, one too few would be a wrong answer.
 */
function followedFields(app: AppModel): ReadonlySet<string> {
  const known = followed.get(app)
  if (known) return known
  const text = JSON.stringify([
    app.definition,
    [...app.forms.values()].map((form) => form.definition),
    [...app.flows.values()],
    app.rules,
    app.policies,
    [...app.assignments.values()],
    [...app.messages.values()],
  ])
  const ids = new Set([...text.matchAll(/([a-z][a-z0-9_]*)\.[a-z]/g)].flatMap((match) => match[1] ?? []))
  followed.set(app, ids)
  return ids
}
