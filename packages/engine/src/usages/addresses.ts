import type { Target } from '../definitions/target.ts'
import { isObject } from '../kernel/json.ts'
import { pointer, pointerParts } from '../kernel/pointer.ts'

type Place = { readonly app: string; readonly id: string; readonly owner: readonly string[] }
type Kind = Target['kind']

const ofForm =
  (list: string) =>
  ({ app, id, owner: [home = '', form = ''] }: Place) =>
    home === app ? `forms/${form}.json/${list}/${id}` : undefined
const file =
  (folder: string) =>
  ({ id }: Place) =>
    `${folder}/${id}.json`
const inFile =
  (folder: string, list: string) =>
  ({ id, owner: [document = ''] }: Place) =>
    `${folder}/${document}.json/${list}/${id}`

/** Where each kind of thing is at home; undefined: not in this app. */
const homes: { readonly [K in Kind]: (place: Place) => string | undefined } = {
  action: ofForm('actions'),
  app: () => undefined,
  assignment: file('assignments'),
  board: file('boards'),
  calendar: file('calendars'),
  clock: inFile('policies', 'clocks'),
  decision: file('decisions'),
  decisionInput: inFile('decisions', 'inputs'),
  decisionOutput: inFile('decisions', 'outputs'),
  // The third name is the sub-table of a column.
  field: ({ app, id, owner: [home = '', form = '', table] }) =>
    home === app ? `forms/${form}.json/fields/${table === undefined ? id : `${table}/fields/${id}`}` : undefined,
  flow: file('flows'),
  form: ({ app, id }) => {
    const [home, form] = id.split('/')
    return home === app ? `forms/${form}.json` : undefined
  },
  message: file('messages'),
  metric: file('metrics'),
  node: inFile('flows', 'nodes'),
  option: ({ app, id, owner: [home = '', form = '', ...fields] }) =>
    home === app ? `forms/${form}.json/fields/${fields.join('/fields/')}/options/${id}` : undefined,
  outcome: ({ id, owner: [flow = '', node = ''] }) => `flows/${flow}.json/nodes/${node}/outcomes/${id}`,
  role: ({ id }) => `app.json/roles/${id}`,
  secret: () => undefined,
  variable: ({ id }) => `app.json/variables/${id}`,
  stage: ofForm('stages'),
  view: ofForm('views'),
}

/** Address of what is referred to, `forms/ticket.json/fields/priority`; undefined where that is in another app. */
export const addressOfTarget = (target: Target, app: string): string | undefined =>
  homes[target.kind]({ app, id: target.id, owner: target.in?.split('/') ?? [] })

/** Whether something stands at an address or below it: a field's options are part of the field. */
export const isWithin = (address: string, container: string): boolean =>
  address === container || address.startsWith(`${container}/`)

/** Address of a path of names. The slash of the file stays, one inside a name does not. */
export const addressOfPath = ([file = '', ...names]: readonly string[]): string =>
  [file, ...names.map((name) => pointer(name).slice(1))].join('/')

/** The path of names at an address, `['forms/ticket.json', 'fields', 'priority']`, as `valueAt` takes it. */
export function pathOfAddress(address: string): readonly string[] {
  const end = address.indexOf('.json/')
  if (end < 0) return [address]
  const file = address.slice(0, end + '.json'.length)
  return [file, ...pointerParts(address.slice(file.length))]
}

/** The name of a list's entry: its id, the section or field it stands for, the text itself; else its place. */
export function entryName(entry: unknown, at: number): string {
  const name = isObject(entry) ? (entry.id ?? entry.section ?? entry.field) : entry
  return typeof name === 'string' ? name : String(at)
}

/** A JSON Pointer's parts inside a document as names: entries of lists by their names. */
export function namesAlong(document: unknown, parts: readonly string[]): readonly string[] {
  let value = document
  return parts.map((part) => {
    const isList = Array.isArray(value)
    const inner: unknown = isList ? (value as unknown[])[Number(part)] : isObject(value) ? value[part] : undefined
    value = inner
    return isList ? entryName(inner, Number(part)) : part
  })
}
