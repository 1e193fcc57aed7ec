import type { JsonObject } from '../kernel/json.ts'
import type { Locale } from '../kernel/locale.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Result } from '../kernel/result.ts'
import type { TextValue } from '../kernel/text.ts'
import type { FieldValue, ValueType } from '../kernel/value-kind.ts'
import type { FieldModel, FormModel } from '../model.ts'
import type { Field, FieldOf, FieldTypeName, fieldSchemas } from './schemas.ts'

/** What is wrong with one value; whoever knows the field's place puts it before the path. */
export type FieldProblem = Omit<Problem, 'path'> & {
  /** Place inside the value: row and column of a sub-table. Absent: the value as a whole. */
  readonly path?: string
  /** What else is wrong, in other places of it. */
  readonly further?: readonly FieldProblem[]
}

export type FieldTraits = {
  /** Records have a value for it. */
  readonly holdsValue: boolean
  /** People enter it; otherwise the system gives it (formula, serial, stage). */
  readonly entered: boolean
  /** The system counts it: a serial number. Absent: no. */
  readonly numbered?: boolean
  /** Holds the stage of the record. Absent: no. */
  readonly isStage?: boolean
  /** Computed from other values whenever they change. Absent: no. */
  readonly computed?: boolean
  /** The value is rows with cells, each with a place of its own; its text is for reading only. Absent: no. */
  readonly holdsRows?: boolean
  /** Says where on Earth something is. Absent: no. */
  readonly isPlace?: boolean
  /** The value is a list. */
  readonly multiple: boolean
  readonly sortable: boolean
  /** Sums and means make sense. */
  readonly aggregatable: boolean
  /** Full text search looks into it. */
  readonly searchable: boolean
}

export type Choice = {
  readonly id: string
  readonly label: TextValue
  readonly tone?: string | undefined
  /** Kept for old records, not offered any more. */
  readonly retired?: boolean | undefined
}

export type NormaliseContext = {
  readonly form: FormModel
  readonly locale?: Locale
  /** Zone of times written without one; absent: such times are refused. */
  readonly zone?: string
  /** Version of the record the value is written for; names new rows. Absent: 0. */
  readonly revision?: number
}

export type TextContext = {
  readonly locale: Locale
  readonly zone: string
  readonly form: FormModel
  /** Name of a referenced person, department, record or file; undefined: its id is shown. */
  readonly nameOf?: (target: NonNullable<FieldModel['target']>, id: string) => string | undefined
}

/** `raw` normalises to `value`; `text` is the value in English. Shown in documentation and proved by the catalogue test. */
export type FieldExample<F extends Field> = {
  readonly field: F
  readonly raw: unknown
  readonly value: FieldValue
  readonly text: string
}

/** The meaning of a field type. Everything else (columns, operators, report dimensions) is derived from the value type. */
export interface FieldBehaviour<K extends FieldTypeName> {
  readonly name: K
  readonly title: { readonly 'zh-CN': string; readonly en: string }
  readonly schema: (typeof fieldSchemas)[K]
  readonly traits: FieldTraits
  /** Undefined: the field holds no value. */
  valueType(field: FieldOf<K>, context: { readonly currency: string }): ValueType | undefined
  /** Which field of the record that a link leads to it shows; it is read there, never stored. Absent: its values are its own. */
  shows?(field: FieldOf<K>): { readonly link: string; readonly field: string }
  /** What a reference points to. */
  target?(field: FieldOf<K>, app: string): FieldModel['target']
  /** JSON Schema (draft-07) of a value that is not blank, in its canonical JSON form. */
  valueSchema(field: FieldOf<K>, form: FormModel): JsonObject
  /**
   * The canonical value of what somebody wrote or sent: forgiving about spelling, strict about meaning. Blank input is
   * null; a canonical value is returned unchanged. Does not ask whether a value is required, unique or exists.
   */
  normalise(raw: unknown, field: FieldOf<K>, context: NormaliseContext): Result<FieldValue, FieldProblem>
  /** The value in words; '' for blank. What it writes, `normalise` reads, except names of references. */
  toText(value: FieldValue, field: FieldOf<K>, context: TextContext): string
  /** Order of two values: blanks first, then as both databases sort them. */
  compare(a: FieldValue, b: FieldValue, field: FieldOf<K>): number
  /** Value of a new record when nothing says another. */
  initial?(field: FieldOf<K>, form: FormModel): FieldValue
  /** The values to choose from, in order. */
  options?(field: FieldOf<K>, form: FormModel): readonly Choice[]
  /** Problems of the definition that its schema cannot express; paths are below the field. */
  check?(field: FieldOf<K>): readonly Problem[]
  readonly examples: readonly [FieldExample<FieldOf<K>>, FieldExample<FieldOf<K>>, ...FieldExample<FieldOf<K>>[]]
}

/** A behaviour whose type name is not known at this place. */
export type AnyFieldBehaviour = FieldBehaviour<FieldTypeName>
