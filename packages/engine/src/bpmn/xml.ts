/// <reference path="./bpmn-moddle.d.ts" />
import { BpmnModdle } from 'bpmn-moddle'
import { type Problem, problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { type Element, many } from './element.ts'

/** The namespace of what BPMN has no word for. */
export const tenonNamespace = 'urn:tenon:bpmn:1'

const tenon = {
  name: 'Tenon',
  prefix: 'tenon',
  uri: tenonNamespace,
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'Properties',
      superClass: ['Element'],
      properties: [{ name: 'body', type: 'String', isBody: true }],
    },
  ],
}

const newModdle = (): BpmnModdle => new BpmnModdle({ tenon })
const moddle = newModdle()

/** A new element, `bpmn:UserTask`. */
export const create = (type: string, properties: { readonly [name: string]: unknown } = {}): Element =>
  moddle.create(type, properties)

/** Longest BPMN document that is read, in characters. */
const maxLength = 2_000_000

export type ReadXml = {
  readonly definitions: Element
  /** What the reader could not make sense of, in its words. */
  readonly unread: readonly string[]
}

/** The document that BPMN 2.0 XML describes. References to what is not in the document are kept as they stand. */
export async function readXml(xml: string): Promise<Result<ReadXml, Problem[]>> {
  if (xml.length > maxLength) return fail([problem('document.tooLarge', '', { max: maxLength })])
  try {
    const { rootElement, references, elementsById, warnings } = await newModdle().fromXML(xml)
    for (const { element, property, id } of references) {
      if (Object.hasOwn(elementsById, id)) continue
      const isMany = element.$descriptor?.properties.find(({ name }) => localName(name) === localName(property))?.isMany
      element.set(property, isMany ? [...many(element, property), dangling(id)] : dangling(id))
    }
    return ok({ definitions: rootElement, unread: warnings.map(({ message }) => message).filter(isLoss) })
  } catch (error) {
    return fail([problem('bpmn.invalid', '', { reason: error instanceof Error ? error.message : String(error) })])
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** References are kept; the text is already decoded, whatever its first line says. */
const isLoss = (warning: string): boolean => !/^unresolved reference|^unsupported document encoding/.test(warning)

/** Stands for an element of another document. */
const dangling = (id: string): Element => create('bpmn:BaseElement', { id })

export async function writeXml(definitions: Element): Promise<string> {
  const { xml } = await moddle.toXML(definitions, { format: true })
  return xml
}
