import { formatInstant, type Locale, type Principal, resolveText, runScenario, tellChanges } from '@tenon/engine'
import type { AppFiles, ScenarioRun, PublishPlan as WirePlan } from '@tenon/runtime/contract'
import type { Clock } from '../clock.ts'
import { documentOf } from '../commands/app/draft-files.ts'
import { figuresOf } from '../commands/app/figures.ts'
import { brokenPromises } from '../commands/app/promises.ts'
import { allKinds, type Checked, checkFiles, type PublishPorts, planFor, publishApp } from '../commands/app/publish.ts'
import type { DesignDoors } from '../doors.ts'
import { lostValues } from '../queries/lost-values.ts'
import { recalculation } from '../queries/recalculation.ts'
import { triedOwners } from '../queries/tried-owners.ts'
import { whatIf } from '../queries/what-if.ts'
import { readFiles } from '../store/apps.ts'
import { runningInstances } from '../store/rows/instances.ts'
import { notFound, rejected } from '../tenon-error.ts'
import { bpmnDoors } from './bpmn-doors.ts'
import { changedFiles, designProblem, fileToWire, planSteps, promiseStep } from './design-views.ts'
import { filesMeant } from './files-meant.ts'
import { type instanceMover, planInstances } from './instance-doors.ts'
import { tryoutDoors } from './tryout-doors.ts'

/** Instances of older versions of a flow count with it. */
const byFlow = (rows: readonly { readonly flow: string; readonly count: number }[]): WirePlan['runningInstances'] => {
  const counts = new Map<string, number>()
  for (const { flow, count } of rows) counts.set(flow, (counts.get(flow) ?? 0) + count)
  return [...counts].map(([flow, count]) => ({ flow, count })).sort((a, b) => (a.flow < b.flow ? -1 : 1))
}

const invalidApp = (problems: readonly { code: string; file: string; path: string }[]) =>
  rejected({
    code: 'app.invalid',
    problems: problems.map(({ code, file, path }) => ({ code, path: `/${file}${path}` })),
  })

type InstancePorts = Parameters<typeof planInstances>[0] & { readonly mover: ReturnType<typeof instanceMover> }

