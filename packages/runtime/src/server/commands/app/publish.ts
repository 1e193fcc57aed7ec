import {
  type AppModel,
  buildApp,
  documentKinds,
  documentsOfKinds,
  fail,
  formLookup,
  type Id,
  type Instant,
  type Json,
  lintApp,
  localDay,
  ok,
  type Principal,
  type Problem,
  problem,
  type Rejection,
  type Result,
  type SourceFile,
} from '@tenon/engine'
import { validateFiles } from '@tenon/engine/validate'
import { metricsIn, reportKinds } from '@tenon/reports'
import { type AppFile, filesHash, flowHash, parseSources } from '../../store/app-files.ts'
import type { LoadedApp } from '../../store/apps.ts'
import type { Db } from '../../store/database.ts'
import type { LiveMemory, Memory } from '../../store/live-memory.ts'
import { applyPublish } from '../../store/publish/apply.ts'
import { readCounts } from '../../store/publish/counts.ts'
import { type PublishPlan, planPublish, planToKeep } from '../../store/publish/plan.ts'
import { holdDefinitions } from '../../store/revisions.ts'
import { templateOf } from '../../store/rows/drafts.ts'
import { returnToTemplateBase, saveTemplateBase } from '../../store/rows/template-bases.ts'
import type { Store } from '../../store/store.ts'
import type { Executor, Unit } from '../execute.ts'
import { adoptClocks } from './adopt-clocks.ts'
import { adoptRules } from './adopt-rules.ts'
import { builderLimits } from './builder-limits.ts'
import { type InstanceChoices, orderMoves } from './instance-moves.ts'
import { brokenPromises } from './promises.ts'
import { recomputeForms } from './recompute-forms.ts'

export type PublishPorts = { readonly store: Store; readonly memory: LiveMemory; readonly executor: Executor }
export type PublishRequest = {
  readonly app: string
  readonly files: readonly AppFile[]
  /** Version the files were made from; another live one refuses. Absent: not compared. */
  readonly baseVersion?: number
  /** Keys of the steps that are confirmed; `all` for a first installation. */
  readonly confirm: readonly string[] | 'all'
  readonly note: string
  /** What becomes of running instances of flows that change; absent: they finish on their version. */
  readonly instances?: InstanceChoices
  /** Policies whose open clocks are counted again from their start; absent: what was counted stays, the rest follows. */
  readonly recalculate?: readonly string[]
  /** The draft the files are of: it goes on from the version it became. Another revision refuses. */
  readonly draft?: { readonly id: Id; readonly revision: number }
  /** Version the files are taken from, when they lead back to one. */
  readonly restores?: number
}
export type Checked = {
  readonly next: AppModel
  readonly metrics: ReturnType<typeof metricsIn>
  readonly warnings: readonly Problem[]
}

/** Every kind of document an app may have. */
export const allKinds = { ...documentKinds, ...reportKinds }

/**
 * The app its files describe, or everything that is wrong with them, also with who wants it (`builderLimits`). Calendars
 * that run out soon after `now` are warned of.
 */
export function checkFiles(
  by: Principal,
  app: string,
  files: readonly AppFile[],
  memory: Memory,
  now: Instant,
): Result<Checked, readonly Problem[]> {
  const sources = parseSources(files)
  if (!sources.ok) return sources
  const invalid = validateFiles(sources.value, allKinds)
  if (invalid.length > 0) return fail(invalid)
  const live = memory.apps.app(app)?.model
  const built = buildApp(sources.value, { version: (live?.version ?? 0) + 1, variables: live?.variables ?? new Map() })
  if (!built.ok) return built
  if (built.value.id !== app)
    return fail([{ code: 'document.idMismatch', path: '/app.json/id', details: { id: built.value.id, file: app } }])
  const found = lint(built.value, sources.value, memory, now)
  const errors = [
    ...found.filter((one) => one.severity !== 'warning'),
    ...builderLimits(by, built.value, sources.value, memory),
  ]
  return errors.length > 0
    ? fail(errors)
    : ok({
        next: built.value,
        metrics: metricsIn(sources.value),
        warnings: found.filter((one) => one.severity === 'warning'),
      })
}

function lint(app: AppModel, sources: readonly SourceFile[], memory: Memory, now: Instant): readonly Problem[] {
  const today = localDay(app.definition.zone ?? 'Asia/Shanghai', now)
  // A folder is judged with nothing installed, so with nobody there.
  const { organisation }: Partial<Memory> = memory
  return lintApp(
    app,
    formLookup(app, (id) => memory.apps.app(id)?.model),
    {
      documents: documentsOfKinds(sources, reportKinds),
      today,
      ...(organisation ? { people: { directory: organisation, now } } : {}),
    },
  )
}

/** What publishing would do, from the data as it is. */
export async function planFor(db: Db, current: LoadedApp | undefined, next: AppModel): Promise<PublishPlan> {
  return planPublish(current?.model, next, await readCounts(db, current, next))
}

