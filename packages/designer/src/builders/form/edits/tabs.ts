import type { TextValue } from '@tenon/engine'
import { freshId } from '../../../edits/fresh-id.ts'
import type { Form, LayoutSection } from './form-edit.ts'
import { withProperties } from './form-edit.ts'
import { changeSection } from './sections.ts'

type Tab = NonNullable<Form['tabs']>[number]

export const tabsOf = (form: Form): readonly Tab[] => form.tabs ?? []

/** The tab a section stands in; undefined: none, or one that is gone. */
export const tabOf = (form: Form, section: string | undefined): string | undefined => {
  const tab = form.layout?.find((one) => one.section === section)?.tab
  return tabsOf(form).find(({ id }) => id === tab)?.id
}

/** A new tab behind the others, with one section or none in it. */
export function addTab(
  form: Form,
  label: TextValue,
  section: string | undefined,
  isRetired: (id: string) => boolean = () => false,
): { readonly form: Form; readonly id: string } {
  const id = freshId('', 'tab', (taken) => tabsOf(form).some((tab) => tab.id === taken) || isRetired(taken))
  const added = withProperties(form, { tabs: [...tabsOf(form), { id, label }] })
  return { form: section === undefined ? added : changeSection(added, section, { tab: id }), id }
}

export const changeTab = (form: Form, id: string, next: object): Form =>
  withProperties(form, { tabs: tabsOf(form).map((tab) => (tab.id === id ? ({ ...next, id } as Tab) : tab)) })

/** Moves a tab by a number of places, as far as there are any. */
export function moveTab(form: Form, id: string, by: number): Form {
  const tabs = tabsOf(form)
  const at = tabs.findIndex((tab) => tab.id === id)
  const tab = tabs[at]
  const to = Math.max(0, Math.min(tabs.length - 1, at + by))
  return tab && to !== at ? withProperties(form, { tabs: tabs.toSpliced(at, 1).toSpliced(to, 0, tab) }) : form
}

/** Takes a tab away; its sections stay, above the tabs that are left. */
export function removeTab(form: Form, id: string): Form {
  const tabs = tabsOf(form).filter((tab) => tab.id !== id)
  const layout = form.layout?.map((section): LayoutSection => {
    const { tab, ...loose } = section
    return tab === id ? loose : section
  })
  return withProperties(form, { tabs: tabs.length === 0 ? undefined : tabs, layout })
}

/** Puts a section in front of another one (absent: at the end) and into a tab (absent: none). */
export function placeSection(form: Form, id: string, before: string | undefined, tab: string | undefined): Form {
  const moving = form.layout?.find(({ section }) => section === id)
  if (!form.layout || !moving || before === id) return form
  const { tab: _, ...loose } = moving
  const others = form.layout.filter((section) => section !== moving)
  const at = others.findIndex(({ section }) => section === before)
  const placed: LayoutSection = tab === undefined ? loose : { ...loose, tab }
  return withProperties(form, { layout: others.toSpliced(at < 0 ? others.length : at, 0, placed) })
}
