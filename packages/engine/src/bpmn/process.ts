import type { NodeTypeName } from '../definitions/flow.ts'
import { layoutFlow, usualSize } from '../layout/layout-flow.ts'
import { nodeSchemas } from '../nodes/schemas.ts'
import { isCompensation } from './compensation.ts'
import { type Element, is, localType, many, one, text } from './element.ts'
import { flowElements } from './elements.ts'
import { type NoteCode, understood } from './events.ts'
import { defined, type FacetContext, facetsOf } from './facets.ts'
import { changed, type Part, same } from './json.ts'
import { flowIdOf, type Model } from './model.ts'
import { Slugs } from './slugs.ts'
import { startCondition } from './start-condition.ts'
import { tenonProperties } from './tenon-properties.ts'

export type Note = { readonly code: NoteCode; readonly element: Element; readonly details?: { readonly text: string } }

/** One process of a document, read as the parts of a flow. */
export class Process implements FacetContext {
  readonly element: Element
  readonly model: Model
  readonly notes: Note[] = []
  readonly #nodes = new Map<Element, string>()
  readonly #edges = new Map<Element, string>()
  readonly #edgeElements = new Map<string, Element>()
  readonly #elements = new Map<string, Element>()
  readonly #types = new Map<Element, NodeTypeName>()

  constructor(model: Model, element: Element) {
    this.model = model
    this.element = element
    this.#nameNodes()
    this.#nameEdges()
  }

  get names() {
    return this.model.names
  }
  get diagram() {
    return this.model.diagram
  }
  freeId(wished: string): string {
    return this.model.freeId(wished)
  }
  readonly idOf = (element: Element | undefined): string | undefined => element && this.#nodes.get(element)
  readonly edgeIdOf = (element: Element): string | undefined => this.#edges.get(element)
  readonly elementOf = (node: string): Element | undefined => this.#elements.get(node)
  readonly flowOf = (process: string): string | undefined => {
    const found = this.model.processes.find((other) => text(other, 'id') === process)
    return found && flowIdOf(found)
  }
  readonly processOf = (flow: string): string | undefined => {
    const found = this.model.processes.find((other) => flowIdOf(other) === flow)
    return text(found, 'id')
  }
  note(code: NoteCode, element: Element, details?: Note['details']): void {
    if (
      !this.notes.some((note) => note.code === code && note.element === element && note.details?.text === details?.text)
    )
      this.notes.push(details ? { code, element, details } : { code, element })
  }
  draw(event: Element, on: Element): void {
    const box = this.diagram.box(on)
    if (box)
      this.diagram.setBox(event, { x: box.x + box.width - 30, y: box.y + box.height - 18, width: 36, height: 36 })
  }

