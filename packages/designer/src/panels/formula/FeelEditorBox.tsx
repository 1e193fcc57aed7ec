/// <reference path="./feel-editor.d.ts" />
import FeelEditor, { type Variable } from '@bpmn-io/feel-editor'
import { useEffect, useRef } from 'react'
import styles from './formula.module.css'

type Props = {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly dialect: 'expression' | 'unaryTests'
  readonly variables: readonly Variable[]
  readonly builtins: readonly Variable[]
  readonly label: string
}

/** The editor of FEEL, with completion of the names that mean something here. */
export default function FeelEditorBox({ value, onChange, dialect, variables, builtins, label }: Props) {
  const container = useRef<HTMLDivElement>(null)
  const editor = useRef<FeelEditor>(undefined)
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for a place; what changes is told below
  useEffect(() => {
    if (!container.current) return
    const made = new FeelEditor({
      container: container.current,
      value,
      dialect,
      variables,
      builtins,
      contentAttributes: { 'aria-label': label },
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
  return <div ref={container} className={styles.editor} />
}
