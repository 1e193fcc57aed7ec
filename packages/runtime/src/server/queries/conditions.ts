import {
  Closed,
  Condition,
  checkCondition,
  conditionDefs,
  type FormModel,
  type Problem,
  parseDocument,
} from '@tenon/engine'
import { validateFiles } from '@tenon/engine/validate'
import { QueryDefinition } from '@tenon/reports'
import { TenonError } from '../tenon-error.ts'
import type { Reading } from './reading.ts'

const kinds = {
  where: { folder: 'where', schema: Closed({ where: Condition }, { $defs: conditionDefs }) },
  query: { folder: 'query', schema: QueryDefinition },
}
const root: Readonly<Record<keyof typeof kinds, string>> = { where: '/where/it.json', query: '/query/it.json' }

function shapeProblems(kind: keyof typeof kinds, json: unknown): readonly Problem[] {
  return validateFiles([{ path: `${kind}/it.json`, json }], kinds).map((one) => ({
    ...one,
    path: one.path.slice(root[kind].length),
  }))
}

/** A condition somebody asks with, as JSON text; throws with every problem. What it may look at, the plan decides. */
export function readCondition(text: string | undefined): Condition | undefined {
  if (text === undefined || text === '') return undefined
  const parsed = parseDocument(text)
  if (!parsed.ok)
    throw new TenonError(
      'query.invalid',
      undefined,
      parsed.error.map((one) => ({ ...one, path: `/where${one.path}` })),
    )
  return shapedCondition(parsed.value)
}

export function shapedCondition(json: unknown): Condition {
  const problems = shapeProblems('where', { where: json })
  if (problems.length > 0) throw new TenonError('query.invalid', undefined, problems)
  return json as Condition
}

/** A query somebody asks with; throws with every problem of its shape. */
export function shapedQuery(json: unknown): QueryDefinition {
  const problems = shapeProblems('query', json)
  if (problems.length > 0) throw new TenonError('query.invalid', undefined, problems)
  return json as QueryDefinition
}

/** Throws for a comparison that cannot be made. Asked after the plan, so that a hidden field is unknown before it has a kind. */
export function mustCompare(condition: Condition | undefined, form: FormModel, { env }: Reading): void {
  if (condition === undefined) return
  const problems = checkCondition(
    condition,
    { form, lookup: env.lookup, facts: ['record', 'user', 'now'] },
    '/where',
  ).filter((one) => one.severity !== 'warning')
  if (problems.length > 0) throw new TenonError('query.invalid', undefined, problems)
}