  adopt(element: Element, node: string, type: NodeTypeName): void {
    this.#nodes.set(element, node)
    this.#elements.set(node, element)
    this.#types.set(element, type)
  }
  forget(element: Element): void {
    const id = this.#nodes.get(element)
    if (id !== undefined && this.#elements.get(id) === element) this.#elements.delete(id)
    this.#nodes.delete(element)
    const edge = this.#edges.get(element)
    if (edge !== undefined) this.#edgeElements.delete(edge)
    this.#edges.delete(element)
  }
  edgeElementOf(edge: string): Element | undefined {
    return this.#edgeElements.get(edge)
  }
  typeOf(element: Element): NodeTypeName | undefined {
    return this.#nodes.has(element) ? this.#types.get(element) : undefined
  }
  adoptEdge(element: Element, edge: string): void {
    this.#edges.set(element, edge)
    this.#edgeElements.set(edge, element)
  }

  /** The elements of the nodes, in document order. */
  nodeElements(): readonly Element[] {
    return [...this.#nodes.keys()]
  }

  /** The nodes of the flow with their elements, in document order, those of a sub-process after it. */
  nodes(): readonly (readonly [element: Element, node: Part])[] {
    const found = [...this.#nodes.keys()].map((element): [Element, Part] => {
      return [element, changed(this.plainNode(element), tenonProperties(element))]
    })
    return this.diagram.isEmpty ? this.#laidOut(found) : found
  }

  edges(): readonly (readonly [element: Element | undefined, edge: Part])[] {
    const drawn = [...this.#edges.keys()].map((element): [Element, Part] => [
      element,
      changed(this.plainEdge(element), tenonProperties(element)),
    ])
    return [...drawn, ...this.#linkEdges().map((edge): [undefined, Part] => [undefined, edge])]
  }

  /** A node as BPMN's own words describe it. */
  plainNode(element: Element): Part {
    const type = this.#types.get(element) ?? 'userTask'
    const id = this.#nodes.get(element) ?? ''
    const parent = this.idOf(element.$parent)
    const facets = facetsOf(type).map((facet) => facet.read(element, this))
    return Object.assign({ id, type }, parent === undefined ? {} : { parent }, ...facets) as Part
  }

  plainEdge(element: Element): Part {
    const source = one(element, 'sourceRef')
    const condition = one(element, 'conditionExpression')
    const via = this.diagram.points(element).slice(1, -1)
    return {
      id: this.#edges.get(element) ?? '',
      ...defined({
        from: this.idOf(source),
        to: this.idOf(one(element, 'targetRef')),
        label: text(element, 'name'),
        when: text(condition, 'body')?.trim() && condition ? understood(condition, element, this) : undefined,
        default: source && one(source, 'default') === element ? true : undefined,
        via: via.length > 0 ? via : undefined,
      }),
    }
  }

  #nameNodes(): void {
    const slugs = new Slugs()
    const elements = this.#flowNodesIn(this.element)
    const given = new Map(elements.map((element) => [element, tenonProperties(element).id]))
    for (const id of given.values()) if (typeof id === 'string') slugs.reserve(id)
    for (const element of elements) {
      const id = given.get(element)
      const slug =
        typeof id === 'string' ? id : slugs.take(text(element, 'id'), text(element, 'name'), localType(element))
      this.adopt(element, slug, flowElements[localType(element)]?.as ?? 'userTask')
    }
    // What an event waits for may be named like the event, so ids come first.
    for (const element of elements) {
      const type = this.#typeOf(element)
      if (type) this.#types.set(element, type)
      else this.forget(element)
    }
  }

  #nameEdges(): void {
    const slugs = new Slugs()
    const containers = [this.element, ...this.#nodes.keys()]
    const elements = containers
      .flatMap((container) => many(container, 'flowElements'))
      .filter(
        (element) =>
          is(element, 'SequenceFlow') &&
          this.#nodes.has(one(element, 'sourceRef') as Element) &&
          this.#nodes.has(one(element, 'targetRef') as Element),
      )
    const given = new Map(elements.map((element) => [element, tenonProperties(element).id]))
    for (const id of given.values()) if (typeof id === 'string') slugs.reserve(id)
    for (const element of elements) {
      const id = given.get(element)
      this.adoptEdge(element, typeof id === 'string' ? id : slugs.take(text(element, 'id'), 'edge'))
    }
  }

