import type { NodeOf } from '../definitions/flow.ts'
import type { Facts } from '../facts.ts'
import type { Problem } from '../kernel/problem.ts'
import type { FieldValue, RecordData } from '../kernel/value-kind.ts'
import type { FormLookup } from '../model.ts'

/** What somebody may do with a field, from `fieldRights`. A field without an entry is hidden. */
export type Rights = ReadonlyMap<string, 'hidden' | 'read' | 'edit'>
/** The `fields` of a user task: what its person sees and must fill. Fields of older forms are passed over. */
export type Mask = NonNullable<NodeOf<'userTask'>['fields']>

/**
 * Who stands behind a submission.
 * - `person`: everything is asked: rights, mask, visibility, read-only, required, checks.
 * - `system` (a rule, a flow): sets any stored field, stage and serial number too; values and checks are still asked.
 * - `history` (declared old records): values only; nothing is defaulted, demanded or checked.
 */
export type Authority = 'person' | 'system' | 'history'

export type FormInput = {
  readonly mode: 'create' | 'edit'
  /** The submission: changed fields only, in any spelling. null or '' clears; absent leaves as it is. */
  readonly data: { readonly [field: string]: unknown }
  /**
   * `record`: the stored record with its system fields (for a new one: what the system gives it, if anything).
   * `linked` must know the records that submitted links point to. `previous` is set here.
   */
  readonly facts: Facts
  readonly rights: Rights
  readonly mask?: Mask | undefined
  readonly lookup?: FormLookup | undefined
  /** Absent: person. */
  readonly authority?: Authority | undefined
  /** Comes over the public form: the values it names stand in for the defaults of the fields. Absent: no. */
  readonly isPublic?: boolean | undefined
  /**
   * The facts hold only what the person may see, as in a browser: computed values that read anything else keep their
   * stored value. Absent: the facts are complete.
   */
  readonly partial?: boolean | undefined
}

export type FieldState = {
  readonly visible: boolean
  readonly editable: boolean
  readonly required: boolean
  /** null when blank or not visible. */
  readonly value: FieldValue
}

export type FormState = {
  /** Authored fields the person may know of, in order; hidden ones are not in it. */
  readonly fields: ReadonlyMap<string, FieldState>
  /** The whole record after the submission, normalised; blanks are absent. For storing, not for showing. */
  readonly data: RecordData
  /** Computed values, those that are not stored included. */
  readonly computed: RecordData
  /** Stored fields whose value differs from before. */
  readonly changed: readonly string[]
  readonly problems: readonly Problem[]
}