/** Definitions over the publish command. */
export function designDoors(ports: PublishPorts & { readonly clock: Clock } & InstancePorts): DesignDoors {
  const { store, memory, clock } = ports
  const live = (app: string) => memory.now.apps.app(app)?.model.version
  const filesOf = async (app: string) => {
    const version = live(app)
    return version === undefined ? [] : readFiles(store.read, app, version)
  }
  const check = async (by: Principal, app: string, request: AppFiles, locale: Locale) => {
    const meant = await filesMeant(store, memory, app, request)
    const checked = checkFiles(by, app, meant.files, memory.now, clock.now())
    const paths = meant.files.map((file) => file.path)
    const found = checked.ok
      ? [...checked.value.warnings, ...(await triedOwners(by, ports, checked.value.next))]
      : checked.error
    const problems = found.map((one) => designProblem(one, paths, locale, { live: memory.now.apps.app(app)?.model }))
    return { checked: checked.ok ? checked.value : undefined, problems, meant }
  }

  const mustCheck = async (by: Principal, app: string, request: AppFiles, locale: Locale): Promise<Checked> => {
    const { checked, problems } = await check(by, app, request, locale)
    if (!checked) throw invalidApp(problems)
    return checked
  }

  const plan = async (principal: Principal, app: string, request: AppFiles, locale: Locale): Promise<WirePlan> => {
    const { checked, problems, meant } = await check(principal, app, request, locale)
    const version = live(app) ?? null
    const before = await filesOf(app)
    const changes = version === null ? [] : tellChanges(documentOf(before), documentOf(meant.files), allKinds, locale)
    return {
      app,
      fromVersion: version,
      toVersion: (version ?? 0) + 1,
      problems,
      changedFiles: changedFiles(before, meant.files),
      changes: changes.map((change) => change.text),
      steps: checked ? await steps(principal, app, checked, locale) : [],
      instances: checked
        ? await planInstances(ports, principal, checked.next, request.instances ?? { choices: [] }, locale)
        : { standings: [], outcome: { keep: 0, move: 0, park: 0, blocked: 0 } },
      runningInstances: version === null ? [] : byFlow(await runningInstances(store.read, app)),
    }
  }
  const steps = async (principal: Principal, app: string, checked: Checked, locale: Locale) => {
    const { next } = checked
    const current = memory.now.apps.app(app)
    const broken = await brokenPromises(current, checked, memory.now)
    const planned = await planFor(store.read, current, next)
    const values = await lostValues(principal, ports, app, next, planned, locale)
    return [
      ...broken.map((one) => promiseStep(one, next, locale)),
      ...planSteps(planned, current?.model, next, values, locale),
    ]
  }

  return {
    async read(_principal, app) {
      const row = await store.read.selectFrom('apps').selectAll().where('id', '=', app).executeTakeFirst()
      if (!row) throw notFound()
      return {
        app,
        version: row.version,
        publishedAt: formatInstant(row.published_at),
        files: (await readFiles(store.read, app, row.version)).map(fileToWire),
      }
    },
    async versions(_principal, app) {
      const rows = await store.read
        .selectFrom('app_versions')
        .select(['version', 'files', 'published_at', 'published_by'])
        .where('app', '=', app)
        .orderBy('version', 'desc')
        .execute()
      if (rows.length === 0) throw notFound()
      const files = rows.map((row) => JSON.parse(row.files) as Parameters<typeof changedFiles>[0])
      return {
        items: rows.map((row, at) => ({
          version: row.version,
          publishedAt: formatInstant(row.published_at),
          by: row.published_by === null ? null : (memory.now.organisation.person(row.published_by)?.name ?? null),
          changed: changedFiles(files[at + 1] ?? [], files[at] ?? []).length,
        })),
      }
    },
    ...bpmnDoors(memory),
    ...tryoutDoors({ ...ports, liveFiles: filesOf, checked: mustCheck }),
    validate: async (principal, app, request, locale) => ({
      problems: (await check(principal, app, request, locale)).problems,
    }),
    plan: (principal, app, files, locale) => plan(principal, app, files, locale),
    async whatIf(principal, app, request, locale) {
      const checked = await mustCheck(principal, app, request, locale)
      return whatIf(principal, ports, checked.next, request.days ?? 90)
    },
    async recalculation(principal, app, request, locale) {
      const { next } = await mustCheck(principal, app, request, locale)
      return recalculation(principal, ports, next, request.recalculate ?? next.policies.map(({ id }) => id))
    },
    async publish(principal, app, request, locale, restores) {
      const planned = await plan(principal, app, request, locale)
      const { confirm = [], instances, recalculate } = request
      const { files, baseVersion, draft } = await filesMeant(store, memory, app, request)
      const published = await publishApp(ports, principal, {
        app,
        files,
        confirm,
        note: '',
        ...(baseVersion !== undefined && { baseVersion }),
        ...(instances !== undefined && { instances }),
        ...(recalculate !== undefined && { recalculate }),
        ...(restores !== undefined && { restores }),
        ...(draft !== undefined && { draft: { id: draft.id, revision: draft.revision } }),
      })
      if (!published.ok) throw rejected(published.error, planned.problems.length > 0 ? { plan: planned } : undefined)
      await memory.inside(store.read)
      if (instances !== undefined) ports.mover.kick()
      return { app, version: published.value.version, plan: planned }
    },
    async runScenarios(principal, app, request, locale) {
      const checked = await mustCheck(principal, app, request, locale)
      const { next } = checked
      const apps = new Map([
        ...memory.now.apps.all().map((one) => [one.model.id, one.model] as const),
        [next.id, next] as const,
      ])
      const metrics = figuresOf(checked, memory.now)
      const items: ScenarioRun['items'] = []
      for (const scenario of next.scenarios.values()) {
        if (request.scenario !== undefined && request.scenario !== scenario.id) continue
        const report = await runScenario(next, scenario, apps, metrics)
        items.push({
          id: scenario.id,
          result: report.passed ? ('passed' as const) : report.future ? ('future' as const) : ('failed' as const),
          details: report.failures.map(({ step, message }) => ({ step, message: resolveText(message, locale) })),
        })
      }
      const count = (result: string) => items.filter((item) => item.result === result).length
      return { passed: count('passed'), failed: count('failed'), future: count('future'), items }
    },
  }
}
