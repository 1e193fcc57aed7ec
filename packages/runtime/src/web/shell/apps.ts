import { useQueries, useQuery } from '@tanstack/react-query'
import type { FormLookup, FormModel } from '@tenon/engine'
import { useMemo } from 'react'
import type { AppView } from '../../contract/index.ts'
import { client } from './client.ts'
import { formModels } from './models.ts'

const appQuery = (app: string) => ({ queryKey: ['app', app], queryFn: () => client.apps.get(app), staleTime: 5 * 60_000 })

/** The published app as I may see it. */
export const useApp = (app: string) => useQuery(appQuery(app))

/** Every app I may use, with its navigation; those still loading are left out. */
export function useApps(): { readonly apps: readonly AppView[]; readonly loading: boolean; readonly error: unknown; readonly retry: () => void } {
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

const modelCache = new WeakMap<AppView, ReadonlyMap<string, FormModel>>()
function modelsOf(view: AppView): ReadonlyMap<string, FormModel> {
  const known = modelCache.get(view)
  if (known) return known
  const made = formModels(view)
  modelCache.set(view, made)
  return made
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
      return view && modelsOf(view).get(form)
    }
  }, [app, key])
}

export const useFormModel = (app: string, form: string): FormModel | undefined => useFormLookup(app)(form)