  /** Flow nodes of a level and of the sub-processes we run, outer ones first. */
  #flowNodesIn(container: Element): readonly Element[] {
    return many(container, 'flowElements')
      .filter((element) => is(element, 'FlowNode') && !isCompensation(element) && this.#isKnown(element))
      .flatMap((element) => [element, ...(is(element, 'SubProcess') ? this.#flowNodesIn(element) : [])])
  }

  #isKnown(element: Element): boolean {
    const as = flowElements[localType(element)]?.as
    return as !== undefined && as in nodeSchemas
  }

  /** What it is as a node; undefined, and noted, when no node means this. */
  #typeOf(element: Element): NodeTypeName | undefined {
    this.#noteIgnored(element)
    const as = flowElements[localType(element)]?.as
    const given = tenonProperties(element).type
    if (typeof given === 'string' && given in nodeSchemas) return given as NodeTypeName
    if (is(element, 'ReceiveTask') && hasMore(element)) return 'userTask'
    if (is(element, 'SendTask') && hasMore(element)) return 'serviceTask'
    if (as === 'intermediateCatchEvent' || as === 'intermediateThrowEvent') return this.#typeOfEvent(element, as)
    if (as === 'boundaryEvent') return this.#typeOfBoundary(element)
    if (as === 'startEvent') this.#noteStart(element)
    if (as === 'endEvent' && many(element, 'eventDefinitions').length > 0 && !this.#throws(element))
      this.note('bpmn.event', element)
    if (is(element, 'ScriptTask')) this.note('bpmn.script', element, { text: text(element, 'script') ?? '' })
    return as
  }

  /** Attributes that would change when or how often something happens. */
  #noteIgnored(element: Element): void {
    for (const [name, usual] of unusual) {
      const value = element.get(name)
      if (value !== undefined && value !== usual) this.note('bpmn.ignored', element, { text: `${name}="${value}"` })
    }
  }

  #noteStart(element: Element): void {
    if (many(element, 'eventDefinitions').length === 0) return
    if (!is(element.$parent, 'Process')) {
      if (!this.#awaits(element)) this.#unknown(element)
    } else if (startCondition(this.element) === undefined) this.note('bpmn.start', element)
  }

  /** Links only carry the token on, and so does a throw event that throws nothing we know. */
  #typeOfEvent(element: Element, as: 'intermediateCatchEvent' | 'intermediateThrowEvent'): NodeTypeName | undefined {
    if (is(element, 'Activity')) return as
    if (linkName(element) !== undefined) return 'serviceTask'
    if (as === 'intermediateCatchEvent') return this.#awaits(element) ? as : this.#unknown(element)
    if (this.#throws(element)) return as
    if (many(element, 'eventDefinitions').length > 0) this.note('bpmn.event', element)
    return 'serviceTask'
  }

  #typeOfBoundary(element: Element): NodeTypeName | undefined {
    const host = one(element, 'attachedToRef')
    const isWatched = host !== undefined && this.#isKnown(host)
    return isWatched && this.#awaits(element) ? 'boundaryEvent' : this.#unknown(element)
  }

  #unknown(element: Element): undefined {
    if (many(element, 'eventDefinitions').every((definition) => !is(definition, 'TimerEventDefinition')))
      this.note('bpmn.event', element)
  }

  #awaits(element: Element): boolean {
    return facetsOf('intermediateCatchEvent').some((facet) => 'on' in facet.read(element, this))
  }

  #throws(element: Element): boolean {
    return facetsOf('endEvent').some((facet) => {
      const { throws, terminate } = facet.read(element, this)
      return throws !== undefined || terminate !== undefined
    })
  }

  /** The unseen way from where a link is thrown to where it is caught. */
  #linkEdges(): readonly Part[] {
    const ends = [...this.#nodes].flatMap(([element, id]) => {
      const name = linkName(element)
      return name === undefined ? [] : [{ element, id, name, isThrow: is(element, 'ThrowEvent') }]
    })
    return ends
      .filter(({ isThrow }) => isThrow)
      .flatMap((from) => {
        const to = ends.find(
          (end) => !end.isThrow && end.name === from.name && end.element.$parent === from.element.$parent,
        )
        return to ? [{ id: `link_${from.id}`.slice(0, 40), from: from.id, to: to.id }] : []
      })
  }

  #laidOut(nodes: readonly (readonly [Element, Part])[]): readonly (readonly [Element, Part])[] {
    const places = layoutFlow({
      nodes: nodes.map(([, node]) => node as Part & { type: NodeTypeName }),
      edges: this.edges().map(([, edge]) => edge as Part & { from: string; to: string }),
    })
    return nodes.map(([element, node]) => {
      const place = places.get(node.id)
      const isLarge = node.size === undefined && !same(place?.size, usualSize(String(node.type)))
      return [element, place ? { ...node, at: place.at, ...(isLarge ? { size: place.size } : {}) } : node]
    })
  }
}

/** What these say where nothing is said. */
const unusual: readonly (readonly [name: string, usual: unknown])[] = [
  ['startQuantity', 1],
  ['completionQuantity', 1],
  ['instantiate', false],
  ['eventGatewayType', 'Exclusive'],
]

function linkName(element: Element): string | undefined {
  const [definition] = many(element, 'eventDefinitions')
  return definition && is(definition, 'LinkEventDefinition') ? (text(definition, 'name') ?? '') : undefined
}

/** Watched or repeated: more than a message event can be. */
const hasMore = (element: Element): boolean =>
  one(element, 'loopCharacteristics') !== undefined ||
  many(element.$parent, 'flowElements').some((other) => one(other, 'attachedToRef') === element)
