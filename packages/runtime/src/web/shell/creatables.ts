import type { TextValue } from '@tenon/engine'
import type { AppView } from '../../contract/index.ts'

/** Forms I may fill in anew, in the order the navigation names them. */
export function creatables(
  apps: readonly AppView[],
): readonly { readonly app: string; readonly form: string; readonly label: TextValue }[] {
  return apps.flatMap((app) => {
    const order = app.navigation.flatMap(({ form }) => (form ? [form] : []))
    const rank = (form: string) => (order.includes(form) ? order.indexOf(form) : order.length)
    return app.forms
      .filter(({ rights }) => rights.includes('create'))
      .sort((a, b) => rank(a.id) - rank(b.id))
      .map(({ id, definition }) => ({ app: app.id, form: id, label: definition.label }))
  })
}
