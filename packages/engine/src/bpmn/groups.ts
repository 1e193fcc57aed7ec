import { groupBox } from '../layout/group-box.ts'
import type { Box } from './diagram.ts'
import { add, type Element, is, many, one, remove, text } from './element.ts'
import { plainText } from './facets.ts'
import { changed, difference, type Part, same } from './json.ts'
import type { Process } from './process.ts'
import { Slugs, slugOf } from './slugs.ts'
import { setTenonProperties, tenonProperties } from './tenon-properties.ts'
import { create } from './xml.ts'

/** A group of the document with what it is in a flow. */
export type ReadGroup = readonly [element: Element, group: Part]

/**
 * The groups of a process. BPMN says only where a group is drawn, so what lies inside its frame is what it holds; one
 * that frames nothing that is run is only kept.
 */
export function groupsOf(process: Process): readonly ReadGroup[] {
  const elements = containersOf(process).flatMap((container) =>
    many(container, 'artifacts').filter((artifact) => is(artifact, 'Group')),
  )
  const slugs = new Slugs()
  const given = new Map(elements.map((element) => [element, tenonProperties(element)]))
  for (const { id } of given.values()) if (typeof id === 'string') slugs.reserve(id)
  return elements.flatMap((element): ReadGroup[] => {
    const said = given.get(element) ?? {}
    const id = typeof said.id === 'string' ? said.id : slugs.take(text(element, 'id'), 'group')
    const group = changed({ id, ...plainGroup(process, element) }, said)
    return Array.isArray(group.nodes) && group.nodes.length > 0 ? [[element, group]] : []
  })
}

/** A group as BPMN's own words describe it. */
function plainGroup(process: Process, element: Element): { readonly label: string; readonly nodes: readonly string[] } {
  const frame = process.diagram.box(element)
  const nodes = process.nodeElements().filter((node) => {
    const box = process.diagram.box(node)
    return frame !== undefined && box !== undefined && isInside(box, frame)
  })
  return {
    label: text(one(element, 'categoryValueRef'), 'value') ?? '',
    nodes: nodes.flatMap((node) => process.idOf(node) ?? []),
  }
}

const isInside = (box: Box, frame: Box): boolean =>
  box.x >= frame.x &&
  box.y >= frame.y &&
  box.x + box.width <= frame.x + frame.width &&
  box.y + box.height <= frame.y + frame.height

const containersOf = (process: Process): readonly Element[] => [
  process.element,
  ...process.nodeElements().filter((element) => is(element, 'SubProcess')),
]

/** Makes a process have these groups; `moved`: nodes whose place was written, so their frames are drawn anew. */
export function writeGroups(
  process: Process,
  before: readonly ReadGroup[],
  groups: readonly Part[],
  moved: ReadonlySet<string>,
): void {
  const known = new Map(before.map(([element, group]) => [group.id, { element, group }]))
  const wanted = new Set(groups.map(({ id }) => id))
  for (const { element, group } of known.values()) if (!wanted.has(group.id)) eraseGroup(process, element)
  for (const group of groups) {
    const was = known.get(group.id)
    const members = Array.isArray(group.nodes) ? group.nodes.map(String) : []
    const isMoved = members.some((node) => moved.has(node))
    if (was && !isMoved && same(was.group, group)) continue
    const element = was?.element ?? newGroup(process, group.id)
    setLabel(process, element, group)
    if (!was || isMoved || !same(was.group.nodes, group.nodes)) frame(process, element, members)
    const id = slugOf(text(element, 'id') ?? '') === group.id ? {} : { id: group.id }
    const kept = { ...id, ...difference({ id: group.id, ...plainGroup(process, element) }, group) }
    setTenonProperties(element, Object.keys(kept).length > 0 ? kept : undefined)
  }
}

function newGroup(process: Process, id: string): Element {
  const made = create('bpmn:Group', { id: process.freeId(id) })
  add(process.element, 'artifacts', made)
  return made
}

function frame(process: Process, element: Element, members: readonly string[]): void {
  const boxes = members.flatMap((node) => {
    const drawn = process.elementOf(node)
    const box = drawn && process.diagram.box(drawn)
    return box ? [{ at: [box.x, box.y], size: [box.width, box.height] } as const] : []
  })
  const found = groupBox(boxes)
  if (found)
    process.diagram.setBox(element, { x: found.at[0], y: found.at[1], width: found.size[0], height: found.size[1] })
}

/** A group has no name of its own: it shows the value of a category. */
function setLabel(process: Process, element: Element, group: Part): void {
  const value = plainText(group.label) ?? ''
  const known = one(element, 'categoryValueRef')
  if ((text(known, 'value') ?? '') === value && known) return
  if (known && usersOf(process, known) === 1) {
    known.set('value', value)
    return
  }
  const made = create('bpmn:CategoryValue', { id: process.freeId(`${group.id}_value`), value })
  const category = create('bpmn:Category', { id: process.freeId(`${group.id}_category`) })
  add(category, 'categoryValue', made)
  add(process.model.definitions, 'rootElements', category)
  element.set('categoryValueRef', made)
}

function eraseGroup(process: Process, element: Element): void {
  const value = one(element, 'categoryValueRef')
  const isLast = value !== undefined && usersOf(process, value) === 1
  if (element.$parent) remove(element.$parent, 'artifacts', element)
  process.diagram.erase(element)
  if (!isLast) return
  const category = value.$parent
  if (!category) return
  remove(category, 'categoryValue', value)
  if (many(category, 'categoryValue').length === 0) remove(process.model.definitions, 'rootElements', category)
}

/** How many groups of the whole document show a value. */
const usersOf = (process: Process, value: Element): number =>
  process.model.groups.filter((group) => one(group, 'categoryValueRef') === value).length
