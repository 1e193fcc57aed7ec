import { Diagram } from './diagram.ts'
import { type Element, everyElement, is, many, text } from './element.ts'
import { Names } from './names.ts'
import { slugOf } from './slugs.ts'
import { tenonProperties } from './tenon-properties.ts'

/** A BPMN document with what its processes share. */
export class Model {
  readonly definitions: Element
  readonly names: Names
  readonly diagram: Diagram
  readonly #ids: Set<string>

  constructor(definitions: Element) {
    this.definitions = definitions
    this.#ids = new Set(everyElement(definitions).flatMap((element) => text(element, 'id') ?? []))
    this.diagram = new Diagram(definitions, (wished) => this.freeId(wished))
    this.names = new Names(definitions, (wished) => this.freeId(wished))
  }

  /** Ids are unique in a whole XML document, whatever they are ids of. */
  freeId(wished: string): string {
    let id = wished
    for (let count = 2; this.#ids.has(id); count++) id = `${wished}_${count}`
    this.#ids.add(id)
    return id
  }

  /** All groups there are, of processes and between them. */
  get groups(): readonly Element[] {
    return everyElement(this.definitions).filter((element) => is(element, 'Group'))
  }

  /** Processes that become flows: those marked executable; where none is, all that have something to run. */
  get processes(): readonly Element[] {
    const all = many(this.definitions, 'rootElements').filter(
      (root) => is(root, 'Process') && many(root, 'flowElements').some((element) => is(element, 'FlowNode')),
    )
    const marked = all.filter((process) => process.get('isExecutable') === true)
    return marked.length > 0 ? marked : all
  }
}

/** The id of the flow that a process is. */
export function flowIdOf(process: Element): string {
  const { id } = tenonProperties(process)
  return typeof id === 'string'
    ? id
    : slugOf(text(process, 'id') ?? '') || slugOf(text(process, 'name') ?? '') || 'flow'
}
