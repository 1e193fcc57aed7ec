import { resolveText, type TextValue } from '../kernel/text.ts'
import { usualSize } from '../layout/layout-flow.ts'
import { compensationOf, readCompensation, writeCompensation } from './compensation.ts'
import type { Diagram } from './diagram.ts'
import { type Element, is, many, one, text } from './element.ts'
import { type EventContext, readThrown, readTrigger, writeThrown, writeTrigger } from './events.ts'
import type { Properties } from './json.ts'
import { readLoop, writeLoop } from './loops.ts'
import { slugOf } from './slugs.ts'
import { create } from './xml.ts'
import { xmlText } from './xml-text.ts'

export type FacetContext = EventContext & {
  readonly diagram: Diagram
  freeId(wished: string): string
  draw(event: Element, on: Element): void
  /** The flow made of a process of the same document. */
  flowOf(process: string): string | undefined
  processOf(flow: string): string | undefined
}

/** Some properties of a node and the words BPMN has for them. */
export type Facet = {
  readonly keys: readonly string[]
  readonly read: (element: Element, context: FacetContext) => Properties
  readonly write: (element: Element, properties: Properties, context: FacetContext) => void
}

/** A label as an attribute can hold it. */
export const plainText = (label: unknown): string | undefined =>
  label === undefined ? undefined : xmlText(resolveText(label as TextValue, 'zh-CN')) || undefined

const label: Facet = {
  keys: ['label'],
  read: (element) => defined({ label: text(element, 'name') }),
  write: (element, properties) => element.set('name', plainText(properties.label)),
}

const place: Facet = {
  keys: ['at', 'size'],
  read: (element, { diagram }) => {
    const box = diagram.box(element)
    if (!box) return {}
    const [width, height] = usualSize(drawnAs(element))
    const isUsual = box.width === width && box.height === height
    return {
      at: [box.x, box.y],
      ...(isUsual || box.width <= 0 || box.height <= 0 ? {} : { size: [box.width, box.height] }),
    }
  },
  write: (element, { at, size }, { diagram }) => {
    const [width, height] = (size as readonly [number, number] | undefined) ?? usualSize(drawnAs(element))
    const [x, y] = (at as readonly [number, number] | undefined) ?? [0, 0]
    diagram.setBox(element, { x, y, width, height })
  },
}

const drawnAs = (element: Element): string => ['Event', 'Gateway'].find((family) => is(element, family)) ?? 'Activity'

const attached: Facet = {
  keys: ['attachedTo'],
  read: (element, { idOf }) => defined({ attachedTo: idOf(one(element, 'attachedToRef')) }),
  write: (element, { attachedTo }, { elementOf }) =>
    element.set('attachedToRef', typeof attachedTo === 'string' ? elementOf(attachedTo) : undefined),
}

const interrupting = (name: string): Facet => ({
  keys: ['interrupting'],
  read: (element) => (element.get(name) === false ? { interrupting: false } : {}),
  write: (element, properties) => element.set(name, properties.interrupting === false ? false : undefined),
})

const awaited: Facet = {
  keys: ['on'],
  read: (element, context) => {
    if (is(element, 'ReceiveTask')) {
      const message = context.names.of(one(element, 'messageRef')) ?? context.idOf(element)
      return { on: { message } }
    }
    const [definition, more] = many(element, 'eventDefinitions')
    return more || !definition ? {} : defined({ on: readTrigger(definition, context) })
  },
  write: (element, { on }, context) =>
    setDefinition(element, on === undefined ? undefined : writeTrigger(on as Properties, context)),
}

const thrown: Facet = {
  keys: ['throws', 'terminate'],
  read: (element, context) => {
    if (is(element, 'SendTask')) {
      const message = context.names.of(one(element, 'messageRef')) ?? context.idOf(element)
      return { throws: { message } }
    }
    const [definition, more] = many(element, 'eventDefinitions')
    if (more || !definition) return {}
    if (is(definition, 'TerminateEventDefinition')) return { terminate: true }
    return defined({ throws: readThrown(definition, context) })
  },
  write: (element, { throws, terminate }, context) =>
    setDefinition(
      element,
      throws !== undefined
        ? writeThrown(throws as Properties, context)
        : terminate === true
          ? create('bpmn:TerminateEventDefinition')
          : undefined,
    ),
}

function setDefinition(element: Element, definition: Element | undefined): void {
  if (!is(element, 'Event')) return
  element.set('eventDefinitions', definition ? [definition] : [])
  if (definition) definition.$parent = element
}

const loops: Facet = { keys: ['loop', 'multiInstance'], read: readLoop, write: writeLoop }

const undone: Facet = {
  keys: ['compensatedBy'],
  read: readCompensation,
  write: (element, properties, context) => {
    if (compensationOf(element) || properties.compensatedBy !== undefined)
      writeCompensation(element, properties, context)
  },
}

const eventSubProcess: Facet = {
  keys: ['triggeredByEvent'],
  read: (element) => (element.get('triggeredByEvent') === true ? { triggeredByEvent: true } : {}),
  write: (element, properties) =>
    element.set('triggeredByEvent', properties.triggeredByEvent === true ? true : undefined),
}

const called: Facet = {
  keys: ['flow'],
  read: (element, { flowOf }) => {
    const process = text(element, 'calledElement')
    const flow = process === undefined ? undefined : (flowOf(process) ?? slugOf(process))
    return { flow: flow || slugOf(text(element, 'id') ?? '') || 'flow' }
  },
  write: (element, { flow }, { processOf }) => element.set('calledElement', processOf(String(flow)) ?? String(flow)),
}

const activity = [loops, undone]

/** The facets of each type of node, in the order in which they are written. */
const facetsOfType: { readonly [type: string]: readonly Facet[] } = {
  startEvent: [awaited, interrupting('isInterrupting')],
  endEvent: [thrown],
  intermediateCatchEvent: [awaited],
  intermediateThrowEvent: [thrown],
  boundaryEvent: [attached, awaited, interrupting('cancelActivity')],
  userTask: activity,
  serviceTask: [{ keys: ['actions'], read: () => ({ actions: [] }), write: () => undefined }, ...activity],
  businessRuleTask: activity,
  callActivity: [called, ...activity],
  subProcess: [eventSubProcess, ...activity],
}

export const facetsOf = (type: string): readonly Facet[] => [label, place, ...(facetsOfType[type] ?? [])]

export const defined = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))
