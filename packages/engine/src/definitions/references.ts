import { metricLeaves } from '../conditions/metric.ts'
import { linkedFormName, refParts, resolvePath } from '../conditions/read-fact.ts'
import { conditionFormulas, conditionReads } from '../conditions/reads.ts'
import type { FormulaNode } from '../formulas/ast.ts'
import { calendarsNamed } from '../formulas/calendars-named.ts'
import { compileFormula, compileUnaryTest, type Formula } from '../formulas/compile.ts'
import { isObject } from '../kernel/json.ts'
import { nearestName } from '../kernel/nearest-name.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { templateReads } from '../messages/template.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import { type ChoiceField, choicesInCondition, choicesInFormula, choicesOf, fieldNamed } from './choices-meant.ts'
import type { FactName } from './condition.ts'
import { type AppDocument, appDocuments } from './documents.ts'
import type { FlowNode } from './flow.ts'
import type { ReferenceKind } from './schema.ts'
import { formAt, formMeant, type Site, sitesOf } from './sites.ts'
import type { Target } from './target.ts'

export type { Target } from './target.ts'

/** One mention of a target. `path` is the place that mentions it: `/forms/ticket.json/views/0/columns/2`. */
export type Reference = { readonly path: string; readonly target: Target }

/** What references are resolved against. */
export type ReferenceContext = {
  readonly app: AppModel
  readonly lookup: FormLookup
  /** Documents beyond the engine's own: metrics, boards. Absent: references to such are not checked. */
  readonly documents?: readonly AppDocument[] | undefined
}

/** What a site means: whom it mentions and, when somebody is not there, the problem. */
export type Resolved = { readonly targets: readonly Target[]; readonly problem?: Problem }
const nothing: Resolved = { targets: [] }

/** Every site of every document of the app. */
const allSites = (context: ReferenceContext): readonly Site[] =>
  [...appDocuments(context.app), ...(context.documents ?? [])].flatMap(sitesOf)

/** Every mention of anything, links on the way included: `customer.level` mentions both fields. */
export const referencesOf = (context: ReferenceContext, sites = allSites(context)): readonly Reference[] =>
  sites.flatMap((site) => resolveSite(site, context).targets.map((target) => ({ path: site.path, target })))

/** Where something is mentioned, in document order. Nothing but text that is computed at run time is missed. */
export const whereUsed = (context: ReferenceContext, target: Target): readonly Reference[] =>
  referencesOf(context).filter((reference) => isSame(reference.target, target))

const isSame = (one: Target, other: Target): boolean =>
  one.kind === other.kind && one.id === other.id && one.in === other.in

export function resolveSite(site: Site, context: ReferenceContext): Resolved {
  const form = formAt(site, context.lookup)
  if (site.type === 'condition') {
    const reads = conditionReads(site.condition, form, context.lookup)
    const formulas = conditionFormulas(site.condition).flatMap((text) => {
      const formula = compileFormula(text, { ...(form ? { form } : {}), lookup: context.lookup })
      return formula.ok ? formula.value.ast : []
    })
    const metrics = metricLeaves(site.condition).map(({ params }): Target => ({ kind: 'metric', id: params.metric }))
    const choices = choicesInCondition(site.condition, { form, lookup: context.lookup })
    const variables = reads.filter(isVariable).map((read) => resolveVariable(read, site.path, context))
    const targets = [
      ...reads.flatMap((read) => readTargets(read, form, context)),
      ...metrics,
      ...choices,
      ...variables.flatMap((variable) => variable.targets),
    ]
    const resolved = withCalendars(targets, formulas, site, context)
    const problem = resolved.problem ?? variables.find((variable) => variable.problem)?.problem
    return problem ? { ...resolved, problem } : resolved
  }
  if (site.type === 'formula') {
    const formula = compileFormula(site.formula, { ...(form ? { form } : {}), lookup: context.lookup })
    return formula.ok ? formulaTargets(formula.value, site, form, context) : nothing
  }
  if (site.type === 'unaryTests') {
    const tests = compileUnaryTest(site.tests, { ...(form ? { form } : {}), lookup: context.lookup })
    return tests.ok ? formulaTargets(tests.value, site, form, context) : nothing
  }
  // Whether it is stored is not for a lint to say: it is no part of the app.
  if (site.type === 'secret') return { targets: [{ kind: 'secret', id: site.name }] }
  if (site.type === 'value') return { targets: valueTargets(site, form, context) }
  if (site.type === 'ref') return resolveFact(refParts(site.ref), site.ref, site.path, form, context)
  if (site.type === 'template') return resolveTemplate(site, form, context)
  return resolveRule(site, form, context)
}

