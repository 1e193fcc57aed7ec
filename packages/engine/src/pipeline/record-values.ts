import { behaviourOf } from '../fields/field.ts'
import { parseSerialPattern } from '../fields/serial/pattern.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { Instant } from '../kernel/instant.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { resolveText } from '../kernel/text.ts'
import { type FieldValue, isTable, type RecordData } from '../kernel/value-kind.ts'
import type { FieldModel, FormModel } from '../model.ts'
import type { Door } from './evaluate.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { may } from './permission.ts'
import type { RecordRow } from './rows.ts'
import type { Work } from './work.ts'

/** Gives blank serial fields their next number. */
export async function numberSerials(work: Work, form: FormModel, data: RecordData, at: Instant): Promise<RecordData> {
  const numbers: Record<string, string> = {}
  const zone = work.world.app(form.app)?.definition.zone ?? 'Asia/Shanghai'
  for (const field of form.fields.values()) {
    const definition = field.definition
    if (!definition || !('pattern' in definition) || !behaviourOf(definition).traits.numbered || data[field.id] != null)
      continue
    const pattern = parseSerialPattern(definition.pattern ?? '')
    if (!pattern.ok) continue
    const period = pattern.value.period(at, zone)
    const next = await work.world.nextSerial(form.app, form.id, field.id, period)
    numbers[field.id] = pattern.value.render(period, next)
  }
  return { ...data, ...numbers }
}

/** What the record is called, by its form's title formula. */
export async function titleOf(work: Work, form: FormModel, row: RecordRow): Promise<string> {
  const lookup = lookupFrom(work, form.app)
  const formula = compileFormula(form.definition.title.formula, { form, lookup })
  if (!formula.ok) return ''
  const { value } = formula.value.evaluate(await factsOf(work, row))
  return value === null || value === undefined ? '' : String(value)
}

/** Links, people and departments must exist; a person may only link to what she can see. */
export async function referenceProblems(
  work: Work,
  form: FormModel,
  row: RecordRow,
  changed: readonly string[],
  door: Door,
  before: RecordData = {},
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const check = async (field: FieldModel, value: FieldValue | undefined, path: string) => {
    if (field.system || !field.target) return
    for (const id of typeof value === 'string' ? [value] : Array.isArray(value) ? value : [])
      if (typeof id === 'string' && !(await exists(work, field, id, door))) {
        problems.push(problem('reference.notFound', path, { label: labelOf(field) }))
        return
      }
  }
  for (const id of changed) {
    const field = form.fields.get(id)
    if (!field) continue
    await check(field, row.data[id], pointer(id))
    for (const { at, column, cell } of newCells(field, row.data[id], before[id]))
      await check(column, cell, pointer(id, at, column.id))
  }
  return problems
}

/** The cells of a sub-table that are not as they were: what somebody else linked to is not asked of whoever edits beside it. */
function newCells(field: FieldModel, value: FieldValue | undefined, before: FieldValue | undefined) {
  const known = new Map(isTable(before) ? before.map((row) => [row.id, row]) : [])
  return (isTable(value) && field.rows ? value : []).flatMap((row, at) =>
    [...(field.rows?.fields.values() ?? [])].flatMap((column) => {
      const cell = row[column.id]
      return cell === undefined || known.get(row.id)?.[column.id] === cell ? [] : [{ at, column, cell }]
    }),
  )
}

async function exists(work: Work, field: FieldModel, value: string, door: Door): Promise<boolean> {
  const target = field.target
  if (target?.kind === 'user') return work.world.directory.person(value) !== undefined
  if (target?.kind !== 'record') return true
  const row = await work.record({ app: target.app, form: target.form, id: value })
  return row !== undefined && (door === 'system' || door === 'history' || (await may(work, row, 'read')))
}

/** Unique fields: no other record may have the same value. The database holds the same as a constraint. */
export async function uniqueProblems(
  work: Work,
  form: FormModel,
  row: RecordRow,
  changed: readonly string[],
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const id of changed) {
    const field = form.fields.get(id)
    const value = row.data[id]
    if (value === null || value === undefined || !isUnique(field)) continue
    const other = await work.world.findByValue(form.app, form.id, id, value)
    if (other !== undefined && other !== row.id)
      problems.push(problem('field.duplicate', pointer(id), { label: labelOf(field) }))
  }
  return problems
}

const isUnique = (field: FieldModel | undefined): field is FieldModel =>
  field?.definition !== undefined && 'unique' in field.definition && field.definition.unique === true

const labelOf = (field: FieldModel | undefined): string => resolveText(field?.definition?.label, 'zh-CN')
