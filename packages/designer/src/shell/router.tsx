import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { Broken, NotVisible, Waiting } from '@tenon/runtime/page'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
type Search = { readonly draft?: string; readonly at?: string; readonly tab?: string }

const root = createRootRoute({ component: Outlet, notFoundComponent: NotVisible })
const apps = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./AppsPage.tsx')),
})
/** `draft`: name of the draft, absent: main; `at`: address of the chosen element inside the definition. */
const app = createRoute({
  getParentRoute: () => root,
  path: '/$app',
  validateSearch: (raw: Record<string, unknown>): Search => {
    const found = { draft: text(raw.draft), at: text(raw.at), tab: text(raw.tab) }
    return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
  },
  component: lazyRouteComponent(() => import('./WorkshopPage.tsx')),
})
const overview = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => import('./OverviewPage.tsx')),
})
const versions = createRoute({
  getParentRoute: () => app,
  path: '/versions',
  component: lazyRouteComponent(() => import('../versions/VersionsPage.tsx')),
})
const recycle = createRoute({
  getParentRoute: () => app,
  path: '/recycle',
  component: lazyRouteComponent(() => import('../history/RecyclePage.tsx')),
})
const running = createRoute({
  getParentRoute: () => app,
  path: '/running',
  component: lazyRouteComponent(() => import('../running/RunningPage.tsx')),
})
const replay = createRoute({
  getParentRoute: () => app,
  path: '/replay',
  component: lazyRouteComponent(() => import('../running/ReplayPage.tsx')),
})
const calls = createRoute({
  getParentRoute: () => app,
  path: '/calls',
  component: lazyRouteComponent(() => import('../running/CallsPage.tsx')),
})
const bench = createRoute({
  getParentRoute: () => app,
  path: '/$kind/$id',
  // Not awaited: the draft comes at the same time.
  loader: ({ params: { kind } }) => {
    void import('../builders/index.tsx').then(({ preloadBench }) => preloadBench(kind))
  },
  component: lazyRouteComponent(() => import('./BenchPage.tsx')),
})

export const router = createRouter({
  routeTree: root.addChildren([apps, app.addChildren([overview, versions, recycle, running, replay, calls, bench])]),
  basepath: '/design',
  defaultPendingComponent: () => <Waiting />,
  defaultErrorComponent: ({ reset }) => <Broken reset={reset} />,
  defaultNotFoundComponent: NotVisible,
  parseSearch: (query) => Object.fromEntries(new URLSearchParams(query)),
  stringifySearch: (search) => {
    const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
    const words = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString()
    return words === '' ? '' : `?${words}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
