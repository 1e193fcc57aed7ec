import { useQueries, useQuery } from '@tanstack/react-query'
import type { FormLookup, FormModel } from '@tenon/engine'
import { useMemo } from 'react'
import type { AppView } from '../../contract/index.ts'
import { client } from './client.ts'

const models = new WeakMap<AppView, ReadonlyMap<string, FormModel>>()

/** The app and, by the time it is shown, its forms as models: reading formulas is no part of the first load. */
async function loadApp(app: string): Promise<AppView> {
  const [view, { formModels }] = await Promise.all([client.apps.get(app), import('./models.ts')])
  models.set(view, formModels(view))
  return view
}
// An answer is one object with its models: it must stay that very object.
const appQuery = (app: string) => ({
  queryKey: ['app', app],
  queryFn: () => loadApp(app),
  staleTime: 5 * 60_000,
  structuralSharing: false,
})

/** The published app as I may see it. */
export const useApp = (app: string) => useQuery(appQuery(app))

/** Every app I may use, with its navigation; those still loading are left out. */
export function useApps(): {
  readonly apps: readonly AppView[]
  readonly loading: boolean
  readonly error: unknown
  readonly retry: () => void
} {
  const list = useQuery({ queryKey: ['apps'], queryFn: () => client.apps.list(), staleTime: 5 * 60_000 })
  const views = useQueries({ queries: (list.data?.items ?? []).map(({ id }) => appQuery(id)) })
  const apps = views.flatMap(({ data }) => (data ? [data] : []))
  return {
    apps,
    loading: list.isPending || views.some(({ isPending }) => isPending),
    error: list.error ?? views.find(({ error }) => error)?.error ?? null,
    retry: () => void list.refetch(),
  }
}

/** Forms by the names links use: `customer` in this app, `crm/customer` of another. */
export function useFormLookup(app: string): FormLookup {
  const { apps } = useApps()
  const key = apps.map(({ id, version }) => `${id}@${version}`).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is new at every render, its versions are not
  return useMemo(() => {
    return (name: string) => {
      const [home, form] = name.includes('/') ? (name.split('/', 2) as [string, string]) : [app, name]
      const view = apps.find(({ id }) => id === home)
      return view && models.get(view)?.get(form)
    }
  }, [app, key])
}

export const useFormModel = (app: string, form: string): FormModel | undefined => useFormLookup(app)(form)
