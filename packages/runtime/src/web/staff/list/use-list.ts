import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { Condition, FormModel, View } from '@tenon/engine'
import { useMemo } from 'react'
import type { ListOptions } from '../../../contract/index.ts'
import { client } from '../../shell/client.ts'
import type { ListSearch } from '../../shell/list-search.ts'
import { faceOfView } from '../views/faces.ts'
import { columnsOf } from './columns.ts'

const route = getRouteApi('/a/$app/f/$form')
export const pageSizes = [20, 50, 100, 200]

/** What the address says about a list, and how to change it. */
export function useList(app: string, form: FormModel) {
  const search = route.useSearch()
  const navigate = useNavigate()
  const views = form.definition.views ?? []
  const view: View | undefined = views.find(({ id }) => id === search.view) ?? (search.saved ? undefined : views[0])
  // A view of one's own keeps the look of the view it began from.
  const drawn = view ?? views.find(({ id }) => id === search.as)
  const face = drawn && search.rows === undefined ? faceOfView(drawn) : null
  const columns = useMemo(() => search.columns?.split(',') ?? columnsOf(view, form), [search.columns, view, form])
  const where = useMemo(() => parsed(search.where), [search.where])
  const page = search.page ?? 1
  const size = search.size ?? 50
  const sort = search.sort ?? view?.sort?.join(',') ?? '-created_at'

  const options: ListOptions = useMemo(
    () => ({
      ...(view ? { view: view.id } : {}),
      ...(where ? { where } : {}),
      ...(search.q ? { q: search.q } : {}),
      sort: sort.split(','),
      fields: form.stageField && !columns.includes(form.stageField) ? [...columns, form.stageField] : columns,
    }),
    [view, where, search.q, sort, form.stageField, columns],
  )
  const answer = useQuery({
    queryKey: ['records', app, form.id, options, page, size],
    queryFn: ({ signal }) => client.records.list(app, form.id, { ...options, page, size }, signal),
    placeholderData: keepPreviousData,
    enabled: face === null,
  })
  /** Changes the address; anything but the page begins at the first page again. */
  const go = (change: { readonly [K in keyof ListSearch]?: ListSearch[K] | undefined }, replace = false) => {
    const next = { ...search, ...('page' in change ? {} : { page: undefined }), ...change }
    const clean = Object.fromEntries(
      Object.entries(next).filter(([, value]) => value !== undefined && value !== ''),
    ) as ListSearch
    void navigate({ to: '/a/$app/f/$form', params: { app, form: form.id }, search: clean, replace })
  }
  return { search, views, view, drawn, face, columns, where, page, size, sort, options, answer, go }
}
export type ListState = ReturnType<typeof useList>

function parsed(text: string | undefined): Condition | undefined {
  try {
    return text ? (JSON.parse(text) as Condition) : undefined
  } catch {
    return undefined
  }
}
