import type { FactName, SchemaNode } from '@tenon/engine'

/** What conditions, formulas and pickers of a place can see. */
export type PanelScope = {
  /** Path of the definition in the draft: `forms/ticket.json`. */
  readonly path: string
  /** The form the place speaks about; undefined: none. */
  readonly form: string | undefined
  /** A sub-table of the form whose columns are meant instead of the form's own fields. */
  readonly rows?: string | undefined
  /** Facts that exist here; absent: as usual in a definition of its kind. */
  readonly facts?: readonly FactName[] | undefined
  /** Answers of the task the place is about; absent: there is none to answer. */
  readonly outcomes?: readonly { readonly id: string; readonly label: unknown }[] | undefined
}

export type ControlProps<T = unknown> = {
  readonly value: T | undefined
  /** Undefined: nothing is said, the property is left out. */
  readonly onChange: (next: T | undefined) => void
  readonly scope: PanelScope
  /** Id of the control, which its label points at. */
  readonly id?: string | undefined
  /** What a screen reader calls it where no label points at it. */
  readonly label?: string | undefined
}

/** A control that a schema chose. */
export type SchemaControlProps = ControlProps & {
  readonly schema: SchemaNode
  /** Schema that `$ref`s point into. */
  readonly root: SchemaNode
  /** The object the property is part of: references may depend on its other properties. */
  readonly siblings: { readonly [property: string]: unknown }
  readonly required: boolean
  readonly label: string
}
