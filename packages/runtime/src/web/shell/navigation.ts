import { type Locale, resolveText, type TextValue } from '@tenon/engine'
import type { AppView, NavigationView } from '../../contract/index.ts'
import { places } from './places.ts'

export type Entry = {
  readonly key: string
  readonly app: string
  readonly item: NavigationView
  readonly label: string
  readonly kind: 'page' | 'form' | 'board'
  readonly to: string
}
export type EntryGroup = { readonly key: string; readonly label: string; readonly entries: readonly Entry[] }

function entryOf(app: AppView, item: NavigationView, locale: Locale): Entry | undefined {
  const base = { key: `${app.id}/${item.id}`, app: app.id, item, label: resolveText(item.label, locale) }
  // The customer page is the customer list until it has a page of its own.
  if (item.page === 'workbench') return { ...base, kind: 'page', to: places.workbench() }
  if (item.page === 'assignmentCheck') return { ...base, kind: 'page', to: places.assignmentCheck(app.id) }
  if (item.form) return { ...base, kind: 'form', to: places.list(app.id, item.form, item.view) }
  if (item.board) return { ...base, kind: 'board', to: places.board(app.id, item.board) }
  return undefined
}

const same = (a: TextValue | undefined, b: TextValue | undefined) => JSON.stringify(a) === JSON.stringify(b)

/** The navigation of all my apps, as their admins arranged it: entries under their group, apps told apart when there are several. */
export function entryGroups(apps: readonly AppView[], locale: Locale): readonly EntryGroup[] {
  const groups: { key: string; label: string; group: TextValue | undefined; app: string; entries: Entry[] }[] = []
  let workbench = false
  for (const app of apps) {
    for (const item of app.navigation) {
      const entry = entryOf(app, item, locale)
      // Every app may name the workbench, but there is one for all of them.
      if (!entry || (item.page === 'workbench' && workbench)) continue
      if (item.page === 'workbench') workbench = true
      const last = groups.at(-1)
      if (last && last.app === app.id && same(last.group, item.group)) last.entries.push(entry)
      else {
        const label =
          item.group === undefined
            ? apps.length > 1 && last?.app !== app.id
              ? resolveText(app.label, locale)
              : ''
            : resolveText(item.group, locale)
        groups.push({ key: `${entry.key}`, label, group: item.group, app: app.id, entries: [entry] })
      }
    }
  }
  return groups
}

/** Whether an entry leads to the page that is open. */
export function isCurrent(
  entry: Entry,
  path: string,
  search: { readonly view?: string | undefined },
  siblings: readonly Entry[],
): boolean {
  const [to = '', query = ''] = entry.to.split('?')
  if (path !== to && !path.startsWith(`${to}/`)) return false
  if (entry.kind !== 'form') return true
  const wanted = new URLSearchParams(query).get('view') ?? undefined
  if (search.view === wanted) return true
  // A view nobody put into the bar belongs to the form's first entry.
  const rivals = siblings.filter((one) => one.kind === 'form' && one.to.split('?')[0] === to)
  const named = rivals.some(
    (one) => (new URLSearchParams(one.to.split('?')[1] ?? '').get('view') ?? undefined) === search.view,
  )
  return !named && rivals[0] === entry
}
