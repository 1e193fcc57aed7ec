import { type AppModel, type FormModel, type Locale, readScope } from '@tenon/engine'
import { Closed, ListParameters, OneOf } from '@tenon/runtime/contract'
import { Type } from 'typebox'
import type { Caller } from '../../../auth/identity.ts'
import type { Doors } from '../../../doors.ts'
import { denied, notFound } from '../../../tenon-error.ts'
import { callerOf } from '../../plugins/identity.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { type Cell, exportCell, exportColumns } from '../../views/export-cells.ts'
import { csvFile, type Table, xlsxFile } from '../../views/export-files.ts'
import { disposition } from '../files/files.ts'
import { FormParams } from '../parameters.ts'

const formats = {
  csv: { write: csvFile, type: 'text/csv; charset=utf-8' },
  xlsx: { write: xlsxFile, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
} as const

/** The list as a file: same filter, same order, same rights; only rows with the right `export`. */
export function exportRoutes(http: Http, doors: Doors): void {
  http.get(
    '/api/apps/:app/forms/:form/export',
    {
      config: { resource: 'record', action: 'export', audience: 'people' },
      schema: {
        params: FormParams,
        querystring: Closed({ ...ListParameters.properties, format: Type.Optional(OneOf(['csv', 'xlsx'] as const)) }),
        response: { 200: Type.Unknown() },
      },
    },
    async (request, reply) => {
      const principal = callerOf(request)
      const { app, form } = request.params
      const { format = 'csv', ...parameters } = request.query
      const model = doors.app(app)?.forms.get(form)
      if (!model || readScope(model, principal).rows === 'none') throw notFound()
      if (readScope(model, principal, 'export').rows === 'none') throw denied()
      const table = tableOf(doors, principal, model, parameters, localeOf(request.headers['accept-language']))
      const { write, type } = formats[format]
      return reply
        .type(type)
        .header('content-disposition', disposition('attachment', `${form}.${format}`))
        .send(write(table))
    },
  )
}

function tableOf(doors: Doors, principal: Caller, form: FormModel, parameters: ListParameters, locale: Locale): Table {
  const formOf = (app: string, id: string) => doors.app(app)?.forms.get(id)
  // What a link leads to goes out of the house too.
  const sees = (at: FormModel, field: string) => readScope(at, principal, 'export').field(field) !== 'none'
  const columns = exportColumns(form, pathsOf(form, parameters), locale, formOf, sees)
  const { fields: _fields, page: _page, size: _size, cursor: _cursor, ...filter } = parameters
  const fields = columns.map((column) => column.path).join(',')
  const rows = async function* (): AsyncGenerator<readonly Cell[]> {
    for await (const { items, refs } of doors.records.pages(principal, form.app, form.id, { ...filter, fields })) {
      for (const item of items)
        yield columns.map((column) => exportCell(item, column, refs, locale, zoneOf(principal, doors.app(form.app))))
    }
  }
  return { headings: columns.map((column) => column.heading), rows: rows() }
}

/** The asked fields; else those of the view; else every field of the form. */
function pathsOf(form: FormModel, { fields, view }: ListParameters): readonly string[] {
  if (fields !== undefined) return fields.split(',').map((path) => path.trim())
  const columns = form.definition.views?.find((one) => one.id === view)?.columns
  return columns ?? [...form.definition.fields.map((field) => field.id), 'created_at', 'created_by', 'updated_at']
}

const zoneOf = (principal: Caller, app: AppModel | undefined) =>
  principal.kind === 'user' ? principal.user.zone : (app?.definition.zone ?? 'Asia/Shanghai')
