declare module '@bpmn-io/feel-editor' {
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
      readonly dialect?: 'expression' | 'unaryTests'
      readonly onChange?: (text: string) => void
      readonly variables?: readonly Variable[]
      readonly builtins?: readonly Variable[]
      readonly contentAttributes?: { readonly [name: string]: string }
    })
    setValue(text: string): void
    setVariables(variables: readonly Variable[]): void
    /** The CodeMirror view inside; there is no other way to end it. */
    readonly _cmEditor: { destroy(): void; readonly state: { readonly doc: { toString(): string } } }
  }
}
