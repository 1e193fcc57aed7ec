declare module '@bpmn-io/feel-editor' {
  export type Variable = {
    readonly name: string
    readonly detail?: string
    readonly info?: string
    readonly type?: string
    readonly params?: readonly { readonly name: string }[]
    readonly entries?: readonly Variable[]
  }
  /** An extension of CodeMirror. */
  export type Extension = { readonly extension?: unknown }
  /** What of CodeMirror's state is used here. */
  export type EditorState = {
    readonly doc: {
      toString(): string
      lineAt(position: number): { readonly from: number; readonly text: string }
    }
    readonly selection: { readonly main: { readonly head: number } }
    replaceSelection(text: string): object
    readonly constructor: { readonly languageData: { of(data: () => readonly object[]): Extension } }
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
    setValue(text: string): void
    setVariables(variables: readonly Variable[]): void
    /** The CodeMirror view inside; there is no other way to its cursor and to its end. */
    readonly _cmEditor: {
      readonly state: EditorState
      dispatch(change: object): void
      focus(): void
      destroy(): void
    }
  }
}
