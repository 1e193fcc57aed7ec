import type { FieldOf, FieldTypeName, FieldValue } from '@tenon/engine'
import type { ComponentType } from 'react'

export type EditProps<K extends FieldTypeName> = {
  readonly field: FieldOf<K>
  /** Id of the control, which the label points at. */
  readonly id: string
  readonly value: FieldValue | undefined
  readonly onChange: (value: FieldValue) => void
  readonly onBlur?: (() => void) | undefined
  readonly disabled?: boolean | undefined
  readonly invalid?: boolean | undefined
  /** Id of the help or error text. */
  readonly describedBy?: string | undefined
  /** What is wrong with single cells of rows, by `row/column`. */
  readonly places?: ReadonlyMap<string, string> | undefined
}

export type ShowProps<K extends FieldTypeName> = {
  readonly field: FieldOf<K>
  /** Never blank: what is blank is drawn by whoever asks. */
  readonly value: NonNullable<FieldValue>
}

/** The drawing half of a field type. */
export type FieldFace<K extends FieldTypeName> = {
  /** Absent: the system gives the value, nobody enters it. */
  readonly Edit?: ComponentType<EditProps<K>>
  /** The value on a page, with room. */
  readonly View: ComponentType<ShowProps<K>>
  /** The value in one line, which may be part of a link or a button; absent: as on a page. */
  readonly Cell?: ComponentType<ShowProps<K>>
  /** The same where nothing around it is pressed; absent: as anywhere in one line. */
  readonly Free?: ComponentType<ShowProps<K>>
  readonly align?: 'right'
  /** Takes the whole row of a form by itself. */
  readonly wide?: boolean
  /** Many controls under one name: it is the name of the group, not the label of a control. */
  readonly grouped?: boolean
}
