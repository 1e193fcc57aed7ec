import type { Condition } from '../definitions/condition.ts'
import { isObject } from '../kernel/json.ts'
import { readCondition, writeCondition } from './conditions.ts'
import { type Element, is, one, text } from './element.ts'
import type { Properties } from './json.ts'
import type { Names } from './names.ts'
import { create } from './xml.ts'

/** What an import has to say about an element. */
export type NoteCode =
  | 'bpmn.expression'
  | 'bpmn.timer'
  | 'bpmn.loop'
  | 'bpmn.completion'
  | 'bpmn.ignored'
  | 'bpmn.event'
  | 'bpmn.start'
  | 'bpmn.script'

/** Ids of nodes and elements on both sides, and where to tell what could not be kept running. */
export type EventContext = {
  readonly names: Names
  idOf(element: Element | undefined): string | undefined
  elementOf(node: string): Element | undefined
  note(code: NoteCode, element: Element, details?: { readonly text: string }): void
}

const duration = /^P(\d+W|(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)$/
const feel = 'https://www.omg.org/spec/DMN/20191111/FEEL/'

/** What an event definition waits for, as `on`; undefined when flows have no such trigger. */
export function readTrigger(definition: Element, context: EventContext): Properties | undefined {
  const { names } = context
  if (is(definition, 'TimerEventDefinition')) return readTimer(definition, context)
  if (is(definition, 'MessageEventDefinition')) {
    const message = names.of(one(definition, 'messageRef')) ?? nameOf(definition, context)
    return message === undefined ? undefined : { message }
  }
  if (is(definition, 'SignalEventDefinition')) return { signal: names.of(one(definition, 'signalRef')) ?? 'signal' }
  if (is(definition, 'ErrorEventDefinition')) return { error: names.of(one(definition, 'errorRef')) ?? true }
  if (is(definition, 'EscalationEventDefinition'))
    return { escalation: names.of(one(definition, 'escalationRef')) ?? true }
  const condition = is(definition, 'ConditionalEventDefinition') ? one(definition, 'condition') : undefined
  return condition && { condition: understood(condition, definition, context) }
}

/** A message that is not named is named like the event that waits for it. */
const nameOf = (definition: Element, { idOf }: EventContext): string | undefined => idOf(definition.$parent)

export function understood(expression: Element, at: Element, context: Pick<EventContext, 'note'>): Condition {
  const { condition, isUnderstood } = readCondition(expression)
  if (!isUnderstood) context.note('bpmn.expression', at, { text: text(expression, 'body') ?? '' })
  return condition
}

function readTimer(definition: Element, context: EventContext): Properties | undefined {
  const body = ['timeDuration', 'timeCycle', 'timeDate']
    .map((name) => text(one(definition, name), 'body'))
    .find((found) => found !== undefined)
    ?.trim()
    .replace(/^="?(P[^"]*)"$/, '$1')
  if (body === undefined) return undefined
  if (isDuration(body)) return { timer: body }
  const cycle = /^R(\d*)\/(P.+)$/.exec(body)
  if (cycle?.[2] && isDuration(cycle[2])) {
    const times = cycle[1] === '' ? undefined : Number(cycle[1]) - 1
    if (times !== undefined && times < 1) return { timer: cycle[2] }
    return { timer: cycle[2], repeat: { every: cycle[2], ...(times === undefined ? {} : { times }) } }
  }
  const field = /^(?:=\s*|[$#]\{\s*)([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\s*\}?$/.exec(body)?.[1]
  if (field !== undefined) return { timer: { until: field } }
  context.note('bpmn.timer', definition, { text: body })
  return undefined
}

const isDuration = (body: string): boolean => duration.test(body) && body !== 'P' && body.length > 1

/** The event definition for `on`; what it has no word for is left to the extension. */
export function writeTrigger(on: Properties, { names }: EventContext): Element | undefined {
  if ('timer' in on) return writeTimer(on)
  if ('message' in on) return referring('Message', names, on.message)
  if ('signal' in on) return referring('Signal', names, on.signal)
  if ('error' in on) return referring('Error', names, on.error)
  if ('escalation' in on) return referring('Escalation', names, on.escalation)
  if ('condition' in on)
    return create('bpmn:ConditionalEventDefinition', { condition: writeCondition(on.condition as Condition) })
  return undefined
}

function writeTimer({ timer, repeat }: Properties): Element {
  const expression = (body: string, language?: string) =>
    create('bpmn:FormalExpression', { body, ...(language ? { language } : {}) })
  if (isObject(timer))
    return create('bpmn:TimerEventDefinition', { timeDate: expression(`=${String(timer.until)}`, feel) })
  if (isObject(repeat) && repeat.every === timer) {
    const count = typeof repeat.times === 'number' ? repeat.times + 1 : ''
    return create('bpmn:TimerEventDefinition', { timeCycle: expression(`R${count}/${String(timer)}`) })
  }
  return create('bpmn:TimerEventDefinition', { timeDuration: expression(String(timer)) })
}

function referring(kind: 'Message' | 'Signal' | 'Error' | 'Escalation', names: Names, name: unknown): Element {
  const reference = typeof name === 'string' ? { [`${kind.toLowerCase()}Ref`]: names.element(kind, name) } : {}
  return create(`bpmn:${kind}EventDefinition`, reference)
}

/** What an event definition throws; undefined when flows cannot throw it. */
export function readThrown(definition: Element, context: EventContext): Properties | undefined {
  const { names, idOf } = context
  if (is(definition, 'CompensateEventDefinition')) return { compensation: idOf(one(definition, 'activityRef')) ?? true }
  if (is(definition, 'ErrorEventDefinition')) return { error: names.of(one(definition, 'errorRef')) ?? 'error' }
  if (is(definition, 'EscalationEventDefinition'))
    return { escalation: names.of(one(definition, 'escalationRef')) ?? 'escalation' }
  if (is(definition, 'MessageEventDefinition') || is(definition, 'SignalEventDefinition'))
    return readTrigger(definition, context)
  return undefined
}

export function writeThrown(throws: Properties, context: EventContext): Element | undefined {
  if (!('compensation' in throws)) return writeTrigger(throws, context)
  const activity = typeof throws.compensation === 'string' ? context.elementOf(throws.compensation) : undefined
  return create('bpmn:CompensateEventDefinition', activity ? { activityRef: activity } : {})
}
