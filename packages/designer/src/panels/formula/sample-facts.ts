import { useQuery } from '@tanstack/react-query'
import {
  type Facts,
  type FormModel,
  type FormulaRead,
  isObject,
  linkedFormName,
  linkPath,
  type RecordFacts,
} from '@tenon/engine'
import type { RecordItem } from '@tenon/runtime/contract'
import { client, useSession } from '@tenon/runtime/page'
import { type Refs, useUi } from '@tenon/runtime/ui'
import type { DraftApp } from '../draft-app.ts'

type Sample = {
  readonly id: string
  readonly refs: Refs
  readonly title: string
  readonly record: RecordFacts
  readonly linked: ReadonlyMap<string, RecordFacts>
}

/** A record as conditions see it: what is answered beside its values belongs to it too. */
const factsOf = (
  item: Pick<RecordItem, 'id' | 'values' | 'title' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>,
) =>
  ({
    created_at: item.created_at,
    created_by: item.created_by,
    updated_at: item.updated_at,
    updated_by: item.updated_by,
    title: item.title,
    ...item.values,
    id: item.id,
  }) as RecordFacts

/** Among so many of the newest records one with a row is looked for. */
const looked = 50

/** The record, or the newest of the form that the person may read, with what its links lead to; null: there is none. */
async function sampleOf(
  form: FormModel,
  links: readonly string[],
  { lookup }: DraftApp,
  { record, rows }: Wanted,
): Promise<Sample | null> {
  const size = rows === undefined ? 1 : looked
  const page =
    record === undefined ? await client.records.list(form.app, form.id, { size, count: false } as never) : undefined
  const item =
    record === undefined
      ? page?.items.find(({ values }) => rows === undefined || firstRow(values[rows]) !== undefined)
      : await client.records.get(form.app, form.id, record)
  if (!item) return null
  const linked = new Map<string, RecordFacts>()
  for (const link of links) {
    const target = form.fields.get(link)?.target
    const id = item.values[link]
    if (target?.kind !== 'record' || typeof id !== 'string' || !lookup(linkedFormName(form, target))) continue
    const found = await client.records.get(target.app, target.form, id).catch(() => undefined)
    if (found) linked.set(`${linkedFormName(form, target)} ${id}`, factsOf(found))
  }
  const refs = ('refs' in item ? item.refs : page?.refs) as Refs | undefined
  return {
    id: item.id,
    refs: refs ?? {},
    title: item.title,
    record: rows === undefined ? factsOf(item) : (firstRow(item.values[rows]) ?? {}),
    linked,
  }
}

const firstRow = (table: unknown): RecordFacts | undefined =>
  Array.isArray(table) && isObject(table[0]) ? (table[0] as RecordFacts) : undefined

type Wanted = {
  /** A record; undefined: the newest. */
  readonly record?: string | undefined
  /** A sub-table: the facts are those of its first row. */
  readonly rows?: string | undefined
}

/** Facts of a record, or of the newest, for results while something is written; undefined: none is known (yet). */
export function useSampleFacts(
  form: FormModel | undefined,
  reads: readonly Pick<FormulaRead, 'path'>[],
  app: DraftApp,
  wanted: Wanted = {},
): (Pick<Sample, 'id' | 'title' | 'refs'> & { readonly facts: Facts }) | undefined {
  const { zone } = useUi()
  const { user } = useSession()
  const paths = reads.map(({ path }) => linkPath(path, form, app.lookup))
  const links = [...new Set(paths.flatMap((path) => (path.length > 1 && path[0] ? [path[0]] : [])))].sort()
  const { data } = useQuery({
    queryKey: ['formula-sample', form?.app, form?.id, links, wanted.record, wanted.rows],
    queryFn: () => (form ? sampleOf(form, links, app, wanted) : null),
    enabled: form !== undefined,
    staleTime: 60_000,
    retry: false,
  })
  if (!data) return undefined
  const person = {
    id: user.id,
    username: user.username,
    name: user.name,
    department: null,
    superior: null,
    departments: [],
    roles: [],
    locale: user.locale ?? 'zh-CN',
    zone,
  }
  return {
    id: data.id,
    refs: data.refs,
    title: data.title,
    facts: {
      now: Date.now(),
      zone,
      record: data.record,
      previous: data.record,
      user: person,
      linked: (name, id) => data.linked.get(`${name} ${id}`),
    },
  }
}
