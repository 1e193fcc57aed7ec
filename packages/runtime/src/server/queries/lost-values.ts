import {
  type AppModel,
  type Condition,
  type FieldModel,
  type FieldValue,
  type FormModel,
  fieldToText,
  isTable,
  type Locale,
  operators,
  type Principal,
  readScope,
} from '@tenon/engine'
import type { PlanStep, RecordPage } from '@tenon/runtime/contract'
import { convertRows, convertValue } from '../store/publish/convert.ts'
import type { PublishPlan, PublishStep } from '../store/publish/plan.ts'
import { listRecords } from './list-records.ts'
import type { QueryPorts } from './reading.ts'

/** How many values of a step are shown, and how many records are looked at for them. */
const shown = 5
const lookedAt = 200

/**
 * The first values that each step of a plan would not carry over, with the records they are in: read like any list, so
 * that whoever plans sees nothing he could not read anyway. Steps that lose nothing have none.
 */
export async function lostValues(
  principal: Principal,
  ports: QueryPorts,
  app: string,
  next: AppModel,
  plan: PublishPlan,
  locale: Locale,
): Promise<ReadonlyMap<string, PlanStep['values']>> {
  const values = new Map<string, PlanStep['values']>()
  const current = ports.memory.now.apps.app(app)?.model
  for (const step of [...plan.confirm, ...plan.destructive]) {
    const form = current?.forms.get(step.form)
    const loss = form && lossOf(step, form, next)
    if (!form || !loss || !mayLook(principal, form, step.field)) continue
    const page = await listRecords(principal, ports, app, form.id, {
      ...(loss.where && { where: JSON.stringify(loss.where) }),
      ...(step.field !== undefined && { fields: step.field }),
      sort: 'created_at',
      size: loss.isLost ? lookedAt : shown,
      count: false,
    })
    values.set(step.key, linesOf(page, form, step, loss, locale))
  }
  return values
}

/** A field that a person may never read is no field to him; one that shows in some rows is blank in the others. */
const mayLook = (principal: Principal, form: FormModel, field: string | undefined): boolean => {
  const scope = readScope(form, principal)
  return scope.rows !== 'none' && (field === undefined || scope.field(field) !== 'none')
}

type Loss = {
  readonly where?: Condition
  /** Whether a value that is found is one that is lost; absent: every one is. */
  readonly isLost?: (value: FieldValue) => boolean
}

function lossOf(
  { what, field, column, details, unconvertible }: PublishStep,
  form: FormModel,
  next: AppModel,
): Loss | undefined {
  if (what === 'formRemoved') return {}
  const from = field === undefined ? undefined : form.fields.get(field)
  if (!from) return undefined
  if (what === 'fieldRemoved') return { where: leaf(from, 'isNotEmpty') }
  if (what === 'optionRemoved') {
    const gone = new Set(details.options as readonly string[])
    const isLost = (value: FieldValue) => [value].flat().some((one) => gone.has(String(one)))
    return { where: anyOf(from, [...gone]), isLost }
  }
  const cells = lostCells(from, next.forms.get(form.id), what, column, next.definition.zone)
  if (cells) return { where: leaf(from, 'isNotEmpty'), isLost: cells }
  const after = next.forms.get(form.id)
  const to = after?.fields.get(from.id)
  if (what !== 'fieldConverted' || !unconvertible || !after || !to) return undefined
  const conversion = { from, to, before: form, after, zone: next.definition.zone ?? 'Asia/Shanghai' }
  return { where: anyOf(from, unconvertible), isLost: (value) => convertValue(value, conversion) === undefined }
}

/** Whether the rows of a sub-table have cells that a step on one of its columns would lose; undefined: another step. */
function lostCells(
  { rows: before, id }: FieldModel,
  form: FormModel | undefined,
  what: PublishStep['what'],
  column: string | undefined,
  zone = 'Asia/Shanghai',
): ((value: FieldValue) => boolean) | undefined {
  const after = form?.fields.get(id)?.rows
  if (column === undefined || before === undefined) return undefined
  if (what === 'columnRemoved') return (value) => isTable(value) && value.some((row) => row[column] !== undefined)
  if (what !== 'columnConverted' || !after) return undefined
  return (value) => isTable(value) && convertRows(value, { before, after, zone }).lost.has(column)
}

const leaf = (field: FieldModel, operator: 'in' | 'isNotEmpty', value?: readonly FieldValue[]): Condition =>
  ({ fact: 'record', path: `$.${field.id}`, operator, ...(value && { value }) }) as Condition

/** Lists are not compared as wholes: there all that hold something are looked at. */
const anyOf = (field: FieldModel, values: readonly FieldValue[]): Condition =>
  operators.in.kinds.includes(field.value.kind) ? leaf(field, 'in', values) : leaf(field, 'isNotEmpty')

function linesOf(
  { items, refs }: RecordPage,
  form: FormModel,
  { field }: PublishStep,
  { isLost = () => true }: Loss,
  locale: Locale,
): PlanStep['values'] {
  const model = field === undefined ? undefined : form.fields.get(field)
  const nameOf = (_: unknown, id: string) => {
    const ref = refs[id]
    return ref && ('title' in ref ? ref.title : ref.name)
  }
  const lost = items.filter((item) => !model || isLost((item.values[model.id] ?? null) as FieldValue))
  return lost.slice(0, shown).map(({ id, title, values }) => ({
    record: id,
    title,
    value: model
      ? fieldToText((values[model.id] ?? null) as FieldValue, model, { locale, zone: 'Asia/Shanghai', form, nameOf })
      : '',
  }))
}
