import { compensationOf } from './compensation.ts'
import { type Element, is, many, one, remove } from './element.ts'
import type { Model } from './model.ts'

/** Takes an element out of a document, with what cannot stand without it; gives everything that went. */
export function erase(element: Element, model: Model): readonly Element[] {
  const container = element.$parent
  if (!container) return []
  const undo = compensationOf(element)
  const siblings = [...many(container, 'flowElements'), ...many(container, 'artifacts')]
  const hanging = siblings.filter(
    (other) => other !== element && ['sourceRef', 'targetRef'].some((end) => one(other, end) === element),
  )
  detach(element, container, model)
  const inside = [...many(element, 'flowElements'), ...many(element, 'artifacts')]
  return [element, ...[...hanging, ...inside, ...(undo ? [undo.event] : [])].flatMap((other) => erase(other, model))]
}

function detach(element: Element, container: Element, model: Model): void {
  remove(container, 'flowElements', element)
  remove(container, 'artifacts', element)
  model.diagram.erase(element)
  if (is(element, 'SequenceFlow')) {
    const [source, target] = [one(element, 'sourceRef'), one(element, 'targetRef')]
    if (source) remove(source, 'outgoing', element)
    if (target) remove(target, 'incoming', element)
    if (source && one(source, 'default') === element) source.set('default', undefined)
  }
  for (const lane of lanesOf(container)) remove(lane, 'flowNodeRef', element)
  for (const root of many(model.definitions, 'rootElements'))
    for (const flow of many(root, 'messageFlows'))
      if (one(flow, 'sourceRef') === element || one(flow, 'targetRef') === element) {
        remove(root, 'messageFlows', flow)
        model.diagram.erase(flow)
      }
}

const lanesOf = (container: Element): readonly Element[] => many(container, 'laneSets').flatMap((set) => lanesIn(set))

const lanesIn = (set: Element): readonly Element[] =>
  many(set, 'lanes').flatMap((lane) => {
    const inner = one(lane, 'childLaneSet')
    return [lane, ...(inner ? lanesIn(inner) : [])]
  })
