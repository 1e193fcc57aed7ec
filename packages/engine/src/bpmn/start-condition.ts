import { type Element, is, many, one } from './element.ts'

/** The condition by which a process begins, where that is the only way it begins. */
export function startCondition(process: Element): Element | undefined {
  const [start, ...others] = many(process, 'flowElements').filter((element) => is(element, 'StartEvent'))
  const [definition, ...more] = many(start, 'eventDefinitions')
  if (others.length > 0 || more.length > 0 || !is(definition, 'ConditionalEventDefinition')) return undefined
  return one(definition, 'condition')
}
