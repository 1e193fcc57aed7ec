import { rolesIn } from '../access/entries.ts'
import type { Facts, RecordFacts, UserFacts } from '../facts.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import { appFacts } from './app-facts.ts'
import type { Principal } from './commands.ts'
import { recordFacts } from './record-facts.ts'
import type { RecordRef, RecordRow } from './rows.ts'
import type { Work } from './work.ts'

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
  return {
    now: work.now,
    ...(app ? appFacts(app) : { zone: 'Asia/Shanghai' }),
    record: row && recordFacts(row),
    user: userFacts(work.command.principal, row?.app),
    linked: row && app && !more.linked ? await linkedTo(work, row) : () => undefined,
    ...more,
  }
}

function userFacts(principal: Principal, app: string | undefined): UserFacts | undefined {
  if (principal.kind !== 'user') return undefined
  return app === undefined ? principal.user : { ...principal.user, roles: rolesIn(app, principal) }
}

type Linked = NonNullable<Facts['linked']>
type ReadField = (field: string) => unknown

/** What a record links to, read once until the next write. */
async function linkedTo(work: Work, row: RecordRow): Promise<Linked> {
  const linked = work.linkedFacts.get(row) ?? (await linkedOf(work, row, (field) => row.data[field]))
  work.linkedFacts.set(row, linked)
  return linked
}

/** Loads what values link to: those of a record, or of a submission that is not written yet. */
export async function linkedOf(work: Work, ref: RecordRef, read: ReadField): Promise<Linked> {
  const app = work.world.app(ref.app)
  const linked = new Map<string, RecordFacts>()
  if (app) await preload(work, app, ref, read, linked, 1)
  return (form, id) => linked.get(`${form}/${id}`)
}

async function preload(
  work: Work,
  app: AppModel,
  { app: owner, form: name }: RecordRef,
  read: ReadField,
  linked: Map<string, RecordFacts>,
  depth: number,
): Promise<void> {
  const form = work.world.app(owner)?.forms.get(name)
  if (!form || depth > deepest) return
  // Each level at once: on PostgreSQL its reads share a round trip.
  const follow = async ({ field, target, names }: FollowedLink): Promise<void> => {
    const value = read(field)
    if (typeof value !== 'string' || linked.has(`${names[0]}/${value}`)) return
    const row = await work.record({ app: target.app, form: target.form, id: value })
    if (!row) return
    for (const each of names) linked.set(`${each}/${value}`, recordFacts(row))
    await preload(work, app, row, (id) => row.data[id], linked, depth + 1)
  }
  await Promise.all(followedLinks(app, form).map(follow))
}

type FollowedLink = {
  readonly field: string
  readonly target: { readonly app: string; readonly form: string }
  /** What the app's definitions call the form linked to. */
  readonly names: readonly string[]
}
const links = new WeakMap<AppModel, WeakMap<FormModel, readonly FollowedLink[]>>()

/** The links of a form that some definition of the app follows. Asked for at every step of a command, so found once. */
export function followedLinks(app: AppModel, form: FormModel): readonly FollowedLink[] {
  const ofApp = links.get(app) ?? new WeakMap<FormModel, readonly FollowedLink[]>()
  links.set(app, ofApp)
  const known = ofApp.get(form)
  if (known) return known
  const found = [...form.fields.values()].flatMap(({ id, target }): FollowedLink[] => {
    if (target?.kind !== 'record' || !followedFields(app).has(id)) return []
    const whole = `${target.app}/${target.form}`
    return [{ field: id, target, names: target.app === app.id ? [target.form, whole] : [whole] }]
  })
  ofApp.set(form, found)
  return found
}

const followed = new WeakMap<AppModel, ReadonlySet<string>>()

/**
 * Ids of link fields whose target's fields some definition mentions (`customer.level`) or a lookup shows. Read off the text of the
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
    [...app.decisions.values()],
    app.policies,
    [...app.assignments.values()],
    [...app.messages.values()],
  ])
  const lookups = [...app.forms.values()].flatMap((form) => [...form.fields.values()])
  const ids = new Set([
    ...[...text.matchAll(/([a-z][a-z0-9_]*)\.[a-z]/g)].flatMap((match) => match[1] ?? []),
    ...lookups.flatMap(({ shows }) => shows?.link ?? []),
  ])
  followed.set(app, ids)
  return ids
}
