import type { AssignmentDefinition } from '../definitions/assignment.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import type { FormLookup, FormModel } from '../model.ts'
import type { AssignmentRow } from '../pipeline/rows.ts'
import type { Person, Workload } from '../pipeline/world.ts'

export type AssignmentInput = {
  readonly candidates: readonly { readonly person: Person; readonly workload: Workload; readonly onShift: boolean }[]
  readonly facts: Facts
  readonly form: FormModel | undefined
  readonly lookup: FormLookup
}
export type Choice = { readonly chosen: Id | null; readonly ranking: AssignmentRow['candidates'] }

export function choosePerson(_strategy: AssignmentDefinition, _input: AssignmentInput): Choice {
  return { chosen: null, ranking: [] }
}
