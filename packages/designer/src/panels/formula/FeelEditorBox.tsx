/// <reference path="./feel-editor.d.ts" />
import FeelEditor, { type EditorState, type Variable } from '@bpmn-io/feel-editor'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import styles from './formula.module.css'
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
  readonly label: string
  readonly placeholder: string
  readonly ref?: Ref<FormulaEditor>
}

/** The editor of FEEL, with completion of the names that mean something here, by themselves and by their labels. */
export default function FeelEditorBox({
  value,
  onChange,
  dialect,
  variables,
  builtins,
  label,
  placeholder,
  ref,
}: Props) {
  const container = useRef<HTMLDivElement>(null)
  const editor = useRef<FeelEditor>(undefined)
  const latest = useRef({ value, onChange, variables })
  latest.current = { value, onChange, variables }
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
      extensions: [completingLabels(() => latest.current.variables)],
      onChange: (text) => text !== latest.current.value && latest.current.onChange(text),
    })
    editor.current = made
    return () => made._cmEditor.destroy()
  }, [dialect, label])
  useEffect(() => {
    const made = editor.current
    if (made && made._cmEditor.state.doc.toString() !== value) made.setValue(value)
  }, [value])
  useEffect(() => editor.current?.setVariables(variables), [variables])
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

type Asked = { readonly state: EditorState; readonly pos: number }

let states: EditorState['constructor'] | undefined
/** The class of CodeMirror's states: the library hands out objects of it only. */
function stateClass(): EditorState['constructor'] {
  if (states) return states
  const { _cmEditor: view } = new FeelEditor({ container: document.createElement('div') })
  states = view.state.constructor
  view.destroy()
  return states
}

/** Offers names while their labels are typed; what is chosen stands there as the name. */
function completingLabels(variables: () => readonly Variable[]) {
  const autocomplete = ({ state, pos }: Asked) => {
    const { from, text } = state.doc.lineAt(pos)
    const typed = namesTyped(text.slice(0, pos - from), variables())
    if (!typed) return null
    const options = typed.names.map(({ name, label }) => ({ label, apply: name, detail: name, type: 'variable' }))
    return { from: pos - typed.length, options, filter: false }
  }
  // One and the same source each time it is asked for: what it finds is kept by it.
  const data = [{ autocomplete }]
  return stateClass().languageData.of(() => data)
}
