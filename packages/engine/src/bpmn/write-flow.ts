import type { Condition } from '../definitions/condition.ts'
import type { FlowDefinition, NodeTypeName } from '../definitions/flow.ts'
import { layoutFlow, usualSize } from '../layout/layout-flow.ts'
import { writeCondition } from './conditions.ts'
import { type Box, dock, middleOf, type Point } from './diagram.ts'
import { add, type Element, is, one, remove } from './element.ts'
import { elementOfNode } from './elements.ts'
import { erase } from './erase.ts'
import { facetsOf, plainText } from './facets.ts'
import { flowOf, partsOf, plainFlow } from './flow-of.ts'
import { groupsOf, type ReadGroup, writeGroups } from './groups.ts'
import { difference, type Part, pick, same } from './json.ts'
import { Process } from './process.ts'
import { setTenonProperties, tenonProperties } from './tenon-properties.ts'
import { create } from './xml.ts'

/**
 * Makes a process say what a flow says. What is said already is not touched, so everything a document holds besides
 * stays as it came; what BPMN has no word for goes into the element's extension.
 */
export class FlowWriter {
  readonly #process: Process
  readonly #nodes: readonly Part[]
  readonly #edges: readonly Part[]
  readonly #flow: FlowDefinition
  readonly #before: FlowDefinition
  readonly #wasDrawn: boolean
  readonly #groupsBefore: readonly ReadGroup[]
  #links: ReadonlySet<string> = new Set()
  readonly #moved = new Set<string>()
  #places: ReturnType<typeof layoutFlow> | undefined

