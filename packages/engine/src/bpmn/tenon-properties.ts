import { isObject } from '../kernel/json.ts'
import { add, type Element, many, one, text } from './element.ts'
import type { Properties } from './json.ts'
import { create } from './xml.ts'
import { jsonForXml } from './xml-text.ts'

const type = 'tenon:Properties'

/** What BPMN has no word for, as it stands in the element's extension: `<tenon:properties>{"assign": …}</…>`. */
export function tenonProperties(element: Element): Properties {
  const body = text(many(one(element, 'extensionElements'), 'values').find(isOurs), 'body')
  if (body === undefined) return {}
  try {
    const given: unknown = JSON.parse(body)
    return isObject(given) ? given : {}
  } catch {
    return {}
  }
}

export function setTenonProperties(element: Element, properties: Properties | undefined): void {
  const before = one(element, 'extensionElements')
  const others = many(before, 'values').filter((value) => !isOurs(value))
  if (!properties) {
    if (before && others.length < many(before, 'values').length)
      if (others.length > 0) before.set('values', others)
      else element.set('extensionElements', undefined)
    return
  }
  const extension = before ?? create('bpmn:ExtensionElements')
  if (!before) {
    element.set('extensionElements', extension)
    extension.$parent = element
  }
  extension.set('values', others)
  add(extension, 'values', create(type, { body: jsonForXml(inOrder(properties)) }))
}

/** Equal properties give equal text. */
const inOrder = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).sort(([one], [other]) => (one < other ? -1 : 1)))

const isOurs = (value: Element): boolean => value.$type === type
