import type { Condition } from '../definitions/condition.ts'
import { isObject } from '../kernel/json.ts'
import type { Join } from '../nodes/activity-schemas.ts'
import { readFormula, writeCondition } from './conditions.ts'
import { type Element, is, many, one, text } from './element.ts'
import { type EventContext, understood } from './events.ts'
import type { Properties } from './json.ts'
import { slugOf } from './slugs.ts'
import { create } from './xml.ts'

const feel = 'https://www.omg.org/spec/DMN/20191111/FEEL/'
/** Rounds of a loop that names no maximum. */
const mostRounds = 1000

/** `loop` or `multiInstance` of an activity; BPMN 2.0 §10.3.8. */
export function readLoop(activity: Element, context: EventContext): Properties {
  const loop = one(activity, 'loopCharacteristics')
  if (is(loop, 'StandardLoopCharacteristics') && loop) return { loop: readStandardLoop(loop, activity, context) }
  if (!is(loop, 'MultiInstanceLoopCharacteristics') || !loop) return {}
  const several = readSeveral(loop, activity, context)
  if (!several) return {}
  noteUnread(loop, activity, context)
  return { multiInstance: { ...several, ...readCompletion(loop, activity, context) } }
}

/** Results put together again, and events between the instances. */
const unread = [
  'loopDataOutputRef',
  'outputDataItem',
  'complexBehaviorDefinition',
  'oneBehaviorEventRef',
  'noneBehaviorEventRef',
]

function noteUnread(loop: Element, activity: Element, context: EventContext): void {
  const names = unread.filter((name) => one(loop, name) !== undefined || many(loop, name).length > 0)
  const zeebe = zeebeLoop(loop)
  if (typeof zeebe?.outputCollection === 'string') names.push('outputCollection')
  for (const name of names) context.note('bpmn.ignored', activity, { text: name })
}

/** How many are enough, where the condition says a number or a share; what is still going on then is ended. */
function readCompletion(loop: Element, activity: Element, context: EventContext): Properties {
  const body = text(one(loop, 'completionCondition'), 'body')?.trim()
  if (body === undefined || body === '') return {}
  const take = enough(body)
  if (take !== undefined) return { join: { take, rest: 'cancel' } }
  context.note('bpmn.completion', activity, { text: body })
  return {}
}

const done = '(?:nrOf|numberOf)CompletedInstances'
const all = '(?:nrOf|numberOf)Instances'
const inBraces = /^(?:=|[$#]\{)?\s*(.*?)\s*\}?$/s
const byNumber = new RegExp(`^${done}\\s*(>=|>|==?)\\s*([1-9]\\d{0,2}|1000|0)$`)
const byShare = new RegExp(`^\\(?\\s*${done}\\s*/\\s*${all}\\s*\\)?\\s*(>=|>)\\s*(0?\\.\\d+|1(?:\\.0+)?)$`)

/** BPMN 2.0 table 10.31 has the names of the counts; other tools shorten them. */
function enough(body: string): Join['take'] | undefined {
  const expression = inBraces.exec(body)?.[1] ?? body
  const [, comparison, number] = byNumber.exec(expression) ?? []
  if (number !== undefined) {
    const least = Number(number) + (comparison === '>' ? 1 : 0)
    return least === 1 ? 'first' : least >= 1 && least <= 1000 ? least : undefined
  }
  const [, over, share] = byShare.exec(expression) ?? []
  const part = Number(share)
  if (over === '>') return part >= 0.01 && part <= 0.99 ? { moreThan: part } : undefined
  return part >= 0.01 && part <= 1 ? { ratio: part } : undefined
}

function writeCompletion(join: unknown): { readonly completionCondition?: Element } {
  if (!isObject(join) || join.rest !== 'cancel' || join.take === 'all') return {}
  const { take } = join
  const body = isObject(take)
    ? `numberOfCompletedInstances / numberOfInstances ${'moreThan' in take ? `> ${take.moreThan}` : `>= ${take.ratio}`}`
    : `numberOfCompletedInstances >= ${take === 'first' ? 1 : String(take)}`
  return { completionCondition: create('bpmn:FormalExpression', { language: feel, body }) }
}

function readStandardLoop(loop: Element, activity: Element, context: EventContext): Properties {
  const expression = one(loop, 'loopCondition')
  const goesOn: Condition = expression ? understood(expression, activity, context) : { all: [] }
  const max = Number(loop.get('loopMaximum') ?? mostRounds)
  if (max > mostRounds) context.note('bpmn.ignored', activity, { text: `loopMaximum="${max}"` })
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
  const inZeebe = zeebeLoop(loop)
  const own = (holder: { readonly [name: string]: unknown } | undefined, name: string) =>
    typeof holder?.[name] === 'string' ? (holder[name] as string) : undefined
  return {
    list: own(attributes, 'camunda:collection') ?? own(inZeebe, 'inputCollection'),
    item: own(attributes, 'camunda:elementVariable') ?? own(inZeebe, 'inputElement'),
  }
}

const zeebeLoop = (loop: Element): { readonly [name: string]: unknown } | undefined =>
  many(one(loop, 'extensionElements'), 'values').find(({ $type }) => $type === 'zeebe:loopCharacteristics') as
    | { readonly [name: string]: unknown }
    | undefined

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

const several = ({ sequential, cardinality, join }: Properties): Element =>
  create('bpmn:MultiInstanceLoopCharacteristics', {
    isSequential: sequential === true,
    ...(typeof cardinality === 'number'
      ? { loopCardinality: create('bpmn:FormalExpression', { body: String(cardinality) }) }
      : {}),
    ...writeCompletion(join),
  })
