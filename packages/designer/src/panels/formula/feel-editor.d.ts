declare module '@bpmn-io/feel-editor' {
  import type { Extension } from '@codemirror/state'
  import type { EditorView } from '@codemirror/view'

  export type Variable = {
    readonly name: string
    readonly detail?: string
    readonly info?: string
    readonly type?: string
    readonly params?: readonly { readonly name: string }[]
    readonly entries?: readonly Variable[]
  }
  export default class FeelEditor {
    constructor(config: {
      readonly container: HTMLElement
      readonly value?: string
      readonly placeholder?: string
      readonly dialect?: 'expression' | 'unaryTests'
      readonly onChange?: (text: string) => void
      readonly variables?: readonly Variable[]
      readonly builtins?: readonly Variable[]
      readonly extensions?: readonly Extension[]
      readonly contentAttributes?: { readonly [name: string]: string }
    })
    setVariables(variables: readonly Variable[]): void
    /** The CodeMirror view inside; there is no other way to its cursor and to its end. */
    readonly _cmEditor: EditorView
  }
}
