/** What of a list is in its address, so that it can be sent to a colleague. */
export type ListSearch = {
  readonly view?: string
  readonly saved?: string
  readonly q?: string
  /** A condition, as JSON text. */
  readonly where?: string
  readonly sort?: string
  readonly columns?: string
  readonly page?: number
  readonly size?: number
  /** View of the form that a view of one's own is drawn as. */
  readonly as?: string
  /** The records of a kanban, calendar … as rows: any text. */
  readonly rows?: string
  /** A day in the stretch of time that is shown, and how long it is. */
  readonly date?: string
  readonly scale?: string
}

const text = (value: unknown, max: number): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= max ? value : undefined
const count = (value: unknown): number | undefined => {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : undefined
}

/** Reads an address somebody typed or sent: what makes no sense is left out. */
export function readListSearch(raw: Record<string, unknown>): ListSearch {
  const where =
    typeof raw.where === 'object' && raw.where !== null ? JSON.stringify(raw.where) : text(raw.where, 20_000)
  const found = {
    view: text(raw.view, 64),
    saved: text(raw.saved, 64),
    q: text(typeof raw.q === 'number' ? String(raw.q) : raw.q, 200),
    where,
    sort: text(raw.sort, 500),
    columns: text(raw.columns, 5000),
    page: count(raw.page),
    size: count(raw.size),
    as: text(raw.as, 64),
    rows: text(String(raw.rows ?? ''), 1),
    date: text(raw.date, 10)?.match(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)?.[0],
    scale: text(raw.scale, 10),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as ListSearch
}