function resolveTemplate(
  site: Extract<Site, { type: 'template' }>,
  form: FormModel | undefined,
  context: ReferenceContext,
): Resolved {
  const reads = templateReads(site.text)
  const variables = reads.filter(isVariable).map((read) => resolveVariable(read, site.path, context))
  const targets = [
    ...reads.flatMap((read) => readTargets(read, form, context)),
    ...variables.flatMap((variable) => variable.targets),
  ]
  const problem = variables.find((variable) => variable.problem)?.problem
  return problem ? { targets, problem } : { targets }
}

const formulaTargets = (
  { reads, ast }: Pick<Formula, 'reads' | 'ast'>,
  site: Site,
  form: FormModel | undefined,
  context: ReferenceContext,
): Resolved =>
  withCalendars(
    [
      ...reads.flatMap((read) => readTargets(read, form, context)),
      ...choicesInFormula(ast, { form, lookup: context.lookup }, testedField(site, form, context)),
    ],
    [ast],
    site,
    context,
  )

/** The field that the cells of a decision table's column test. */
function testedField(site: Site, form: FormModel | undefined, { lookup }: ReferenceContext) {
  const { inputs } = site.document.json
  if (site.type !== 'unaryTests' || !Array.isArray(inputs)) return undefined
  const column = (inputs as readonly { id: string; expression: string }[]).find(({ id }) =>
    site.path.endsWith(`/${id}`),
  )
  return column && fieldNamed(column.expression, { form, lookup })
}

/** The choices that a value given to a field means, written down or as the result of a formula. */
function valueTargets(
  site: Extract<Site, { type: 'value' }>,
  form: FormModel | undefined,
  context: ReferenceContext,
): readonly Target[] {
  const { value } = site
  const fields = fieldsGiven(site, form, context)
  if (!isObject(value)) return fields.flatMap((field) => choicesOf(field, [value].flat()))
  if (typeof value.formula !== 'string') return []
  const scope = { form, lookup: context.lookup }
  const formula = compileFormula(value.formula, { ...(form ? { form } : {}), lookup: context.lookup })
  return formula.ok ? fields.flatMap((field) => choicesInFormula(formula.value.ast, scope, field)) : []
}

/** The fields that get a value: the one it is written for; of an output column all that anybody sets from it. */
function fieldsGiven(
  site: Extract<Site, { type: 'value' }>,
  form: FormModel | undefined,
  context: ReferenceContext,
): readonly ChoiceField[] {
  if (site.rule.kind === 'decisionOutput') return fieldsDecided(context).get(`${site.document.id}/${site.field}`) ?? []
  const owner = ownerOf(site, form, context)
  const field = owner?.fields.get(site.field)
  return owner && field ? [{ field, form: owner }] : []
}

const decided = new WeakMap<ReferenceContext, ReadonlyMap<string, readonly ChoiceField[]>>()

/** By `table/output`: the fields that are set from it, by actions of rules, flows and buttons. */
function fieldsDecided(context: ReferenceContext): ReadonlyMap<string, readonly ChoiceField[]> {
  const known = decided.get(context)
  if (known) return known
  const fields = new Map<string, ChoiceField[]>()
  for (const site of allSites(context)) {
    if (site.type !== 'reference' || site.rule.kind !== 'decisionOutput' || site.rule.of === undefined) continue
    const form = formAt(site, context.lookup)
    const field = form?.fields.get(site.path.split('/').at(-1) ?? '')
    const output = `${site.of}/${site.text}`
    if (form && field) fields.set(output, [...(fields.get(output) ?? []), { field, form }])
  }
  decided.set(context, fields)
  return fields
}

/** Beside what formulas read, the calendars by which they count workdays. */
function withCalendars(
  read: readonly Target[],
  formulas: readonly FormulaNode[],
  site: Site,
  { app }: ReferenceContext,
): Resolved {
  const named = formulas
    .flatMap(calendarsNamed)
    .flatMap((id) => (typeof id === 'string' ? among('calendar', id, app.calendars.keys(), site) : []))
  const targets = [...read, ...named.flatMap((calendar) => calendar.targets)]
  const problem = named.find((calendar) => calendar.problem)?.problem
  return problem ? { targets, problem } : { targets }
}

// ---- by kind

type ReferenceSite = Extract<Site, { type: 'reference' }>
type Resolver = (id: string, site: ReferenceSite, form: FormModel | undefined, context: ReferenceContext) => Resolved

function resolveRule(site: ReferenceSite, form: FormModel | undefined, context: ReferenceContext): Resolved {
  const id = site.rule.sign && site.text.startsWith('-') ? site.text.slice(1) : site.text
  return resolvers[site.rule.kind](id, site, form, context)
}

