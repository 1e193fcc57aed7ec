import { add, type Element, is, many, one, remove } from './element.ts'
import type { EventContext } from './events.ts'
import type { Properties } from './json.ts'
import { create } from './xml.ts'

/**
 * BPMN draws compensation as a boundary event joined by an association to the handler; a flow says `compensatedBy`.
 * These are the events and associations of that pattern: neither is a node or an edge.
 */
export function compensationOf(activity: Element): { readonly event: Element; readonly link?: Element } | undefined {
  const siblings = many(activity.$parent, 'flowElements')
  const event = siblings.find((other) => isCompensation(other) && one(other, 'attachedToRef') === activity)
  if (!event) return undefined
  const link = many(activity.$parent, 'artifacts').find(
    (artifact) => is(artifact, 'Association') && one(artifact, 'sourceRef') === event,
  )
  return link ? { event, link } : { event }
}

export const isCompensation = (element: Element): boolean =>
  is(element, 'BoundaryEvent') &&
  many(element, 'eventDefinitions').some((definition) => is(definition, 'CompensateEventDefinition'))

export function readCompensation(activity: Element, { idOf }: EventContext): Properties {
  const handler = idOf(one(compensationOf(activity)?.link, 'targetRef'))
  return handler === undefined ? {} : { compensatedBy: handler }
}

export function writeCompensation(
  activity: Element,
  { compensatedBy }: Properties,
  context: EventContext & { freeId(wished: string): string; draw(event: Element, on: Element): void },
): void {
  const before = compensationOf(activity)
  const container = activity.$parent
  if (before && container) {
    remove(container, 'flowElements', before.event)
    if (before.link) remove(container, 'artifacts', before.link)
  }
  const handler = typeof compensatedBy === 'string' ? context.elementOf(compensatedBy) : undefined
  if (!handler || !container) return
  handler.set('isForCompensation', true)
  const id = String(activity.get('id'))
  const event = create('bpmn:BoundaryEvent', {
    id: context.freeId(`${id}_undo`),
    attachedToRef: activity,
    eventDefinitions: [create('bpmn:CompensateEventDefinition')],
  })
  const link = create('bpmn:Association', {
    id: context.freeId(`${id}_undo_by`),
    sourceRef: event,
    targetRef: handler,
    associationDirection: 'One',
  })
  add(container, 'flowElements', event)
  add(container, 'artifacts', link)
  context.draw(event, activity)
}
