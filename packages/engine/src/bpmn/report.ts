import type { NodeTypeName } from '../definitions/flow.ts'
import { type Problem, warning } from '../kernel/problem.ts'
import { contained, type Element, is, localType, many, one, text } from './element.ts'
import { elementOfNode, flowElements, type Treatment } from './elements.ts'
import { groupsOf } from './groups.ts'
import { flowIdOf } from './model.ts'
import type { Process } from './process.ts'
import { tenonProperties } from './tenon-properties.ts'

/** What became of one element of an imported document. */
export type Reported = {
  /** Its id, or that of the element it belongs to. */
  readonly element: string
  /** BPMN's name of what it is: `userTask`, `laneSet`; for other tools' contents `extensionElements`. */
  readonly type: string
  readonly name?: string
  readonly what: Treatment
  readonly flow?: string
  readonly node?: string
  readonly as?: NodeTypeName
  readonly problems: readonly Problem[]
}

/** Parts that are read together with the flow node they belong to. */
const readWithNode = new Set(['eventDefinitions', 'loopCharacteristics', 'conditionExpression'])
/** Other contents that are read: our own, and where Zeebe names the list of a loop. */
const readElsewhere = /^(tenon:|zeebe:loopCharacteristics$)/
const namedOnly = ['Message', 'Signal', 'Error', 'Escalation']

/** One entry for each element that has a meaning, in document order. Ways from node to node only where there is something to say. */
export function reportOf(
  definitions: Element,
  processes: readonly Process[],
  unread: readonly string[],
): readonly Reported[] {
  const found: Reported[] = unread.map((text) => ({
    element: idOf(definitions),
    type: 'definitions',
    what: 'kept',
    problems: [warning('bpmn.unread', '', { text })],
  }))
  look(definitions, undefined, idOf(definitions), false)
  return found

  function look(outer: Element, process: Process | undefined, owner: string, isInKept: boolean): void {
    for (const { property, child } of contained(outer)) {
      if (property === 'extensionElements') extension(child, owner)
      else if (is(child, 'BaseElement')) lookAt(child, property, process, owner, isInKept)
    }
  }

  function lookAt(
    child: Element,
    property: string,
    process: Process | undefined,
    owner: string,
    isInKept: boolean,
  ): void {
    const own = processes.find(({ element }) => element === child)
    const node = process?.idOf(child)
    const id = text(child, 'id') ?? owner
    if (own) {
      found.push({ ...head(child, id), what: 'run', flow: flowIdOf(child), problems: [] })
      look(child, own, id, false)
      return
    }
    if (node !== undefined && process) {
      found.push(nodeEntry(process, child, node))
      look(child, process, id, false)
      return
    }
    if (process?.edgeIdOf(child) !== undefined) {
      const problems = problemsOf(process, child)
      if (problems.length > 0)
        found.push({ ...head(child, id), what: 'run', flow: flowIdOf(process.element), problems })
      look(child, process, id, false)
      return
    }
    if (process && isGroupRead(child, process)) {
      const name = text(one(child, 'categoryValueRef'), 'value')
      found.push({
        ...head(child, id),
        ...(name ? { name } : {}),
        what: 'run',
        flow: flowIdOf(process.element),
        problems: [],
      })
      return
    }
    if (isLabelOfRead(child)) return
    if (readWithNode.has(property)) {
      for (const inner of contained(child)) if (inner.property === 'extensionElements') extension(inner.child, owner)
      return
    }
    if (namedOnly.some((kind) => is(child, kind))) return
    if (process && isPartOfCompensation(child, process)) return
    // A part without an id is named by what it is part of.
    if (!isInKept || text(child, 'id') !== undefined) {
      const problems = process ? problemsOf(process, child) : []
      found.push({ ...head(child, id), what: 'kept', problems: [warning('bpmn.kept', `/${id}`), ...problems] })
    }
    look(child, undefined, id, true)
  }

  /** Categories whose values are the names of groups that were read. */
  function isLabelOfRead(element: Element): boolean {
    const values = is(element, 'Category') ? many(element, 'categoryValue') : []
    if (values.length === 0) return false
    const shown = processes.flatMap((process) => groupsOf(process).flatMap(([group]) => labelOf(group) ?? []))
    return values.every((value) => shown.includes(value))
  }

  function extension(elements: Element, owner: string): void {
    const foreign = many(elements, 'values').filter(({ $type }) => !readElsewhere.test($type))
    if (foreign.length === 0) return
    const name = [...new Set(foreign.map(({ $type }) => $type))].join(', ')
    found.push({
      element: owner,
      type: 'extensionElements',
      name,
      what: 'kept',
      problems: [warning('bpmn.kept', `/${owner}`)],
    })
  }
}

const labelOf = (group: Element): Element | undefined => one(group, 'categoryValueRef')
const isGroupRead = (element: Element, process: Process): boolean =>
  is(element, 'Group') && groupsOf(process).some(([group]) => group === element)

const idOf = (element: Element): string => text(element, 'id') ?? 'definitions'

function head(element: Element, id: string) {
  const name = text(element, 'name')
  return { element: id, type: localType(element), ...(name === undefined ? {} : { name }) }
}

function nodeEntry(process: Process, element: Element, node: string): Reported {
  const as = process.typeOf(element)
  const entry = flowElements[localType(element)]
  const isAsDrawn = (entry?.what === 'run' && entry.as === as) || isOurs(element, as)
  const id = text(element, 'id') ?? node
  const problems = problemsOf(process, element)
  const adapted = isAsDrawn || as === undefined ? [] : [warning('bpmn.adapted', `/${id}`, { as })]
  return {
    ...head(element, id),
    what: isAsDrawn && problems.length === 0 ? 'run' : 'adapted',
    flow: flowIdOf(process.element),
    node,
    ...(as ? { as } : {}),
    problems: [...adapted, ...problems],
  }
}

/** What a task of ours that is drawn as it is does when it is reached; another tool's task has no such word. */
const worksBy: { readonly [T in NodeTypeName]?: string } = { serviceTask: 'actions', businessRuleTask: 'decision' }

function isOurs(element: Element, as: NodeTypeName | undefined): boolean {
  if (as === undefined) return false
  const word = worksBy[as]
  return word !== undefined && elementOfNode[as] === element.$type && word in tenonProperties(element)
}

const problemsOf = (process: Process, element: Element): readonly Problem[] =>
  process.notes
    .filter(
      (note) => note.element === element || (note.element.$parent === element && is(note.element, 'EventDefinition')),
    )
    .map(({ code, details }) => warning(code, `/${text(element, 'id') ?? ''}`, details))

/** The event and the association that stand for `compensatedBy`. */
function isPartOfCompensation(element: Element, process: Process): boolean {
  const event = is(element, 'Association') ? one(element, 'sourceRef') : element
  const host = one(event, 'attachedToRef')
  return (
    host !== undefined &&
    process.typeOf(host) !== undefined &&
    many(event, 'eventDefinitions').some((definition) => is(definition, 'CompensateEventDefinition'))
  )
}