const resolvers: { readonly [K in ReferenceKind]: Resolver } = {
  app: (id, site, _, context) => known('app', id, site, context),
  board: (id, site, _, context) => known('board', id, site, context),
  metric: (id, site, _, context) => known('metric', id, site, context),
  assignment: (id, site, _, { app }) => among('assignment', id, app.assignments.keys(), site),
  calendar: (id, site, _, { app }) => among('calendar', id, app.calendars.keys(), site),
  decision: (id, site, _, { app }) => among('decision', id, app.decisions.keys(), site),
  decisionInput: (id, site) => ownColumn('decisionInput', id, site.document.json.inputs, site),
  decisionOutput: (id, site, _, { app }) => {
    if (site.rule.of === undefined) return ownColumn('decisionOutput', id, site.document.json.outputs, site)
    const decision = site.of === undefined ? undefined : app.decisions.get(site.of)
    return decision
      ? among(
          'decisionOutput',
          id,
          decision.outputs.map((output) => output.id),
          site,
          decision.id,
        )
      : nothing
  },
  flow: (id, site, _, { app }) => among('flow', id, app.flows.keys(), site),
  message: (id, site, _, { app }) => among('message', id, app.messages.keys(), site),
  role: (id, site, _, { app }) =>
    among(
      'role',
      id,
      app.definition.roles.map((role) => role.id),
      site,
    ),
  form: (id, site, _, context) => {
    const form = context.lookup(id)
    return form ? { targets: [formTarget(form)] } : missing('form', id, context.app.forms.keys(), site.path)
  },
  field: (id, site, form, context) => {
    const owner = ownerOf(site, form, context)
    return owner ? resolveField(site.rule.path ? id.split('.') : [id], id, site.path, owner, context) : nothing
  },
  stage: (id, site, form, context) => {
    const owner = ownerOf(site, form, context)
    if (!owner) return nothing
    const stage = among('stage', id, owner.stages.keys(), site, formName(owner))
    // A stage is kept in the form's field for it.
    return owner.stageField === undefined ? stage : withTarget(stage, fieldTarget(owner, owner.stageField))
  },
  action: (id, site, _, { app }) => anywhere(['action'], id, site, app),
  clock: (id, site, _, { app }) => anywhere(['clock', 'node'], id, site, app),
  view: (id, site, form, context) => {
    const owner = ownerOf(site, form, context)
    return owner
      ? among(
          'view',
          id,
          (owner.definition.views ?? []).map((view) => view.id),
          site,
          formName(owner),
        )
      : nothing
  },
  node: (id, site, _, { app }) =>
    site.rule.anywhere
      ? anywhere(['node'], id, site, app)
      : among(
          'node',
          id,
          nodesOf(site).map((node) => node.id),
          site,
          site.document.id,
        ),
  outcome: (id, site, _, { app }) => {
    if (site.rule.anywhere) return anywhere(['outcome'], id, site, app)
    const node = nodesOf(site).find((one) => one.id === site.of)
    const outcomes = node && 'outcomes' in node ? (node.outcomes ?? []) : []
    return node
      ? among(
          'outcome',
          id,
          outcomes.map((outcome) => outcome.id),
          site,
          `${site.document.id}/${node.id}`,
        )
      : nothing
  },
}

/** What a name without an owner can stand for: everything of these kinds, with whom it belongs to. */
const scattered: { readonly [K in 'action' | 'clock' | 'node' | 'outcome']: (app: AppModel) => readonly Owned[] } = {
  action: ({ forms }) => [...forms.values()].map((form) => [formName(form), form.definition.actions ?? []]),
  clock: ({ policies }) => policies.map(({ id, clocks }) => [id, clocks]),
  node: ({ flows }) => [...flows.values()].map(({ id, nodes }) => [id, nodes]),
  outcome: ({ flows }) =>
    [...flows.values()].flatMap(({ id, nodes }) =>
      nodes.map((node): Owned => [`${id}/${node.id}`, ('outcomes' in node ? node.outcomes : undefined) ?? []]),
    ),
}
type Owned = readonly [owner: string, elements: readonly { readonly id: string }[]]

/** Everything of the app that has this name; of the outcomes, those of the nodes the sibling names. */
function anywhere(
  kinds: readonly (keyof typeof scattered)[],
  id: string,
  site: ReferenceSite,
  app: AppModel,
): Resolved {
  const all = kinds.flatMap((kind) =>
    scattered[kind](app).flatMap(([owner, elements]) => elements.map((one) => ({ kind, id: one.id, in: owner }))),
  )
  const near = site.of === undefined ? all : all.filter((one) => one.in.split('/').at(-1) === site.of)
  const targets = near.filter((one) => one.id === id)
  if (targets.length > 0 || site.document.json.future === true) return { targets }
  const [kind = 'node'] = kinds
  return missing(
    kind,
    id,
    near.map((one) => one.id),
    site.path,
  )
}

