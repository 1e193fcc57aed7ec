/// <reference path="./feel-editor.d.ts" />
import FeelEditor, { type Variable } from '@bpmn-io/feel-editor'
import { history, historyKeymap } from '@codemirror/commands'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { type EditorView, keymap } from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import styles from './formula.module.css'
import { nameChips, namesRenamed, type TellNames } from './name-chips.ts'
import { namesTyped } from './names-typed.ts'

export type FormulaEditor = {
  /** Puts text where the cursor is, with the cursor so many characters before its end. */
  readonly insert: (text: string, back: number) => void
}
type Props = {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly dialect: 'expression' | 'unaryTests'
  readonly variables: readonly Variable[]
  readonly builtins: readonly Variable[]
  /** What its names are called. */
  readonly tell: TellNames
  readonly label: string
  readonly placeholder: string
  readonly ref?: Ref<FormulaEditor>
}

/** The editor of FEEL: names stand in it as their labels and complete by them and by themselves. */
export default function FeelEditorBox({
  value,
  onChange,
  dialect,
  variables,
  builtins,
  tell,
  label,
  placeholder,
  ref,
}: Props) {
  const container = useRef<HTMLDivElement>(null)
  const editor = useRef<FeelEditor>(undefined)
  const latest = useRef({ value, onChange, variables, tell })
  latest.current = { value, onChange, variables, tell }
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for a place; what changes is told below
  useEffect(() => {
    if (!container.current) return
    const made = new FeelEditor({
      container: container.current,
      value,
      placeholder,
      dialect,
      variables,
      builtins,
      // A long formula goes on in the next line.
      contentAttributes: { 'aria-label': label, class: 'cm-lineWrapping', tabindex: '0' },
      extensions: [
        completingLabels(() => latest.current.variables),
        nameChips(() => latest.current.tell),
        steps.of(history()),
        keymap.of(historyKeymap),
      ],
      onChange: (text) => text !== latest.current.value && latest.current.onChange(text),
    })
    editor.current = made
    return () => made._cmEditor.destroy()
  }, [dialect, label])
  useEffect(() => {
    const view = editor.current?._cmEditor
    if (view && view.state.doc.toString() !== value) begin(view, value)
  }, [value])
  useEffect(() => editor.current?.setVariables(variables), [variables])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is told anew is what `tell` says
  useEffect(() => editor.current?._cmEditor.dispatch({ effects: namesRenamed.of(null) }), [tell])
  useImperativeHandle(ref, () => ({
    insert(text, back) {
      const view = editor.current?._cmEditor
      if (!view) return
      view.dispatch(view.state.replaceSelection(text))
      view.dispatch({ selection: { anchor: view.state.selection.main.head - back } })
      view.focus()
    },
  }))
  return <div ref={container} className={styles.editor} />
}

/** What can be taken back: the steps in this text. */
const steps = new Compartment()

/** Another text came from outside: there is nothing to take back in it, least of all what stood here before. */
function begin(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, effects: steps.reconfigure([]) })
  view.dispatch({ effects: steps.reconfigure(history()) })
}

/** Offers names while their labels are typed; what is chosen stands there as the name. */
function completingLabels(variables: () => readonly Variable[]): Extension {
  const autocomplete = ({ state, pos }: { readonly state: EditorState; readonly pos: number }) => {
    const { from, text } = state.doc.lineAt(pos)
    const typed = namesTyped(text.slice(0, pos - from), variables())
    if (!typed) return null
    const options = typed.names.map(({ name, label }) => ({ label, apply: name, detail: name, type: 'variable' }))
    return { from: pos - typed.length, options, filter: false }
  }
  // One and the same source each time it is asked for: what it finds is kept by it.
  const data = [{ autocomplete }]
  return EditorState.languageData.of(() => data)
}
