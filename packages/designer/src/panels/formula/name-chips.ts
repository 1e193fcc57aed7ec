import { EditorState, type Extension, StateEffect, StateField, type Transaction } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import type { ToldName } from '../formula-words.ts'
import styles from './formula.module.css'

/** The names of a text with their labels; the name somebody is writing at a position is left out. */
export type TellNames = (text: string, writingAt?: number) => readonly ToldName[]

/** What names are called has changed: all are drawn anew. */
export const namesRenamed = StateEffect.define<null>()
const left = StateEffect.define<null>()

/** A name drawn as its label; the document keeps the id, which the pointer shows. */
class NameChip extends WidgetType {
  private readonly label: string
  private readonly id: string
  constructor(label: string, id: string) {
    super()
    this.label = label
    this.id = id
  }
  override eq(other: NameChip): boolean {
    return other.label === this.label && other.id === this.id
  }
  toDOM(): HTMLElement {
    const chip = document.createElement('span')
    chip.className = styles.chip ?? ''
    chip.textContent = this.label
    chip.title = this.id
    return chip
  }
  override ignoreEvent(): boolean {
    return false
  }
}

type Names = {
  readonly chips: DecorationSet
  /** Where the name begins that is being written and stands there as it is. */
  readonly writing: number | undefined
  /** An input method has written since the names were looked at. */
  readonly isComposed: boolean
}

const plain = { writing: undefined, isComposed: false }

/**
 * Draws the names of a formula as chips with their labels. A chip is one thing: the cursor steps over it, Backspace takes
 * it whole, what is copied is the id. A name that is typed becomes a chip when the cursor leaves it.
 */
export function nameChips(tell: () => TellNames): Extension {
  const field = StateField.define<Names>({
    create: (state) => ({ ...plain, chips: chipsOf(state, tell()(state.doc.toString())) }),
    update(before, transaction) {
      // Redrawing beside what is being composed would break it off, and half a word is no part of a name.
      if (transaction.isUserEvent('input.type.compose'))
        return { ...before, chips: before.chips.map(transaction.changes), isComposed: true }
      const isLeft = transaction.effects.some((effect) => effect.is(left))
      const isRenamed = transaction.effects.some((effect) => effect.is(namesRenamed))
      const isMoved = before.writing !== undefined && transaction.selection !== undefined
      if (!transaction.docChanged && !isLeft && (before.isComposed || !(isRenamed || isMoved))) return before
      return namesAfter(before, transaction, tell(), isLeft)
    },
    provide: (own) => [
      EditorView.decorations.from(own, ({ chips }) => chips),
      EditorView.atomicRanges.of((view) => view.state.field(own).chips),
    ],
  })
  return [
    field,
    EditorView.focusChangeEffect.of((_state, isFocused) => (isFocused ? null : left.of(null))),
    keptApart((state) => state.field(field).chips),
  ]
}

function namesAfter(before: Names, transaction: Transaction, tell: TellNames, isLeft: boolean): Names {
  const { state } = transaction
  const text = state.doc.toString()
  const { head } = state.selection.main
  const told = tell(text)
  const touched = told.find(({ from, to }) => from < head && head <= to)
  const isWriting = !isLeft && touched !== undefined && isBeingWritten(touched, before, transaction)
  return isWriting
    ? { ...plain, chips: chipsOf(state, tell(text, head)), writing: touched.from }
    : { ...plain, chips: chipsOf(state, told) }
}

function isBeingWritten({ from, to }: ToldName, before: Names, transaction: Transaction): boolean {
  if (!transaction.docChanged) return before.writing === from
  if (!transaction.isUserEvent('input.type') && !transaction.isUserEvent('delete')) return false
  let wasChip = false
  before.chips.map(transaction.changes).between(from, to, (start, end) => {
    wasChip ||= start === from && end === to
  })
  return !wasChip
}

const chipsOf = (state: EditorState, told: readonly ToldName[]): DecorationSet =>
  Decoration.set(
    told.map(({ from, to, label }) =>
      Decoration.replace({ widget: new NameChip(label, state.sliceDoc(from, to)) }).range(from, to),
    ),
  )

const wordBegins = /^[\p{L}\p{N}_]/u
const wordEnds = /[\p{L}\p{N}_]$/u

/** What is written beside a chip does not run into its name: a blank comes between. An input method is left alone. */
const keptApart = (chipsIn: (state: EditorState) => DecorationSet): Extension =>
  EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.isUserEvent('input.type.compose')) return transaction
    const chips = chipsIn(transaction.startState)
    const over = blankTypedOver(transaction, chips)
    if (over !== undefined) return { selection: { anchor: over }, scrollIntoView: true }
    const blanks = blanksBetween(transaction, chips)
    return blanks.length === 0 ? transaction : [transaction, { changes: blanks, sequential: true }]
  })

type Blank = { readonly from: number; readonly insert: string }

/** Where the text that comes in, or what then follows on what goes, would become one word with a chip. */
function blanksBetween({ changes, startState }: Transaction, chips: DecorationSet): readonly Blank[] {
  const blanks: Blank[] = []
  changes.iterChanges((fromA, toA, fromB, toB, inserted) => {
    const text = inserted.toString()
    const next = text || startState.sliceDoc(toA, toA + 1)
    const last = text || startState.sliceDoc(fromA - 1, fromA)
    chips.between(fromA, toA, (from, to) => {
      if (to === fromA && wordBegins.test(next)) blanks.push({ from: fromB, insert: ' ' })
      else if (from === toA && wordEnds.test(last) && (text || blanks.length === 0))
        blanks.push({ from: toB, insert: ' ' })
    })
  })
  return blanks
}

/** Behind the blank before a chip, when that very blank is typed: the cursor steps over it. */
function blankTypedOver(transaction: Transaction, chips: DecorationSet): number | undefined {
  let over: number | undefined
  if (!transaction.isUserEvent('input.type')) return undefined
  transaction.changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    if (fromA !== toA || inserted.toString() !== ' ' || transaction.startState.sliceDoc(toA, toA + 1) !== ' ') return
    chips.between(toA + 1, toA + 1, (from) => {
      if (from === toA + 1) over = from
    })
  })
  return over
}
