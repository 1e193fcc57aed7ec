import type { KeyboardEvent } from 'react'
import { type Flow, groupsIn, incoming, nodeOf, outgoing } from '../../edits/flow/flow.ts'
import type { Places } from '../../edits/flow/places.ts'

/** What keys do on the canvas. */
type CanvasKeys = {
  readonly goTo: (address: string) => void
  readonly move: (dx: number, dy: number) => void
  readonly open: (address: string) => void
  readonly add: (address: string) => void
  readonly connect: (address: string) => void
  readonly remove: () => void
  readonly copy: () => void
  readonly paste: () => void
  readonly duplicate: () => void
  readonly group: () => void
  readonly all: () => void
  readonly none: () => void
  readonly toggle: (address: string) => void
  readonly find: () => void
}

const arrows: { readonly [key: string]: readonly [number, number] } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The element of the flow that has the keyboard; undefined: none. */
function focusedAddress(target: HTMLElement): string | undefined {
  const node = target.closest<HTMLElement>('.react-flow__node')?.dataset.id
  if (node !== undefined) return `nodes/${node}`
  const group = target.closest<HTMLElement>('[data-group]')?.dataset.group
  if (group !== undefined) return `groups/${group}`
  const edge = target.closest<HTMLElement>('.react-flow__edge')?.dataset.id
  return edge === undefined ? undefined : `edges/${edge}`
}

type Ground = {
  readonly flow: Flow
  readonly places: Places
  readonly chosen: ReadonlySet<string>
  readonly readOnly: boolean
}

/** Answers a key on the canvas; whatever it does not know is left alone. */
export function answerKey(event: KeyboardEvent<HTMLElement>, ground: Ground, keys: CanvasKeys): void {
  const target = event.target as HTMLElement
  if (target.closest('input, textarea, [contenteditable="true"], [role="menu"]')) return
  const [first] = ground.chosen
  const address = focusedAddress(target) ?? first
  const act = deed(event, address, ground, keys)
  if (!act) return
  event.preventDefault()
  event.stopPropagation()
  act()
}

function deed(
  event: KeyboardEvent,
  address: string | undefined,
  ground: Ground,
  keys: CanvasKeys,
): (() => void) | undefined {
  const { key } = event
  const arrow = arrows[key]
  if (event.ctrlKey || event.metaKey) return withControl(key.toLowerCase(), ground, keys)
  if (arrow && event.altKey) {
    const step = event.shiftKey ? 50 : 10
    return ground.readOnly ? undefined : () => keys.move(arrow[0] * step, arrow[1] * step)
  }
  if (arrow) {
    const next = neighbour(ground, address, arrow)
    return next === undefined ? undefined : () => keys.goTo(next)
  }
  if (key === 'Escape') return keys.none
  if (key === '/') return keys.find
  if (address === undefined) return undefined
  if (key === 'Enter') return () => keys.open(address)
  if (key === ' ') return () => keys.toggle(address)
  if (ground.readOnly) return undefined
  if ((key === 'n' || key === 'N' || key === '+') && !address.startsWith('groups/')) return () => keys.add(address)
  if ((key === 'c' || key === 'C') && address.startsWith('nodes/')) return () => keys.connect(address)
  return key === 'Delete' || key === 'Backspace' ? keys.remove : undefined
}

function withControl(key: string, { readOnly }: Ground, keys: CanvasKeys): (() => void) | undefined {
  if (key === 'f') return keys.find
  if (key === 'a') return keys.all
  if (key === 'c') return keys.copy
  if (readOnly) return undefined
  if (key === 'g') return keys.group
  return key === 'v' ? keys.paste : key === 'd' ? keys.duplicate : undefined
}

/** Where an arrow leads: along the flow where there is a way in that direction, else to the nearest on the canvas. */
function neighbour(
  { flow, places }: Pick<Ground, 'flow' | 'places'>,
  address: string | undefined,
  [dx, dy]: readonly [number, number],
): string | undefined {
  const from = address === undefined ? undefined : middleOf(flow, places, address)
  if (!from) return flow.nodes[0] && `nodes/${flow.nodes[0].id}`
  const id = address?.slice(6) ?? ''
  const isNode = address?.startsWith('nodes/') === true
  const along = !isNode
    ? []
    : dx > 0
      ? outgoing(flow, id).map(({ to }) => to)
      : dx < 0
        ? incoming(flow, id).map((edge) => edge.from)
        : []
  const nearest = (ids: readonly string[]) =>
    ids
      .flatMap((other) => {
        const there = middleOf(flow, places, `nodes/${other}`)
        if (!there || other === id) return []
        const [x, y] = [there[0] - from[0], there[1] - from[1]]
        const ahead = x * dx + y * dy
        const aside = Math.abs(x * dy) + Math.abs(y * dx)
        return ahead > 4 && aside < ahead * 4 ? [{ other, far: ahead + 2 * aside }] : []
      })
      .toSorted((one, two) => one.far - two.far)[0]?.other
  const found = nearest(along) ?? nearest(flow.nodes.map((node) => node.id))
  return found === undefined ? undefined : `nodes/${found}`
}

function middleOf(flow: Flow, places: Places, address: string): readonly [number, number] | undefined {
  const id = address.slice(address.indexOf('/') + 1)
  if (address.startsWith('groups/')) {
    const group = groupsIn(flow).find((one) => one.id === id)
    return group && middleOf(flow, places, `nodes/${group.nodes[0] ?? ''}`)
  }
  if (address.startsWith('edges/')) {
    const edge = flow.edges.find((one) => one.id === id)
    return edge && middleOf(flow, places, `nodes/${edge.from}`)
  }
  const place = nodeOf(flow, id) && places.get(id)
  return place && [place.at[0] + place.size[0] / 2, place.at[1] + place.size[1] / 2]
}
