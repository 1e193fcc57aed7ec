import {
  type Condition,
  type FieldValue,
  type FormModel,
  fail,
  ok,
  type Problem,
  problem,
  type Result,
} from '@tenon/engine'
import type { Bucket } from '../definitions/query.ts'
import { type BucketKey, bucketFits, isCourse } from './buckets.ts'
import type { ReadEnvironment } from './environment.ts'
import { conditionProblems, type FieldRef, isProblem, requireField, resolveField, scopeProblem } from './resolve.ts'
import { queryTokens } from './search-tokens.ts'

const largestPage = 500
const largestOffset = 1_000_000
const maxSorts = 5
const maxFields = 200

/** A part of the day or week that rows must fall in: what a condition cannot say. Comes with a drill-through. */
export type Mark = { readonly field: string; readonly bucket: Bucket; readonly value: BucketKey }

/** What records are wanted; everything but the form may be left out. */
export type ListRequest = {
  readonly form: string
  readonly where?: Condition | undefined
  /** Field paths, `-` in front for descending; absent: newest first. */
  readonly sort?: readonly string[] | undefined
  /** Field paths to give, through links too; absent: every field of the form that may be seen. */
  readonly fields?: readonly string[] | undefined
  /** Full text. */
  readonly q?: string | undefined
  readonly ids?: readonly string[] | undefined
  readonly marks?: readonly Mark[] | undefined
  /** From 1. */
  readonly page?: number | undefined
  readonly size?: number | undefined
  /** Where the page before ended (`nextCursor`); instead of `page`. */
  readonly cursor?: string | undefined
}

export type PlannedSort = { readonly ref: FieldRef; readonly direction: 'asc' | 'desc' }

/** A list that looks at nothing its reader may not see. Only `planList` makes one. */
export type ListPlan = {
  readonly form: FormModel
  readonly env: ReadEnvironment
  readonly where: Condition
  readonly marks: readonly { readonly ref: FieldRef; readonly bucket: Bucket; readonly value: BucketKey }[]
  readonly tokens: readonly string[] | undefined
  readonly ids: readonly string[] | undefined
  readonly fields: readonly FieldRef[]
  /** Fields that were asked for but are calculated when shown; the caller fills them in. */
  readonly computed: readonly FieldRef[]
  /** Ends with the id, so that no two rows are equal. */
  readonly sort: readonly PlannedSort[]
  readonly size: number
  readonly offset: number
  readonly after: readonly FieldValue[] | undefined
}

/** Plans lists, exports, single records and counts alike. Paths of problems are JSON Pointers into the request. */
export function planList(request: ListRequest, env: ReadEnvironment): Result<ListPlan, readonly Problem[]> {
  const form = env.lookup(request.form)
  if (form === undefined || env.scopes(form).rows === 'none')
    return fail([problem('form.unknown', '/form', { form: request.form })])
  const problems: Problem[] = [...tooLarge(request), ...conditionProblems(request.where, form, env, '/where')]
  const scope = scopeProblem(form, env, '')
  if (scope) problems.push(scope)
  const need = (path: string, at: string): readonly FieldRef[] => {
    const ref = requireField(path, form, env, at)
    if (!isProblem(ref)) return [ref]
    problems.push(ref)
    return []
  }
  const { fields, computed } = planFields(request.fields, form, env, problems)
  const sort = planSort(request.sort ?? ['-created_at'], need)
  const marks = (request.marks ?? []).flatMap(({ field, bucket, value }, index) => {
    const [ref] = need(field, `/marks/${index}/field`)
    if (ref !== undefined && !fitsMark(ref, bucket, value))
      problems.push(problem('query.bucketUnfit', `/marks/${index}`, { field, bucket }))
    return ref === undefined ? [] : [{ ref, bucket, value }]
  })
  const after = request.cursor === undefined ? undefined : readCursor(request.cursor, sort.length)
  if (request.cursor !== undefined && after === undefined) problems.push(problem('query.cursorInvalid', '/cursor'))
  if (problems.length > 0) return fail(problems)
  const size = Math.min(Math.max(request.size ?? 50, 1), largestPage)
  const offset = request.cursor === undefined ? (Math.max(request.page ?? 1, 1) - 1) * size : 0
  if (offset > largestOffset) return fail([problem('query.tooLarge', '/page', { what: 'rows', max: largestOffset })])
  const tokens = request.q === undefined || request.q.trim() === '' ? undefined : queryTokens(request.q)
  return ok({
    form,
    env,
    where: request.where ?? { all: [] },
    marks,
    tokens,
    ids: request.ids,
    fields,
    computed,
    sort,
    size,
    offset,
    after,
  })
}

/** A plan with another page size or position: exports walk through all pages of one. */
export const withPage = (
  plan: ListPlan,
  page: { readonly size: number; readonly cursor: string | undefined },
): ListPlan => ({
  ...plan,
  size: page.size,
  offset: 0,
  after: page.cursor === undefined ? undefined : readCursor(page.cursor, plan.sort.length),
})

const fitsMark = ({ field }: FieldRef, bucket: Bucket, value: BucketKey): boolean =>
  bucketFits(field.value.kind, bucket) && typeof value === (isCourse(bucket) ? 'string' : 'number')

function tooLarge({ sort, fields, ids }: ListRequest): readonly Problem[] {
  const limits = [
    ['sort', sort, maxSorts],
    ['fields', fields, maxFields],
    ['ids', ids, 1000],
  ] as const
  return limits.flatMap(([what, list, max]) =>
    (list?.length ?? 0) > max ? [problem('query.tooLarge', `/${what}`, { what, max })] : [],
  )
}

function planFields(paths: readonly string[] | undefined, form: FormModel, env: ReadEnvironment, problems: Problem[]) {
  const asked = paths ?? [...form.fields.keys()].filter((id) => resolveField([id], form, env) !== undefined)
  const fields: FieldRef[] = []
  const computed: FieldRef[] = []
  for (const [index, path] of asked.entries()) {
    const ref = resolveField(path.split('.'), form, env)
    if (ref !== undefined && !ref.field.stored) {
      computed.push(ref)
      continue
    }
    const checked = requireField(path, form, env, `/fields/${index}`)
    if (isProblem(checked)) problems.push(checked)
    else fields.push(checked)
  }
  return { fields, computed }
}

function planSort(
  sort: readonly string[],
  need: (path: string, at: string) => readonly FieldRef[],
): readonly PlannedSort[] {
  const asked = sort.flatMap((name, index): readonly PlannedSort[] => {
    const direction = name.startsWith('-') ? 'desc' : 'asc'
    return need(direction === 'desc' ? name.slice(1) : name, `/sort/${index}`).map((ref) => ({ ref, direction }))
  })
  if (asked.some(({ ref }) => ref.path.length === 1 && ref.field.id === 'id')) return asked
  return [
    ...asked,
    ...need('id', '/sort').map((ref): PlannedSort => ({ ref, direction: asked.at(-1)?.direction ?? 'asc' })),
  ]
}

/** Position after a row: its sort values and id, as JSON. Only ever compared with what the reader sees anyway. */
export const writeCursor = (values: readonly FieldValue[]): string => JSON.stringify(values)

function readCursor(cursor: string, length: number): readonly FieldValue[] | undefined {
  try {
    const values: unknown = JSON.parse(cursor)
    const isScalar = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value)
    return Array.isArray(values) && values.length === length && values.every(isScalar)
      ? (values as FieldValue[])
      : undefined
  } catch {
    // Not JSON is simply no cursor of ours.
    return undefined
  }
}
