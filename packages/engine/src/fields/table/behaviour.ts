import { isObject, type JsonObject } from '../../kernel/json.ts'
import { nearestName } from '../../kernel/nearest-name.ts'
import { pointer } from '../../kernel/pointer.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { resolveText } from '../../kernel/text.ts'
import { type CellValue, type FieldValue, isTable, type TableRow, type ValueType } from '../../kernel/value-kind.ts'
import type { FormModel } from '../../model.ts'
import { columnBehaviour } from '../columns.ts'
import { byTable } from '../compare.ts'
import type { FieldBehaviour, FieldProblem, NormaliseContext } from '../contract.ts'
import { refuse } from '../problems.ts'
import { type Column, type FieldOf, fieldSchemas } from '../schemas.ts'
import { isBlankInput } from '../spelling.ts'

const absentRows = 200
/** Ids of rows: whoever adds a row may give it one, as the page does; else it is named after the record's version. */
const rowId = /^[A-Za-z0-9_-]{1,40}$/

/** The columns as the fields of a form, with the currencies they have in their app. */
const rowsForm = (field: FieldOf<'table'>, form: FormModel): FormModel => form.fields.get(field.id)?.rows ?? form

type Reading = {
  readonly field: FieldOf<'table'>
  readonly context: NormaliseContext
  readonly problems: FieldProblem[]
}

const note = (problems: FieldProblem[], path: string, { ok: _, error }: ReturnType<typeof refuse>): void => {
  problems.push({ ...error, path })
}

/** The row with its cells in the order of the columns, blanks left out; what is wrong with it goes to the problems. */
function readRow(raw: unknown, at: number, id: string, reading: Reading): TableRow {
  const { field, context, problems } = reading
  const cells: Record<string, CellValue> = {}
  if (!isObject(raw)) note(problems, pointer(at), refuse('table.notRows'))
  else {
    const columns = field.fields.map((column) => column.id)
    for (const name of Object.keys(raw).filter(
      (key) => raw[key] !== undefined && key !== 'id' && !columns.includes(key),
    )) {
      const suggestion = nearestName(name, columns)
      const details = { column: name.slice(0, 100), ...(suggestion ? { suggestion } : {}) }
      note(problems, pointer(at, name), refuse('table.unknownColumn', details))
    }
    for (const column of field.fields) {
      const cell = readCell(Object.hasOwn(raw, column.id) ? raw[column.id] : null, column, context)
      if (!cell.ok)
        problems.push({
          ...cell.error,
          details: { label: column.label, ...cell.error.details },
          path: pointer(at, column.id),
        })
      else if (cell.value !== null) cells[column.id] = cell.value
    }
  }
  return { id, ...cells }
}

/** Columns are of types whose value is one cell. */
const readCell = (raw: unknown, column: Column, context: NormaliseContext): Result<CellValue, FieldProblem> =>
  columnBehaviour(column).normalise(raw, column, context) as Result<CellValue, FieldProblem>

/** An id for each row: its own, or one that no row of this record ever had. */
function idsOf(rows: readonly unknown[], revision: number, problems: FieldProblem[]): readonly string[] {
  const given = rows.map((row) => (isObject(row) && !isBlankInput(row.id) ? row.id : undefined))
  const taken = new Set(given)
  let counted = 0
  const next = (): string => {
    counted += 1
    const id = `v${revision}_${counted}`
    return taken.has(id) ? next() : id
  }
  return given.map((id, at) => {
    if (id === undefined) return next()
    if (typeof id === 'string' && rowId.test(id) && given.indexOf(id) === at) return id
    note(problems, pointer(at, 'id'), refuse('table.rowId'))
    return next()
  })
}

/** Rows at the end in which nothing was entered are the empty lines of a spreadsheet. */
function withoutEmptyEnd(rows: readonly TableRow[], field: FieldOf<'table'>): readonly TableRow[] {
  const entered = field.fields.filter((column) => columnBehaviour(column).traits.entered)
  const last = rows.findLastIndex((row) => entered.some(({ id }) => row[id] !== undefined))
  return rows.slice(0, last + 1)
}

const cellText = (row: TableRow, column: Column): FieldValue =>
  (Object.hasOwn(row, column.id) ? row[column.id] : null) ?? null

