import { elementsOf } from '../definitions/elements.ts'
import { problem } from '../kernel/problem.ts'
import type { Check } from './context.ts'

/**
 * A deleted id is never given again: rights, data and history of the old element would fall to the new one. The app
 * keeps addresses such as `forms/ticket/fields/cost` (folder, document, then lists and ids) or `forms/ticket`.
 */
export const retiredIds: Check = ({ app, all }) => {
  const retired = new Set(app.definition.retired ?? [])
  return all.flatMap((document) => {
    const own = document.path.slice(1, -'.json'.length)
    const elements = [{ id: document.id, path: '', address: '' }, ...elementsOf(document.json)]
    return elements
      .filter((element) => retired.has(element.address === '' ? own : `${own}/${element.address}`))
      .map((element) => problem('document.retiredId', `${document.path}${element.path}`, { id: element.id }))
  })
}
