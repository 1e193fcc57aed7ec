import type { Condition } from '../definitions/condition.ts'
import { isObject } from '../kernel/json.ts'
import { readFormula, writeCondition } from './conditions.ts'
import { type Element, is, many, one, text } from './element.ts'
import { type EventContext, understood } from './events.ts'
import type { Properties } from './json.ts'
import { slugOf } from './slugs.ts'
import { create } from './xml.ts'

/** Rounds of a loop that names no maximum. */
const mostRounds = 1000

/** `loop` or `multiInstance` of an activity; BPMN 2.0 §10.3.8. */
export function readLoop(activity: Element, context: EventContext): Properties {
  const loop = one(activity, 'loopCharacteristics')
  if (is(loop, 'StandardLoopCharacteristics') && loop) return { loop: readStandardLoop(loop, activity, context) }
  if (!is(loop, 'MultiInstanceLoopCharacteristics') || !loop) return {}
  const several = readSeveral(loop, activity, context)
  return several ? { multiInstance: several } : {}
}

function readStandardLoop(loop: Element, activity: Element, context: EventContext): Properties {
  const expression = one(loop, 'loopCondition')
  const goesOn: Condition = expression ? understood(expression, activity, context) : { all: [] }
  const max = Number(loop.get('loopMaximum') ?? mostRounds)
  const most = Number.isInteger(max) && max >= 1 && max <= mostRounds ? max : mostRounds
  if (loop.get('testBefore') === true) return { while: goesOn, max: most }
  return { until: 'not' in goesOn ? goesOn.not : { not: goesOn }, max: most }
}

function readSeveral(loop: Element, activity: Element, context: EventContext): Properties | undefined {
  const expression = text(one(loop, 'loopCardinality'), 'body')?.trim()
  const vendor = vendorLoop(loop)
  const list = vendor.list ?? text(one(loop, 'loopDataInputRef'), 'name') ?? text(one(loop, 'loopDataInputRef'), 'id')
  const item = slugOf(vendor.item ?? text(one(loop, 'inputDataItem'), 'name') ?? '') || 'item'
  const sequential = loop.get('isSequential') === true ? { sequential: true } : {}
  if (expression !== undefined && /^[1-9]\d{0,2}$|^1000$/.test(expression))
    return { cardinality: Number(expression), item, ...sequential }
  const source = expression ?? list
  const formula = source === undefined ? undefined : readFormula(source)
  if (formula === undefined) {
    if (source === undefined) context.note('bpmn.loop', activity)
    else context.note('bpmn.expression', activity, { text: source })
    return undefined
  }
  const collection = expression === undefined ? formula : `for i in 1..(${formula}) return i`
  return { collection: { formula: collection }, item, ...sequential }
}

/** Where Camunda's and Zeebe's models name the list and its item. */
function vendorLoop(loop: Element): { readonly list?: string | undefined; readonly item?: string | undefined } {
  const attributes = loop.$attrs
  const zeebe = many(one(loop, 'extensionElements'), 'values').find(
    ({ $type }) => $type === 'zeebe:loopCharacteristics',
  )
  const own = (holder: { readonly [name: string]: unknown } | undefined, name: string) =>
    typeof holder?.[name] === 'string' ? (holder[name] as string) : undefined
  const inZeebe = zeebe as { readonly [name: string]: unknown } | undefined
  return {
    list: own(attributes, 'camunda:collection') ?? own(inZeebe, 'inputCollection'),
    item: own(attributes, 'camunda:elementVariable') ?? own(inZeebe, 'inputElement'),
  }
}

export function writeLoop(activity: Element, { loop, multiInstance }: Properties): void {
  const characteristics = isObject(loop)
    ? writeStandardLoop(loop)
    : isObject(multiInstance)
      ? several(multiInstance)
      : undefined
  activity.set('loopCharacteristics', characteristics)
}

function writeStandardLoop(loop: Properties): Element {
  const goesOn = (loop.while ?? { not: loop.until }) as Condition
  return create('bpmn:StandardLoopCharacteristics', {
    testBefore: loop.while !== undefined,
    loopMaximum: loop.max,
    loopCondition: writeCondition(goesOn),
  })
}

const several = ({ sequential, cardinality }: Properties): Element =>
  create('bpmn:MultiInstanceLoopCharacteristics', {
    isSequential: sequential === true,
    ...(typeof cardinality === 'number'
      ? { loopCardinality: create('bpmn:FormalExpression', { body: String(cardinality) }) }
      : {}),
  })
