import {
  type AppModel,
  type Locale,
  namedProblem,
  type Problem,
  pointer,
  renderProblem,
  resolveText,
  type SchemaNode,
} from '@tenon/engine'
import type { DesignProblem, AppFile as WireFile, PublishPlan as WirePlan } from '@tenon/runtime/contract'
import type { BrokenPromise } from '../commands/app/promises.ts'
import { allKinds } from '../commands/app/publish.ts'
import type { AppFile } from '../store/app-files.ts'
import type { PublishPlan, PublishStep } from '../store/publish/plan.ts'

export const fileFromWire = ({ path, text, base64 }: WireFile): AppFile =>
  text === undefined ? { path, base64: base64 ?? '' } : { path, text }
export const fileToWire = (file: AppFile): WireFile => ({ ...file })

/** A problem with the file it is in: `/forms/ticket.json/fields/2` is place `/fields/2` of `forms/ticket.json`. */
/**
 * A problem at its place in a file. `names`: ids and properties are told by what people call them, those of what is gone
 * by what the live app calls it; absent: as they are written.
 */
export function designProblem(
  problem: Problem,
  paths: readonly string[],
  locale: Locale,
  names?: { readonly live: AppModel | undefined },
): DesignProblem {
  const at = (path: string) => pointer(...path.split('/'))
  const inFile = paths.filter((path) => problem.path === at(path) || problem.path.startsWith(`${at(path)}/`))
  const file = inFile.sort((a, b) => b.length - a.length)[0]
  return {
    file: file ?? '',
    path: file === undefined ? problem.path : problem.path.slice(at(file).length),
    code: problem.code,
    message: renderProblem(
      names ? namedProblem(problem, { before: names.live, schema: schemaOf(file) }, locale) : problem,
      locale,
    ),
    severity: problem.severity === 'warning' ? 'warning' : 'error',
  }
}

const schemaOf = (file: string | undefined) =>
  Object.values(allKinds).find((kind) => kind.folder === (file?.includes('/') ? file.split('/')[0] : ''))?.schema as
    | SchemaNode
    | undefined

const contentOf = (file: AppFile) => ('text' in file ? file.text : file.base64)

/** Which files a publish adds, changes and removes. */
export function changedFiles(before: readonly AppFile[], after: readonly AppFile[]): WirePlan['changedFiles'] {
  const old = new Map(before.map((file) => [file.path, contentOf(file)]))
  const next = new Map(after.map((file) => [file.path, contentOf(file)]))
  const changes = [...new Set([...old.keys(), ...next.keys()])].sort().flatMap((path) => {
    if (old.get(path) === next.get(path)) return []
    return [
      {
        path,
        change: !old.has(path) ? ('added' as const) : next.has(path) ? ('changed' as const) : ('removed' as const),
      },
    ]
  })
  return changes
}

/** The steps of a plan in words, those that touch data first. */
export function planSteps(
  plan: PublishPlan,
  before: AppModel | undefined,
  app: AppModel,
  values: ReadonlyMap<string, WirePlan['steps'][number]['values']>,
  locale: Locale,
): WirePlan['steps'] {
  const told = (kind: WirePlan['steps'][number]['kind'], steps: readonly PublishStep[]) =>
    steps.map((step) => ({
      key: step.key,
      kind,
      what: stepWords(step, before, app, locale),
      affected: step.affected,
      lost: lostBy(step),
      values: values.get(step.key) ?? [],
    }))
  return [...told('destructive', plan.destructive), ...told('confirm', plan.confirm), ...told('safe', plan.safe)]
}

const lostBy = ({ what, affected, details }: PublishStep): number | null => {
  if (what === 'fieldConverted') return Number(details.failing)
  if (what === 'columnConverted') return Number(details.failing)
  return what === 'columnRemoved' || what === 'fieldRemoved' || what === 'formRemoved' || what === 'optionRemoved'
    ? affected
    : null
}

/** A promise that is broken: which, and the first thing that does not hold any more. */
export function promiseStep(
  { key, scenario, report }: BrokenPromise,
  app: AppModel,
  locale: Locale,
): WirePlan['steps'][number] {
  const label = resolveText(app.scenarios.get(scenario)?.label, locale) || scenario
  const details = { scenario: label, failure: resolveText(report.failures[0]?.message, locale) }
  return {
    key,
    kind: 'confirm',
    what: renderProblem({ code: 'publish.promiseBroken', details }, locale),
    affected: null,
    lost: null,
    values: [],
  }
}

/** What is taken away has its name only in the version before. */
function stepWords(
  { what, form, field, column, details }: PublishStep,
  before: AppModel | undefined,
  app: AppModel,
  locale: Locale,
): string {
  const models = [app.forms.get(form), before?.forms.get(form)]
  const formLabel = resolveText(models.find((model) => model)?.definition.label, locale) || form
  const definition =
    field === undefined ? undefined : models.map((model) => model?.fields.get(field)?.definition).find((one) => one)
  const fieldLabel = definition ? resolveText(definition.label, locale) : (field ?? '')
  const cell = models.map((model) => model?.fields.get(field ?? '')?.rows?.fields.get(column ?? '')).find((one) => one)
  const columnLabel = resolveText(cell?.definition?.label, locale) || (column ?? '')
  const names = { form: formLabel, field: fieldLabel, column: columnLabel }
  return renderProblem({ code: `publish.${what}`, details: { ...details, ...names } }, locale)
}
