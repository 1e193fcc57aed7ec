import type { SchemaNode } from './definitions/schema-walk.ts'
import { isObject } from './kernel/json.ts'
import type { Locale } from './kernel/locale.ts'
import type { Problem } from './kernel/problem.ts'
import { resolveText, type TextValue } from './kernel/text.ts'
import type { AppModel } from './model.ts'

/** What ids and names of properties in a problem can be called by. */
export type Names = {
  /** The app while what is gone now was there; absent: there was none. */
  readonly before?: AppModel | undefined
  /** Schema of the kind of document the problem is in; absent: it is in none. */
  readonly schema?: SchemaNode | undefined
}

/**
 * The problem with what is gone called by the label it had, and with a property that others of the kind have called as
 * there. Nothing is suggested then: it was no slip of the pen.
 */
export function namedProblem(problem: Problem, names: Names, locale: Locale): Problem {
  const { details } = problem
  if (!details) return problem
  const gone = goneLabel(details, names.before, locale)
  const title =
    typeof details.property === 'string' && names.schema
      ? propertyTitle(names.schema, details.property, locale)
      : undefined
  if (gone === undefined && title === undefined) return problem
  const { suggestion: _slip, ...rest } = details
  const named = { ...rest, ...(title === undefined ? {} : { property: title }), ...gone }
  return { ...problem, details: named }
}

type Details = NonNullable<Problem['details']>

function goneLabel(details: Details, before: AppModel | undefined, locale: Locale): Details | undefined {
  if (!before) return undefined
  const [key, what, id] =
    typeof details.what === 'string' ? ['id', details.what, details.id] : ['field', 'field', details.field]
  const list = Object.hasOwn(labelled, what) ? labelled[what] : undefined
  if (!list || typeof id !== 'string') return undefined
  const labels = new Set(
    list(before).flatMap((one) => (one.id === id && one.label !== undefined ? [resolveText(one.label, locale)] : [])),
  )
  const [label, ...others] = labels
  return label === undefined || label === '' || others.length > 0 ? undefined : { [key as string]: label }
}

type Labelled = { readonly id: string; readonly label?: TextValue | undefined }

/** Where elements of a kind have their labels. */
const labelled: { readonly [what: string]: (app: AppModel) => readonly Labelled[] } = {
  role: ({ definition }) => definition.roles,
  variable: ({ definition }) => definition.variables ?? [],
  form: ({ forms }) => [...forms.values()].map(({ definition }) => definition),
  flow: ({ flows }) => [...flows.values()],
  message: ({ messages }) => [...messages.values()],
  decision: ({ decisions }) => [...decisions.values()],
  calendar: ({ calendars }) => [...calendars.values()],
  assignment: ({ assignments }) => [...assignments.values()],
  field: ({ forms }) => [...forms.values()].flatMap(({ definition }) => definition.fields as readonly Labelled[]),
  stage: ({ forms }) => [...forms.values()].flatMap(({ definition }) => definition.stages ?? []),
  view: ({ forms }) => [...forms.values()].flatMap(({ definition }) => definition.views ?? []),
  action: ({ forms }) => [...forms.values()].flatMap(({ definition }) => definition.actions ?? []),
  node: ({ flows }) => [...flows.values()].flatMap(({ nodes }) => nodes),
  outcome: ({ flows }) =>
    [...flows.values()].flatMap(({ nodes }) =>
      nodes.flatMap((node) => ('outcomes' in node ? (node.outcomes ?? []) : [])),
    ),
  clock: ({ policies }) => policies.flatMap(({ clocks }) => clocks),
}

/** What a property of this name is called anywhere in a kind of document. */
function propertyTitle(schema: SchemaNode, name: string, locale: Locale): string | undefined {
  const seen = new Set<unknown>()
  const waiting: unknown[] = [schema]
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    if (seen.has(node)) continue
    seen.add(node)
    if (Array.isArray(node)) waiting.push(...node)
    if (!isObject(node)) continue
    const own = isObject(node.properties) && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined
    const ui = isObject(own) ? own['x-ui'] : undefined
    const titles = isObject(ui) && isObject(ui.titles) ? ui.titles : {}
    const title = titles[locale]
    if (typeof title === 'string') return title
    waiting.push(...Object.values(node))
  }
  return undefined
}
