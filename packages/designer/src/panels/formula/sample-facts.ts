import { useQuery } from '@tanstack/react-query'
import { type Facts, type FormModel, type FormulaRead, linkedFormName, type RecordFacts } from '@tenon/engine'
import { client, useSession } from '@tenon/runtime/page'
import { useUi } from '@tenon/runtime/ui'
import type { DraftApp } from '../draft-app.ts'

type Sample = {
  readonly title: string
  readonly record: RecordFacts
  readonly linked: ReadonlyMap<string, RecordFacts>
}

const factsOf = (id: string, values: object): RecordFacts => ({ ...values, id }) as RecordFacts

/** The newest record of a form that the person may read, with what its links lead to; null: there is none. */
async function sampleOf(form: FormModel, links: readonly string[], { lookup }: DraftApp): Promise<Sample | null> {
  const page = await client.records.list(form.app, form.id, { size: 1, count: false } as never)
  const [item] = page.items
  if (!item) return null
  const linked = new Map<string, RecordFacts>()
  for (const link of links) {
    const target = form.fields.get(link)?.target
    const id = item.values[link]
    if (target?.kind !== 'record' || typeof id !== 'string' || !lookup(linkedFormName(form, target))) continue
    const found = await client.records.get(target.app, target.form, id).catch(() => undefined)
    if (found) linked.set(`${linkedFormName(form, target)} ${id}`, factsOf(id, found.values))
  }
  return { title: item.title, record: factsOf(item.id, item.values), linked }
}

/** Facts of a sample record for a formula's result while it is written; undefined: none is known (yet). */
export function useSampleFacts(
  form: FormModel | undefined,
  reads: readonly FormulaRead[],
  app: DraftApp,
): { readonly title: string; readonly facts: Facts } | undefined {
  const { zone } = useUi()
  const { user } = useSession()
  const links = [...new Set(reads.flatMap(({ path }) => (path.length > 1 && path[0] ? [path[0]] : [])))].sort()
  const { data } = useQuery({
    queryKey: ['formula-sample', form?.app, form?.id, links],
    queryFn: () => (form ? sampleOf(form, links, app) : null),
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