export const table: FieldBehaviour<'table'> = {
  name: 'table',
  title: { 'zh-CN': '明细表', en: 'Table' },
  schema: fieldSchemas.table,
  traits: {
    holdsValue: true,
    entered: true,
    holdsRows: true,
    multiple: false,
    sortable: false,
    aggregatable: false,
    searchable: false,
  },
  valueType: (field, context) => ({
    kind: 'table',
    columns: Object.fromEntries(
      field.fields.flatMap((column): [string, ValueType][] => {
        const type = columnBehaviour(column).valueType(column, context)
        return type ? [[column.id, type]] : []
      }),
    ),
  }),
  valueSchema(field, form): JsonObject {
    const rows = rowsForm(field, form)
    return {
      type: 'array',
      minItems: 1,
      maxItems: field.maxRows ?? absentRows,
      items: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', pattern: rowId.source },
          ...Object.fromEntries(
            field.fields.map((column) => [column.id, columnBehaviour(column).valueSchema(column, rows)]),
          ),
        },
        additionalProperties: false,
      },
    }
  },
  normalise(raw, field, context): Result<FieldValue, FieldProblem> {
    if (isBlankInput(raw)) return ok(null)
    if (!Array.isArray(raw)) return refuse('table.notRows')
    const max = field.maxRows ?? absentRows
    if (raw.length > max) return refuse('table.tooManyRows', { max })
    const problems: FieldProblem[] = []
    const reading = { field, context: { ...context, form: rowsForm(field, context.form) }, problems }
    const ids = idsOf(raw, context.revision ?? 0, problems)
    const rows = raw.map((row, at) => readRow(row, at, ids[at] ?? '', reading))
    const [first, ...further] = problems
    if (first) return fail({ ...first, further })
    const kept = withoutEmptyEnd(rows, field)
    return ok(kept.length === 0 ? null : kept)
  },
  toText(value, field, context) {
    if (!isTable(value)) return ''
    const inside = { ...context, form: rowsForm(field, context.form) }
    const [between, colon] = context.locale === 'zh-CN' ? ['，', '：'] : [', ', ': ']
    const cells = (row: TableRow) =>
      field.fields.flatMap((column) => {
        const text = columnBehaviour(column).toText(cellText(row, column), column, inside)
        return text === '' ? [] : [`${resolveText(column.label, context.locale)}${colon}${text}`]
      })
    return value.map((row) => cells(row).join(between)).join('\n')
  },
  compare: byTable,
  check: (field) =>
    field.fields.flatMap((column, at) => [
      ...(columnBehaviour(column).check?.(column) ?? []).map((problem) => ({
        ...problem,
        path: pointer('fields', at) + problem.path,
      })),
      // `id` is the name of the row itself.
      ...(column.id === 'id' || field.fields.findIndex((other) => other.id === column.id) < at
        ? [{ code: 'document.duplicateId', path: pointer('fields', at, 'id'), details: { id: column.id } }]
        : []),
      ...(isTotalled(column) && !hasSum(column)
        ? [{ code: 'table.total', path: pointer('fields', at, 'total'), details: { label: column.label } }]
        : []),
      ...(field.minRows !== undefined && at === 0 && field.minRows > (field.maxRows ?? absentRows)
        ? [
            {
              code: 'field.bounds',
              path: '/minRows',
              details: { min: field.minRows, max: field.maxRows ?? absentRows },
            },
          ]
        : []),
    ]),
  examples: [
    {
      field: {
        type: 'table',
        id: 'parts',
        label: '配件明细',
        fields: [
          { type: 'text', id: 'part', label: { 'zh-CN': '配件', en: 'Part' }, required: true },
          { type: 'number', id: 'quantity', label: { 'zh-CN': '数量', en: 'Quantity' }, min: 1 },
          { type: 'money', id: 'price', label: { 'zh-CN': '单价', en: 'Price' } },
        ],
      },
      raw: [{ part: ' 滤芯 ', quantity: '２', price: '￥50' }, { id: 'r2', part: '密封圈' }, {}],
      value: [
        { id: 'v0_1', part: '滤芯', quantity: 2, price: '50.00' },
        { id: 'r2', part: '密封圈' },
      ],
      text: 'Part: 滤芯, Quantity: 2, Price: ¥50.00\nPart: 密封圈',
    },
    {
      field: {
        type: 'table',
        id: 'visits',
        label: '上门记录',
        fields: [{ type: 'date', id: 'day', label: { 'zh-CN': '日期', en: 'Day' } }],
      },
      raw: [],
      value: null,
      text: '',
    },
  ],
}

const isTotalled = (column: Column): boolean => 'total' in column && column.total === true
const hasSum = (column: Column): boolean => {
  const kind = columnBehaviour(column).valueType(column, { currency: 'CNY' })?.kind
  return kind === 'integer' || kind === 'decimal' || kind === 'money'
}
