import type { ImportInspection, JobView } from '../jobs.ts'
import type {
  Batch,
  BatchResult,
  CreateComment,
  FormContext,
  ListParameters,
  RecordPage,
  RecordView,
  SavedView,
  SavedViewList,
  SaveView,
  Timeline,
  TimelineEntry,
} from '../records.ts'
import type { WireValue } from '../wire.ts'
import type { Call, Requester } from './request.ts'

export type ListOptions = Omit<ListParameters, 'where' | 'sort' | 'fields'> & {
  readonly where?: object | undefined
  readonly sort?: readonly string[] | undefined
  readonly fields?: readonly string[] | undefined
}
type Values = { readonly [field: string]: WireValue }
type Write = Pick<Call, 'key' | 'signal'>
export type ImportOptions = {
  readonly mapping?: object
  readonly mode?: 'all' | 'partial'
  readonly dryRun?: boolean
  readonly history?: boolean /** Second file with history entries, where the mapping names one. */
  readonly entries?: { readonly file: Blob; readonly name: string }
}

const listQuery = ({
  where,
  sort,
  fields,
  ...rest
}: ListOptions): Record<string, string | number | boolean | undefined> => ({
  ...rest,
  where: where === undefined ? undefined : JSON.stringify(where),
  sort: sort?.join(','),
  fields: fields?.join(','),
})

const upload = (file: Blob, name: string, options: ImportOptions) => {
  const body = new FormData()
  if (options.mapping) body.append('mapping', JSON.stringify(options.mapping))
  if (options.mode) body.append('mode', options.mode)
  if (options.dryRun) body.append('dryRun', 'true')
  if (options.history) body.append('history', 'true')
  // Fields first: the server reads the parts in order and must know the mapping before the file.
  body.append('file', file, name)
  if (options.entries) body.append('entries', options.entries.file, options.entries.name)
  return body
}

/** Everything about the records of a form. */
export function recordCalls({ send, address }: Requester) {
  const root = (app: string, form: string) => `/api/apps/${app}/forms/${form}`
  const at = (app: string, form: string, id: string) => `${root(app, form)}/records/${id}`
  return {
    list: (app: string, form: string, options: ListOptions = {}, signal?: AbortSignal) =>
      send<RecordPage>('GET', `${root(app, form)}/records`, { query: listQuery(options), ...(signal && { signal }) }),
    get: (app: string, form: string, id: string, signal?: AbortSignal) =>
      send<RecordView>('GET', at(app, form, id), signal && { signal }),
    create: (app: string, form: string, values: Values, write: Write = {}) =>
      send<RecordView>('POST', `${root(app, form)}/records`, { body: { values }, ...write }),
    update: (app: string, form: string, id: string, values: Values, version: number, write: Write = {}) =>
      send<RecordView>('PATCH', at(app, form, id), { body: { values, version }, ...write }),
    remove: (app: string, form: string, id: string, version: number, write: Write = {}) =>
      send<void>('DELETE', at(app, form, id), { query: { version }, ...write }),
    timeline: (app: string, form: string, id: string, before?: number) =>
      send<Timeline>('GET', `${at(app, form, id)}/timeline`, { query: { before } }),
    comment: (app: string, form: string, id: string, body: CreateComment, write: Write = {}) =>
      send<TimelineEntry>('POST', `${at(app, form, id)}/comments`, { body, ...write }),
    action: (app: string, form: string, id: string, action: string, version?: number, write: Write = {}) =>
      send<RecordView>('POST', `${at(app, form, id)}/actions/${action}`, {
        body: version === undefined ? {} : { version },
        ...write,
      }),
    batch: (app: string, form: string, body: Batch, write: Write = {}) =>
      send<BatchResult>('POST', `${root(app, form)}/records/batch`, { body, ...write }),
    /** The form to draw for a record, or at one of its tasks. */
    form: (app: string, form: string, id: string, task?: string) =>
      send<FormContext>('GET', `${at(app, form, id)}/form`, { query: { task } }),
    /** The form to draw for a new record. */
    newForm: (app: string, form: string) =>
      send<FormContext>('GET', `${root(app, form)}/form`, { query: { mode: 'create' } }),
    inspectImport: (app: string, form: string, file: Blob, name: string) =>
      send<ImportInspection>('POST', `${root(app, form)}/import/inspect`, { body: upload(file, name, {}) }),
    import: (app: string, form: string, file: Blob, name: string, options: ImportOptions, write: Write = {}) =>
      send<JobView>('POST', `${root(app, form)}/import`, { body: upload(file, name, options), ...write }),
    /** Address of a download; open it as a link. */
    exportAddress: (app: string, form: string, format: 'csv' | 'xlsx', options: ListOptions = {}) =>
      address(`${root(app, form)}/export`, { format, ...listQuery(options) }),
    views: (app: string, form: string) => send<SavedViewList>('GET', `${root(app, form)}/views`),
    saveView: (app: string, form: string, view: SaveView, id?: string) =>
      id === undefined
        ? send<SavedView>('POST', `${root(app, form)}/views`, { body: view })
        : send<SavedView>('PUT', `${root(app, form)}/views/${id}`, { body: view }),
    removeView: (app: string, form: string, id: string) => send<void>('DELETE', `${root(app, form)}/views/${id}`),
  }
}
