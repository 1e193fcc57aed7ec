import { nearestName } from '../kernel/nearest-name.ts'
import { pointer } from '../kernel/pointer.ts'
import { problem } from '../kernel/problem.ts'
import type { Check } from './context.ts'

/** A section stands in a tab that there is: in no other would anybody see it. */
export const formTabs: Check = ({ app }) =>
  [...app.forms.values()].flatMap(({ id, definition }) => {
    const tabs = (definition.tabs ?? []).map((tab) => tab.id)
    return (definition.layout ?? []).flatMap(({ tab }, at) => {
      if (tab === undefined || tabs.includes(tab)) return []
      const suggestion = nearestName(tab, tabs)
      const details = { what: 'tab', id: tab, ...(suggestion ? { suggestion } : {}) }
      return [problem('document.danglingReference', `/forms/${id}.json${pointer('layout', at, 'tab')}`, details)]
    })
  })