/** Columns of a decision table, from its own rows; one that is not there is said by the check of decisions. */
function ownColumn(kind: ReferenceKind, id: string, columns: unknown, site: Site): Resolved {
  const isThere = Array.isArray(columns) && columns.some((column) => isObject(column) && column.id === id)
  return isThere ? { targets: [{ kind, id, in: site.document.id }] } : nothing
}

/** The form a field, view or stage belongs to: that of the place, or the one a sibling names. */
const ownerOf = (
  site: Pick<ReferenceSite, 'rule' | 'of'>,
  form: FormModel | undefined,
  { lookup }: ReferenceContext,
): FormModel | undefined => formMeant(site, form, lookup)

const nodesOf = (site: Site): readonly FlowNode[] => {
  const { nodes } = site.document.json
  return Array.isArray(nodes) ? (nodes as readonly FlowNode[]) : []
}

const formName = (form: FormModel): string => `${form.app}/${form.id}`
const fieldTarget = (form: FormModel, id: string): Target => ({ kind: 'field', id, in: formName(form) })
const withTarget = (resolved: Resolved, target: Target): Resolved => ({
  ...resolved,
  targets: [...resolved.targets, target],
})
const formTarget = (form: FormModel): Target => ({ kind: 'form', id: formName(form) })

function among(kind: ReferenceKind, id: string, ids: Iterable<string>, site: Site, owner?: string): Resolved {
  const all = [...ids]
  return all.includes(id)
    ? { targets: [{ kind, id, ...(owner === undefined ? {} : { in: owner }) }] }
    : missing(kind, id, all, site.path)
}

/** Documents of kinds that only others know, and apps, of which nobody here has a list. */
function known(kind: ReferenceKind, id: string, site: Site, { documents }: ReferenceContext): Resolved {
  if (documents === undefined || kind === 'app') return { targets: [{ kind, id }] }
  return among(
    kind,
    id,
    documents.flatMap((document) => (document.kind === kind ? [document.id] : [])),
    site,
  )
}

function missing(what: Target['kind'], id: string, ids: Iterable<string>, path: string): Resolved {
  const suggestion = nearestName(id, ids)
  return {
    targets: [],
    problem: problem('document.danglingReference', path, { what, id, ...(suggestion ? { suggestion } : {}) }),
  }
}

// ---- paths

/** Each field along a path that follows links; the problem of the first one that is not there. */
function resolveField(
  parts: readonly string[],
  whole: string,
  path: string,
  form: FormModel,
  context: ReferenceContext,
): Resolved {
  const targets: Target[] = []
  let owner: FormModel | undefined = form
  for (const [at, id] of parts.entries()) {
    // Behind a link to an app that is not here, nobody knows; behind anything but a link there is nothing.
    if (!owner) return { targets }
    const field = owner.fields.get(id)
    if (!field) return { ...missing('field', whole, suggestions(parts, at, owner), path), targets }
    targets.push(fieldTarget(owner, id))
    if (field.rows) owner = field.rows
    else if (field.target?.kind === 'record') owner = context.lookup(linkedFormName(form, field.target))
    else if (at < parts.length - 1) return { ...missing('field', whole, [], path), targets }
  }
  return { targets }
}

/** Whole paths with the wrong part replaced, so that the suggestion can be taken as it is. */
const suggestions = (parts: readonly string[], wrong: number, owner: FormModel): readonly string[] =>
  [...owner.fields.keys()].map((id) => parts.with(wrong, id).join('.'))

type Read = { readonly fact: FactName; readonly path: readonly string[] }

const isVariable = (read: Read): boolean => read.fact === 'env'

/** A variable that the app declares; `$.env` alone is none. */
function resolveVariable({ path: [id = ''] }: Read, path: string, { app }: ReferenceContext): Resolved {
  const ids = (app.definition.variables ?? []).map((variable) => variable.id)
  if (ids.includes(id)) return { targets: [{ kind: 'variable', id }] }
  return missing('variable', id, ids, path)
}

const isRecordRead = (read: Read): boolean => read.fact === 'record' || read.fact === 'previous'

/** Fields a condition, formula or template reads; what it reads wrongly is said by its own check. */
const readTargets = (read: Read, form: FormModel | undefined, context: ReferenceContext): readonly Target[] =>
  form && isRecordRead(read) ? resolveField(read.path, '', '', form, context).targets : []

function resolveFact(
  read: Read,
  whole: string,
  path: string,
  form: FormModel | undefined,
  context: ReferenceContext,
): Resolved {
  if (isRecordRead(read)) return form ? resolveField(read.path, read.path.join('.'), path, form, context) : nothing
  if (isVariable(read)) return resolveVariable(read, path, context)
  return resolvePath(read.fact, read.path, form, context.lookup) === undefined
    ? missing('field', whole, [], path)
    : nothing
}
