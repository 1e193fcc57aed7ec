import type { FlowDefinition } from '../definitions/flow.ts'
import type { Who } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { Id } from '../kernel/ids.ts'
import { type Problem, warning } from '../kernel/problem.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import { resolvePeople } from '../pipeline/people.ts'
import type { Organisation } from './context.ts'
import { nodeName } from './flow-walk.ts'

/** A record as its reader sees it, with what it links to. */
export type TriedRecord = { readonly facts: Facts; readonly creator: Id | null }
export type Tried = {
  readonly records: (form: string) => readonly TriedRecord[]
  /** Whether the reader may read a field in every record. */
  readonly mayRead: (form: FormModel, field: string) => boolean
}

/** The forms whose records decide who does a task of some flow. */
export const formsThatDecide = (app: AppModel): ReadonlySet<string> =>
  new Set(
    [...app.flows.values()].flatMap((flow) =>
      tasksOf(flow).some(({ assign }) => assign.every((who) => isDecidedByRecord(app, who))) ? [flow.form] : [],
    ),
  )

/**
 * Tasks whose owner the record decides, tried on records there are: warned of where it is nobody on every one of them.
 * Nothing is said where the flow itself fills in the field, where the reader may not see what decides, and where there
 * is no record to try.
 */
export function ownersOnRecords(
  app: AppModel,
  lookup: FormLookup,
  people: Organisation,
  tried: Tried,
): readonly Problem[] {
  return [...app.flows.values()].flatMap((flow) => {
    const form = app.forms.get(flow.form)
    const records = tried.records(flow.form)
    if (!form || records.length === 0) return []
    const written = fieldsWrittenBy(flow)
    return tasksOf(flow).flatMap(({ node, at, assign, instead }) => {
      const who = [...assign, ...instead]
      if (!who.every((one) => isDecidedByRecord(app, one))) return []
      const paths = who.flatMap((one) => pathsOf(app, one, form, lookup))
      if (paths.length === 0 || paths.some(([field = '']) => written.has(field))) return []
      const isNobody = records.every(
        (record) =>
          paths.every((path) => isSeen(path, record.facts, form, { lookup, ...tried })) &&
          resolvePeople(poolOf(app, who), {
            directory: people.directory,
            app: app.id,
            form,
            lookup,
            facts: record.facts,
            assignee: null,
            creator: record.creator,
          }).length === 0,
      )
      return isNobody
        ? [
            warning('flow.ownerNobodyTried', `/flows/${flow.id}.json/nodes/${at}/assign`, {
              node: nodeName(node),
              count: records.length,
            }),
          ]
        : []
    })
  })
}

/** Tasks that name who does them, with who does them where that is nobody; without those that pass by themselves then. */
function tasksOf(flow: FlowDefinition) {
  return flow.nodes.flatMap((node, at) => {
    if (!('assign' in node) || !node.assign || node.empty === 'autoPass') return []
    return [{ node, at, assign: node.assign, instead: typeof node.empty === 'object' ? node.empty.who : [] }]
  })
}

const poolOf = (app: AppModel, who: readonly Who[]): readonly Who[] =>
  who.flatMap((one) => ('strategy' in one ? (app.assignments.get(one.strategy)?.pool ?? []) : [one]))

/** A field, a formula, or the superior of a field: not of whoever has the task at that time. */
function isDecidedByRecord(app: AppModel, who: Who): boolean {
  const pool = poolOf(app, [who])
  return (
    pool.length > 0 &&
    pool.every(
      (one) =>
        'field' in one ||
        'formula' in one ||
        ('superiorOf' in one && one.superiorOf !== 'assignee' && one.superiorOf !== 'creator'),
    )
  )
}

function pathsOf(app: AppModel, who: Who, form: FormModel, lookup: FormLookup): readonly (readonly string[])[] {
  return poolOf(app, [who]).flatMap((one) => {
    if ('field' in one) return [one.field.split('.')]
    if ('superiorOf' in one) return [one.superiorOf.split('.')]
    const formula = 'formula' in one ? compileFormula(one.formula, { form, lookup }) : undefined
    return formula?.ok ? formula.value.reads.filter(({ fact }) => fact === 'record').map(({ path }) => path) : []
  })
}

/** Whether the reader sees what stands at the end of the path, be it nothing. */
function isSeen(
  path: readonly string[],
  facts: Facts,
  form: FormModel,
  seen: { readonly lookup: FormLookup; readonly mayRead: Tried['mayRead'] },
): boolean {
  const [field = '', ...rest] = path
  const value = (facts.record as { readonly [id: string]: unknown } | undefined)?.[field] ?? null
  if (!seen.mayRead(form, field)) return false
  if (rest.length === 0 || value === null) return true
  const target = form.fields.get(field)?.target
  if (target?.kind !== 'record' || typeof value !== 'string') return false
  const name = target.app === form.app ? target.form : `${target.app}/${target.form}`
  const [next, record] = [seen.lookup(name), facts.linked?.(name, value)]
  return next !== undefined && record !== undefined && isSeen(rest, { ...facts, record }, next, seen)
}

/** Fields that some node of the flow fills in: empty on a record that has not come so far. */
function fieldsWrittenBy({ nodes }: FlowDefinition): ReadonlySet<string> {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'assigneeField' && typeof inner === 'string') found.add(inner)
      if ((name === 'fields' || name === 'values' || name === 'set') && typeof inner === 'object' && inner !== null)
        for (const field of Object.keys(inner)) found.add(field)
      look(inner)
    }
  }
  look(nodes)
  return found
}