  constructor(process: Process, flow: FlowDefinition, form: string) {
    this.#process = process
    this.#flow = flow
    this.#nodes = partsOf(flow.nodes)
    this.#edges = partsOf(flow.edges)
    this.#wasDrawn = !process.diagram.isEmpty
    this.#before = flowOf(process, form)
    this.#groupsBefore = groupsOf(process)
    if (!same(this.#before.nodes, flow.nodes) || !same(this.#before.edges, flow.edges)) this.#writeParts()
    this.#writeGroups()
    this.#writeFlow(form)
  }

  #writeParts(): void {
    const nodes = byId(this.#before.nodes)
    const edges = byId(this.#before.edges)
    const wanted = byId(this.#nodes)
    for (const [id, node] of nodes) {
      const element = this.#process.elementOf(id)
      if (element && wanted.get(id)?.type !== node.type) this.#erase(element)
    }
    const wantedEdges = byId(this.#edges)
    for (const [element, { id }] of this.#process.edges()) {
      const [was, now] = [edges.get(id), wantedEdges.get(id)]
      if (element && (now?.from !== was?.from || now?.to !== was?.to)) this.#erase(element)
    }
    this.#links = new Set(this.#process.edges().flatMap(([element, { id }]) => (element ? [] : [id])))
    for (const node of this.#nodes) this.#elementFor(node, new Set())
    for (const node of this.#nodes) if (!this.#wasDrawn || !same(nodes.get(node.id), node)) this.#writeNode(node)
    for (const edge of this.#edges) this.#writeEdge(edge, !this.#wasDrawn || !same(edges.get(edge.id), edge))
    const process = this.#process
    for (const node of this.#nodes)
      this.#remember(process.elementOf(node.id), (element) => process.plainNode(element), node)
    for (const edge of this.#edges)
      this.#remember(process.edgeElementOf(edge.id), (element) => process.plainEdge(element), edge)
    this.#nameAll()
  }

  /** The node's element, in the container it belongs to; made when there is none. */
  #elementFor(node: Part, above: ReadonlySet<string>): Element {
    const parent = this.#nodes.find((other) => other.id === node.parent && !above.has(other.id) && other.id !== node.id)
    const around = parent ? this.#elementFor(parent, new Set([...above, node.id])) : undefined
    const container = around && is(around, 'SubProcess') ? around : this.#process.element
    const known = this.#process.elementOf(node.id)
    if (known) {
      if (known.$parent !== container) {
        if (known.$parent) remove(known.$parent, 'flowElements', known)
        add(container, 'flowElements', known)
      }
      return known
    }
    const type = node.type as NodeTypeName
    const made = create(elementOfNode[type], { id: this.#process.freeId(node.id) })
    add(container, 'flowElements', made)
    this.#process.adopt(made, node.id, type)
    return made
  }

  #writeNode(node: Part): void {
    const element = this.#process.elementOf(node.id)
    if (!element) return
    const before = this.#process.plainNode(element)
    for (const facet of facetsOf(String(node.type))) {
      const wanted = pick(node, facet.keys)
      if (same(pick(before, facet.keys), wanted)) continue
      if (facet.keys.includes('at')) {
        this.#moved.add(node.id)
        if (node.at === undefined) continue
      }
      facet.write(element, wanted, this.#process)
    }
    if (this.#process.diagram.box(element)) return
    this.#process.diagram.setBox(element, this.#placeOf(node))
    this.#moved.add(node.id)
  }

  /** What BPMN's words do not say of a part. Last, because some of them stand in other elements. */
  #remember(element: Element | undefined, said: (element: Element) => Part, part: Part): void {
    if (!element) return
    const kept = { ...pick(tenonProperties(element), ['id', 'type']), ...difference(said(element), part) }
    if (same(tenonProperties(element), kept)) return
    setTenonProperties(element, Object.keys(kept).length > 0 ? kept : undefined)
  }

  #placeOf(node: Part): Box {
    this.#places ??= layoutFlow(this.#flow)
    const place = this.#places.get(node.id)
    const [x, y] = (node.at as Point | undefined) ?? place?.at ?? [0, 0]
    const [width, height] = (node.size as Point | undefined) ?? place?.size ?? usualSize(String(node.type))
    return { x, y, width, height }
  }

  #writeEdge(edge: Part, isChanged: boolean): void {
    const known = this.#process.edgeElementOf(edge.id)
    const [from, to] = [this.#process.elementOf(String(edge.from)), this.#process.elementOf(String(edge.to))]
    if (!from || !to) return
    const isMoved = this.#moved.has(String(edge.from)) || this.#moved.has(String(edge.to))
    if (known && !isChanged) {
      if (isMoved) this.#drawEdge(known, edge, from, to)
      return
    }
    // Drawn as a pair of link events: there is no line.
    if (!known && this.#links.has(edge.id)) return
    const element = known ?? this.#newEdge(edge, from, to)
    const before = this.#process.plainEdge(element)
    if (!same(before.label, edge.label)) element.set('name', plainText(edge.label))
    if (!same(before.when, edge.when)) {
      element.set('conditionExpression', edge.when && writeCondition(edge.when as Condition))
    }
    if (edge.default === true && mayHaveDefault(from)) from.set('default', element)
    else if (one(from, 'default') === element) from.set('default', undefined)
    if (!known || isMoved || !same(before.via, edge.via)) this.#drawEdge(element, edge, from, to)
  }

  #newEdge(edge: Part, from: Element, to: Element): Element {
    const element = create('bpmn:SequenceFlow', {
      id: this.#process.freeId(edge.id),
      sourceRef: from,
      targetRef: to,
    })
    add(from.$parent ?? this.#process.element, 'flowElements', element)
    add(from, 'outgoing', element, true)
    add(to, 'incoming', element, true)
    this.#process.adoptEdge(element, edge.id)
    return element
  }

  #drawEdge(element: Element, edge: Part, from: Element, to: Element): void {
    const { diagram } = this.#process
    const [start, end] = [diagram.box(from), diagram.box(to)]
    if (!start || !end) return
    const via = (edge.via ?? []) as readonly Point[]
    diagram.setPoints(element, [dock(start, via[0] ?? middleOf(end)), ...via, dock(end, via.at(-1) ?? middleOf(start))])
  }

  #erase(element: Element): void {
    for (const gone of erase(element, this.#process.model)) this.#process.forget(gone)
  }

  /** Whoever reads the document must find the same ids and types. */
  #nameAll(): void {
    const { model, element } = this.#process
    for (let round = 0; round < 3; round++) {
      const read = new Process(model, element)
      const wrong = [
        ...this.#nodes.flatMap((node) => this.#process.elementOf(node.id) ?? []),
        ...this.#process.edges().flatMap(([edge]) => edge ?? []),
      ].filter((part) => !this.#isReadAlike(part, read))
      if (wrong.length === 0) return
      for (const part of wrong) {
        const type = this.#process.typeOf(part)
        const isRetyped = type !== undefined && read.typeOf(part) !== type
        const id = this.#process.idOf(part) ?? this.#process.edgeIdOf(part)
        setTenonProperties(part, { id, ...(isRetyped ? { type } : {}), ...tenonProperties(part) })
      }
    }
  }

  #isReadAlike(part: Element, read: Process): boolean {
    const process = this.#process
    return (
      read.idOf(part) === process.idOf(part) &&
      read.edgeIdOf(part) === process.edgeIdOf(part) &&
      read.typeOf(part) === process.typeOf(part)
    )
  }

  #writeGroups(): void {
    const groups = partsOf(this.#flow.groups)
    const before = this.#groupsBefore
    writeGroups(this.#process, before, groups, this.#moved)
  }

  #writeFlow(form: string): void {
    const { element, model } = this.#process
    const { nodes, edges, groups, extensions: _, ...own } = this.#flow
    if (!same(this.#before.label, own.label)) element.set('name', plainText(own.label))
    const written = new Process(model, element)
    if (same(flowOf(written, form), { ...own, nodes, edges, ...(groups ? { groups } : {}) })) return
    const said = tenonProperties(element)
    const left = {
      ...pick(said, ['id']),
      ...difference(plainFlow(written, 'form' in said ? '' : form), own),
      ...orderOf('nodeOrder', written.nodes(), nodes),
      ...orderOf('edgeOrder', written.edges(), edges),
      ...orderOf('groupOrder', groupsOf(written), groups ?? []),
    }
    setTenonProperties(element, Object.keys(left).length > 0 ? left : undefined)
  }
}

/** The order of the parts, when it is not that of the document. */
function orderOf(name: string, read: readonly (readonly [unknown, Part])[], parts: readonly Part[]): object {
  const wanted = parts.map(({ id }) => id)
  return same(
    read.map(([, { id }]) => id),
    wanted,
  )
    ? {}
    : { [name]: wanted }
}

const mayHaveDefault = (element: Element): boolean =>
  ['Activity', 'ExclusiveGateway', 'InclusiveGateway'].some((type) => is(element, type))

const byId = (parts: readonly Part[]): ReadonlyMap<string, Part> => new Map(parts.map((part) => [part.id, part]))
