import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { Layout } from './Layout.tsx'
import { readListSearch } from './list-search.ts'
import { Broken, NotVisible, Waiting } from './states.tsx'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const optional = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

const root = createRootRoute({ component: Layout, notFoundComponent: NotVisible })
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/work' })
  },
})
const work = createRoute({
  getParentRoute: () => root,
  path: '/work',
  validateSearch: (raw: Record<string, unknown>) => optional({ tab: text(raw.tab) }),
  component: lazyRouteComponent(() => import('../staff/workbench/WorkbenchPage.tsx')),
})
const list = createRoute({
  getParentRoute: () => root,
  path: '/a/$app/f/$form',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('../staff/list/ListPage.tsx')),
})
const create = createRoute({
  getParentRoute: () => root,
  path: '/a/$app/f/$form/new',
  validateSearch: (raw: Record<string, unknown>) => optional({ values: text(raw.values) }),
  component: lazyRouteComponent(() => import('../staff/record/CreatePage.tsx')),
})
const importing = createRoute({
  getParentRoute: () => root,
  path: '/a/$app/f/$form/import',
  validateSearch: (raw: Record<string, unknown>) => optional({ job: text(raw.job) }),
  component: lazyRouteComponent(() => import('../staff/import/ImportPage.tsx')),
})
const record = createRoute({
  getParentRoute: () => root,
  path: '/a/$app/f/$form/$id',
  validateSearch: (raw: Record<string, unknown>) => optional({ task: text(raw.task) }),
  component: lazyRouteComponent(() => import('../staff/record/RecordPage.tsx')),
})
const board = createRoute({
  getParentRoute: () => root,
  path: '/a/$app/b/$board',
  validateSearch: (raw: Record<string, unknown>) =>
    optional({
      filters:
        typeof raw.filters === 'object' && raw.filters !== null ? JSON.stringify(raw.filters) : text(raw.filters),
    }),
  component: lazyRouteComponent(() => import('../staff/board/BoardPage.tsx')),
})
const assignmentCheck = createRoute({
  getParentRoute: () => root,
  path: '/a/$app/assignment-check',
  component: lazyRouteComponent(() => import('../staff/assignment/AssignmentCheckPage.tsx')),
})
const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  component: lazyRouteComponent(() => import('../staff/alerts/AlertsPage.tsx')),
})
const alert = createRoute({
  getParentRoute: () => root,
  path: '/alerts/$id',
  component: lazyRouteComponent(() => import('../staff/alerts/AlertPage.tsx')),
})
const messages = createRoute({
  getParentRoute: () => root,
  path: '/messages',
  component: lazyRouteComponent(() => import('../staff/me/MessagesPage.tsx')),
})
const me = createRoute({
  getParentRoute: () => root,
  path: '/me',
  component: lazyRouteComponent(() => import('../staff/me/MePage.tsx')),
})
const admin = createRoute({ getParentRoute: () => root, path: '/admin', component: Outlet })
const adminRoutes = [
  createRoute({
    getParentRoute: () => admin,
    path: '/users',
    component: lazyRouteComponent(() => import('../admin/UsersPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/roles',
    component: lazyRouteComponent(() => import('../admin/RolesPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/departments',
    component: lazyRouteComponent(() => import('../admin/DepartmentsPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/effects',
    component: lazyRouteComponent(() => import('../admin/EffectsPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/rules',
    component: lazyRouteComponent(() => import('../admin/RuleRunsPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/environment',
    component: lazyRouteComponent(() => import('../admin/EnvironmentPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/audit',
    component: lazyRouteComponent(() => import('../admin/AuditPage.tsx')),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/tokens',
    component: lazyRouteComponent(() => import('../admin/TokensPage.tsx')),
  }),
]

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    work,
    list,
    create,
    importing,
    record,
    board,
    assignmentCheck,
    alerts,
    alert,
    messages,
    me,
    admin.addChildren(adminRoutes),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Waiting />,
  defaultErrorComponent: ({ reset }) => <Broken reset={reset} />,
  defaultNotFoundComponent: NotVisible,
  scrollRestoration: true,
  // Readable addresses: plain words instead of quoted JSON.
  parseSearch: (query) => Object.fromEntries(new URLSearchParams(query)),
  stringifySearch: (search) => {
    const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
    const words = new URLSearchParams(
      entries.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
    ).toString()
    return words === '' ? '' : `?${words}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
