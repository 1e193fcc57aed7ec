import { add, type Element, is, many, one, remove } from './element.ts'
import { create } from './xml.ts'

export type Point = readonly [x: number, y: number]
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** The drawing of a document: BPMN DI (BPMN 2.0 §12). */
export class Diagram {
  readonly #definitions: Element
  readonly #freeId: (wished: string) => string
  readonly #drawn = new Map<Element, Element>()

  constructor(definitions: Element, freeId: (wished: string) => string) {
    this.#definitions = definitions
    this.#freeId = freeId
    for (const { plane } of planesOf(definitions)) {
      for (const drawn of many(plane, 'planeElement')) {
        const element = one(drawn, 'bpmnElement')
        if (element && !this.#drawn.has(element)) this.#drawn.set(element, drawn)
      }
    }
  }

  get isEmpty(): boolean {
    return this.#drawn.size === 0
  }

  box(element: Element): Box | undefined {
    const bounds = one(this.#drawn.get(element), 'bounds')
    if (!bounds) return undefined
    const { x, y, width, height } = {
      x: bounds.get('x'),
      y: bounds.get('y'),
      width: bounds.get('width'),
      height: bounds.get('height'),
    }
    const isBox = [x, y, width, height].every((value) => typeof value === 'number' && Number.isFinite(value))
    return isBox ? ({ x, y, width, height } as Box) : undefined
  }

  points(element: Element): readonly Point[] {
    return many(this.#drawn.get(element), 'waypoint').map((point) => [Number(point.get('x')), Number(point.get('y'))])
  }

  setBox(element: Element, box: Box): void {
    const shape = this.#drawn.get(element) ?? this.#draw('bpmndi:BPMNShape', element)
    const bounds = one(shape, 'bounds')
    if (bounds) for (const [name, value] of Object.entries(box)) bounds.set(name, value)
    else shape.set('bounds', create('dc:Bounds', box))
    if (is(element, 'SubProcess') && shape.get('isExpanded') === undefined) shape.set('isExpanded', true)
  }

  setPoints(element: Element, points: readonly Point[]): void {
    const edge = this.#drawn.get(element) ?? this.#draw('bpmndi:BPMNEdge', element)
    edge.set(
      'waypoint',
      points.map(([x, y]) => create('dc:Point', { x, y })),
    )
  }

  erase(element: Element): void {
    const drawn = this.#drawn.get(element)
    if (!drawn) return
    for (const { plane } of planesOf(this.#definitions)) remove(plane, 'planeElement', drawn)
    this.#drawn.delete(element)
  }

  /** Draws on the plane of what the element is in. */
  #draw(type: string, element: Element): Element {
    const drawn = create(type, { id: this.#freeId(`${String(element.get('id'))}_di`), bpmnElement: element })
    add(this.#planeFor(element), 'planeElement', drawn)
    this.#drawn.set(element, drawn)
    return drawn
  }

  #planeFor(element: Element): Element {
    const planes = planesOf(this.#definitions)
    for (let outer = element.$parent; outer; outer = outer.$parent) {
      const found = planes.find(({ plane }) => one(plane, 'bpmnElement') === outer)
      if (found) return found.plane
    }
    const first = planes[0]
    if (first) return first.plane
    const root = many(this.#definitions, 'rootElements')
    const about = root.find((one) => is(one, 'Collaboration')) ?? root.find((one) => is(one, 'Process'))
    const plane = create('bpmndi:BPMNPlane', { id: this.#freeId('plane'), bpmnElement: about })
    const diagram = create('bpmndi:BPMNDiagram', { id: this.#freeId('diagram'), plane })
    plane.$parent = diagram
    add(this.#definitions, 'diagrams', diagram)
    return plane
  }
}

const planesOf = (definitions: Element): readonly { readonly plane: Element }[] =>
  many(definitions, 'diagrams').flatMap((diagram) => {
    const plane = one(diagram, 'plane')
    return plane ? [{ plane }] : []
  })

/** Where the line from the middle of a box to a point leaves the box. */
export function dock({ x, y, width, height }: Box, [toX, toY]: Point): Point {
  const middle: Point = [x + width / 2, y + height / 2]
  const [dx, dy] = [toX - middle[0], toY - middle[1]]
  if (dx === 0 && dy === 0) return middle
  const share = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : height / 2 / Math.abs(dy),
  )
  return [Math.round(middle[0] + dx * share), Math.round(middle[1] + dy * share)]
}

export const middleOf = ({ x, y, width, height }: Box): Point => [x + width / 2, y + height / 2]
