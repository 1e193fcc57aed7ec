import { documentFile, documentKinds, type Locale, type Principal, type ScenarioDefinition } from '@tenon/engine'
import { validateFiles } from '@tenon/engine/validate'
import { type MetricDefinition, reportKinds } from '@tenon/reports'
import type { AppFiles, AssignmentTry, Backtest, MetricQuery, Replay, Simulation } from '@tenon/runtime/contract'
import type { Checked, PublishPorts } from '../commands/app/publish.ts'
import type { DesignDoors } from '../doors.ts'
import { backtestRule } from '../queries/backtest.ts'
import { flowHistory, flowHistoryRecords } from '../queries/flow-history.ts'
import type { QueryPorts } from '../queries/reading.ts'
import { replayHistory } from '../queries/replay.ts'
import { queryReport } from '../queries/reports.ts'
import { recordScenario, simulate } from '../queries/simulate.ts'
import { tryAssignment } from '../queries/try-assignment.ts'
import type { AppFile } from '../store/app-files.ts'
import { notFound, TenonError } from '../tenon-error.ts'
import { fileToWire } from './design-views.ts'
import { filesMeant } from './files-meant.ts'

type Ports = PublishPorts &
  QueryPorts & {
    readonly liveFiles: (app: string) => Promise<readonly AppFile[]>
    /** The app these files describe; throws with what is wrong with them. */
    readonly checked: (by: Principal, app: string, request: AppFiles, locale: Locale) => Promise<Checked>
  }

type TryoutDoors = Pick<
  DesignDoors,
  'backtest' | 'query' | 'replay' | 'simulate' | 'tryAssignment' | 'flowHistory' | 'flowHistoryRecords'
>

/** Trying definitions out, live or not, on what there is: nothing is written. */
export function tryoutDoors(ports: Ports): TryoutDoors {
  const { store, memory } = ports
  const meant = async (app: string, { files, draft, revision }: AppFiles): Promise<readonly AppFile[]> =>
    files === undefined && draft === undefined
      ? ports.liveFiles(app)
      : (
          await filesMeant(store, memory, app, {
            ...(files ? { files } : {}),
            ...(draft === undefined ? {} : { draft }),
            ...(revision === undefined ? {} : { revision }),
          })
        ).files
  const checked = (by: Principal, app: string, files: readonly AppFile[], locale: Locale) =>
    ports.checked(by, app, { files: files.map(fileToWire) }, locale)

  return {
    async backtest(principal, app, request: Backtest, locale) {
      const { rule, days = 90, limit = 200 } = request
      const files = await meant(app, request)
      const id = typeof rule === 'string' ? rule : String(rule.id)
      const draft = await checked(
        principal,
        app,
        typeof rule === 'string' ? files : withDocument(files, 'rules', rule),
        locale,
      )
      const found = draft.next.rules.find((one) => one.id === id)
      if (!found) throw notFound()
      return backtestRule(principal, ports, draft, { rule: found, days, limit })
    },
    async replay(principal, app, request: Replay, locale) {
      const { form, limit = 100 } = request
      const live = await checked(principal, app, await ports.liveFiles(app), locale)
      const draft = await checked(principal, app, await meant(app, request), locale)
      return replayHistory(principal, ports, live, draft, { form, limit }, locale)
    },
    flowHistory: (principal, app, flow, over) => flowHistory(principal, ports, app, flow, over),
    flowHistoryRecords: (principal, app, flow, asked) => flowHistoryRecords(principal, ports, app, flow, asked),
    async simulate(principal, app, request: Simulation, locale) {
      const draft = await checked(principal, app, await meant(app, request), locale)
      const scenario = await recordScenario(principal, ports, draft.next, request, locale)
      const invalid = validateFiles([{ path: documentFile('scenario', scenario.id), json: scenario }], documentKinds)
      if (invalid.length > 0) throw new TenonError('app.invalid', undefined, invalid)
      // A step that names what the draft has no more is told as a failure of that step: nothing is to be published.
      return simulate(ports, draft, scenario as unknown as ScenarioDefinition, locale)
    },
    async tryAssignment(principal, app, request: AssignmentTry, locale) {
      const { next } = await checked(principal, app, await meant(app, request), locale)
      return tryAssignment(principal, ports, next, request)
    },
    query: (principal, app, { query, metrics }: MetricQuery) =>
      queryReport(principal, ports, app, query, metrics.map(shapedMetric)),
  }
}

/** A metric of a draft; throws with every problem of its shape. What it may look at, the plan decides. */
function shapedMetric(json: unknown): MetricDefinition {
  const id = String((json as { readonly id?: unknown }).id)
  const problems = validateFiles([{ path: `metrics/${id}.json`, json }], reportKinds)
  if (problems.length > 0) throw new TenonError('query.invalid', undefined, problems)
  return json as MetricDefinition
}

/** The files with this document in its place. */
function withDocument(
  files: readonly AppFile[],
  folder: string,
  document: { readonly [property: string]: unknown },
): readonly AppFile[] {
  const path = `${folder}/${String(document.id)}.json`
  return [...files.filter((file) => file.path !== path), { path, text: JSON.stringify(document) }]
}