const unconfirmed = (plan: PublishPlan, confirm: PublishRequest['confirm']): readonly string[] =>
  confirm === 'all'
    ? []
    : [...plan.confirm, ...plan.destructive].map((step) => step.key).filter((key) => !confirm.includes(key))

export type PublishedApp = { readonly version: number; readonly plan: PublishPlan; readonly changed: boolean }

/**
 * Publishes an app: checked, planned and applied in one transaction. Refuses when a newer version is live than the files
 * were made from (`app.versionConflict`), when something is wrong (`app.invalid`, with every problem), and when a step
 * needs a confirmation it has not got (`app.unconfirmed`). The same files as the live version change nothing.
 */
export async function publishApp(
  { executor, memory }: PublishPorts,
  by: Principal,
  request: PublishRequest,
): Promise<Result<PublishedApp, Rejection>> {
  return executor.perform(by, async (unit) => {
    await holdDefinitions(unit.tx, 'change')
    // What was read before the lock may be of an older version.
    return publishInside({ ...unit, memory: await memory.inside(unit.tx) }, request)
  })
}

async function publishInside(unit: Unit, request: PublishRequest): Promise<Result<PublishedApp, Rejection>> {
  const { memory, tx } = unit
  const current = memory.apps.app(request.app)
  const version = current?.model.version ?? 0
  if (request.baseVersion !== undefined && request.baseVersion !== version)
    return fail({ code: 'app.versionConflict', details: { version } })
  const checked = checkFiles(unit.by, request.app, request.files, memory, unit.now)
  if (!checked.ok) return fail({ code: 'app.invalid', problems: checked.error })
  const { next } = checked.value
  const live = await tx
    .selectFrom('app_versions')
    .select('hash')
    .where('app', '=', request.app)
    .where('version', '=', version)
    .executeTakeFirst()
  if (live?.hash === filesHash(request.files)) {
    // Of an upgrade that changes nothing what was decided is remembered all the same.
    if (request.draft && !(await settleDraft(unit, request.draft, request.app, version)))
      return draftMoved(request.draft)
    return ok({ version, plan: { safe: [], confirm: [], destructive: [] }, changed: false })
  }
  const strangers = (request.recalculate ?? []).filter((id) => !next.policies.some((policy) => policy.id === id))
  if (strangers.length > 0)
    return fail({
      code: 'app.invalid',
      problems: strangers.map((id) => problem('document.danglingReference', '/recalculate', { what: 'policy', id })),
    })
  const plan = await planFor(tx, current, next)
  const broken = request.confirm === 'all' ? [] : await brokenPromises(current, checked.value, memory)
  const unasked = broken.map((one) => one.key).filter((key) => !request.confirm.includes(key))
  const missing = [...unasked, ...unconfirmed(plan, request.confirm)]
  if (missing.length > 0) return fail({ code: 'app.unconfirmed', details: { steps: [...missing] } })
  const by = unit.by.kind === 'user' ? unit.by.user.id : null
  await applyPublish(tx, {
    files: request.files,
    next,
    current,
    plan,
    apps: memory.apps,
    by,
    at: unit.now,
    note: request.note,
  })
  await recomputeForms(unit, current, next, plan)
  const adopted = await adoptClocks(unit, current, next, request.recalculate)
  if (!adopted.ok) return adopted
  await adoptRules(unit, current, next)
  if (request.instances) {
    const targets = new Map([...next.flows].map(([flow, definition]) => [flow, flowHash(definition)]))
    const ordered = await orderMoves(unit, next.id, next.version, targets, request.instances)
    if (!ordered.ok) return ordered
  }
  if (request.restores !== undefined) await returnToTemplateBase(tx, request.app, request.restores, next.version)
  if (request.draft && !(await settleDraft(unit, request.draft, request.app, next.version)))
    return draftMoved(request.draft)
  await unit.audit({ kind: 'app', id: request.app }, 'app.published', {
    version: next.version,
    plan: planToKeep(plan) as unknown as Json,
    ...(request.recalculate?.length ? { recalculated: [...request.recalculate] } : {}),
  })
  unit.tell({ apps: [request.app] })
  return ok({ version: next.version, plan, changed: true })
}

type PublishedDraft = NonNullable<PublishRequest['draft']>
const draftMoved = ({ revision }: PublishedDraft): Result<never, Rejection> =>
  fail({ code: 'draft.conflict', details: { revision } })

/** The draft stands on the version it has become; of an upgrade the template is remembered for the next one. */
async function settleDraft({ tx }: Unit, draft: PublishedDraft, app: string, version: number): Promise<boolean> {
  const row = await tx.selectFrom('drafts').selectAll().where('id', '=', draft.id).executeTakeFirst()
  if (row?.revision !== draft.revision) return false
  await tx.updateTable('drafts').set({ base_version: version, template: null }).where('id', '=', draft.id).execute()
  const template = await templateOf(tx, row)
  if (template) await saveTemplateBase(tx, app, version, template)
  return true
}
