import type { AppDefinition } from './definitions/app.ts'
import type { AssignmentDefinition } from './definitions/assignment.ts'
import type { CalendarDefinition } from './definitions/calendar.ts'
import type { DecisionDefinition } from './definitions/decision.ts'
import type { FlowDefinition } from './definitions/flow.ts'
import type { FormDefinition, Stage } from './definitions/form.ts'
import type { MessageDefinition } from './definitions/message.ts'
import type { PolicyDefinition } from './definitions/policy.ts'
import type { RuleDefinition } from './definitions/rule.ts'
import type { ScenarioDefinition } from './definitions/scenario.ts'
import type { Field } from './fields/schemas.ts'
import type { ValueType } from './kernel/value-kind.ts'

/** One form, indexed: what every room asks of a form, computed once per published version. */
export type FormModel = {
  readonly app: string
  readonly id: string
  readonly definition: FormDefinition
  /** Authored and system fields by id (`created_at`, … included). */
  readonly fields: ReadonlyMap<string, FieldModel>
  readonly stages: ReadonlyMap<string, Stage>
  /** The field of type stage, where the form has stages. */
  readonly stageField: string | undefined
}

export type FieldModel = {
  readonly id: string
  /** Absent for system fields. */
  readonly definition: Field | undefined
  readonly system: boolean
  readonly value: ValueType
  /** For references: what they point to. */
  readonly target:
    | { readonly kind: 'record'; readonly app: string; readonly form: string }
    | { readonly kind: 'user' | 'department' | 'file' }
    | undefined
  /** Of a sub-table: what one row is, as a form whose fields are the columns. */
  readonly rows?: FormModel
  /** Kept in a column of the record's table. */
  readonly stored: boolean
  /** Of a lookup: the field of the form behind the link whose values it shows. It is read there and never stored. */
  readonly shows?: { readonly link: string; readonly field: FieldModel; readonly form: FormModel }
}

/** A published app, indexed. Forms of required apps are reached through `form('app/form')`. */
export type AppModel = {
  readonly id: string
  readonly version: number
  readonly definition: AppDefinition
  /** Values of the app's variables on this installation, by id; what has neither value nor default is missing. */
  readonly variables: ReadonlyMap<string, string>
  readonly forms: ReadonlyMap<string, FormModel>
  readonly flows: ReadonlyMap<string, FlowDefinition>
  readonly rules: readonly RuleDefinition[]
  readonly decisions: ReadonlyMap<string, DecisionDefinition>
  readonly policies: readonly PolicyDefinition[]
  readonly calendars: ReadonlyMap<string, CalendarDefinition>
  readonly assignments: ReadonlyMap<string, AssignmentDefinition>
  readonly messages: ReadonlyMap<string, MessageDefinition>
  readonly scenarios: ReadonlyMap<string, ScenarioDefinition>
}

/** Finds a form by the name a link uses: `customer`, or `crm/customer` of another app. */
export type FormLookup = (name: string) => FormModel | undefined
