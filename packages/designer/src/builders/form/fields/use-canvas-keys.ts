import type { KeyboardEvent, RefObject } from 'react'
import type { Form } from '../edits/form-edit.ts'
import { fieldsIn, type Place, placeOf, unplaced } from '../edits/place-fields.ts'
import { clipboard } from './clipboard.ts'
import { type Direction, neighbour } from './gap.ts'
import type { FieldCommands } from './use-commands.ts'
import type { Selection } from './use-selection.ts'

type Given = {
  readonly form: Form
  readonly canvas: RefObject<HTMLElement | null>
  readonly selection: Selection
  /** Chooses, and takes the focus along. */
  readonly goTo: (ids: readonly string[]) => void
  readonly commands: FieldCommands
  readonly onRemove: (ids: readonly string[]) => void
  readonly onOpen: () => void
}

const directions: { readonly [key: string]: Direction } = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** A command is about what is chosen; on a field that is not, about that one alone. */
export const actingOn = (chosen: readonly string[], focused: string | undefined): readonly string[] =>
  focused === undefined || chosen.includes(focused) ? chosen : [focused]

/**
 * The canvas by keyboard: arrows choose, with Shift several, with Alt they move; Delete removes, Ctrl-D copies beside,
 * Ctrl-A chooses all, Escape none, Enter opens the properties. Copy, cut and paste come as the browser's own events.
 */
export function useCanvasKeys({ form, canvas, selection, goTo, commands, onRemove, onOpen }: Given) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-field]')?.dataset.field
    if (at === undefined) return
    const done = () => event.preventDefault()
    const command = event.ctrlKey || event.metaKey
    const ids = actingOn(selection.ids(), at)
    const direction = directions[event.key]
    if (direction && event.altKey) {
      done()
      moveTowards(direction, ids)
    } else if (direction && !command) {
      done()
      const next = nextOf(at, direction)
      if (next !== undefined) goTo(event.shiftKey ? [...selection.ids().filter((id) => id !== next), next] : [next])
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      done()
      onRemove(ids)
    } else if (command && event.key.toLowerCase() === 'd') {
      done()
      commands.duplicate(ids)
    } else if (command && event.key.toLowerCase() === 'a') {
      done()
      goTo([
        ...shownFields()
          .map(({ id }) => id)
          .filter((id) => id !== at),
        at,
      ])
    } else if (event.key === 'Escape') {
      clipboard.release()
      goTo(selection.ids().length > 1 ? [at] : [])
    } else if ((event.key === ' ' && command) || (event.key === ' ' && event.shiftKey)) {
      done()
      goTo(selection.ids().includes(at) ? selection.ids().filter((id) => id !== at) : [...selection.ids(), at])
    } else if (event.key === 'Enter' || event.key === 'F2') {
      done()
      if (selection.ids().length < 2) selection.select([at])
      onOpen()
    }
  }

  function shownFields() {
    const found = [...(canvas.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [])]
    return found.map((element) => ({ id: element.dataset.field ?? '', box: element.getBoundingClientRect() }))
  }

  function nextOf(id: string, direction: Direction): string | undefined {
    const all = shownFields()
    const from = all.findIndex((one) => one.id === id)
    const to = neighbour(
      all.map(({ box }) => box),
      from,
      direction,
    )
    return to === undefined ? undefined : all[to]?.id
  }

  /** The chosen fields go in front of the one above or at the left, or behind the one below or at the right. */
  function moveTowards(direction: Direction, moving: readonly string[]): void {
    const all = shownFields().map(({ id }) => id)
    const ids = all.filter((id) => moving.includes(id))
    const isBack = direction === 'up' || direction === 'left'
    const edge = isBack ? ids[0] : ids.at(-1)
    const next = edge === undefined ? undefined : nextOf(edge, direction)
    const place = edge === undefined ? undefined : (emptySectionBeside(edge, isBack) ?? placeBeside(edge, next, isBack))
    if (place) commands.move(ids, place)
  }

  function placeBeside(edge: string, next: string | undefined, isBack: boolean): Place | undefined {
    const own = placeOf(form, edge)
    const place = next === undefined ? undefined : placeOf(form, next)
    if (!place || !own) return undefined
    // Into another section one comes at its near end.
    if (place.section !== own.section) return { section: place.section, index: isBack ? place.index + 1 : place.index }
    return { section: place.section, index: isBack ? place.index : place.index + 1 }
  }

  /** At the edge of a section the next one may have no field to go beside. */
  function emptySectionBeside(edge: string, isBack: boolean): Place | undefined {
    const own = placeOf(form, edge)
    if (!own || own.section === unplaced) return undefined
    const isAtEdge = isBack ? own.index === 0 : own.index === fieldsIn(form, own.section).length - 1
    const layout = form.layout ?? []
    const beside = layout[layout.findIndex(({ section }) => section === own.section) + (isBack ? -1 : 1)]
    return isAtEdge && beside && beside.items.length === 0 ? { section: beside.section, index: 0 } : undefined
  }
}
