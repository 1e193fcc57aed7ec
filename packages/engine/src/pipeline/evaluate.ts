import { fieldRights } from '../access/access.ts'
import { evaluateForm } from '../forms/evaluate-form.ts'
import type { Authority, FormState, Mask, Rights } from '../forms/types.ts'
import type { FormModel } from '../model.ts'
import type { Values } from './commands.ts'
import { factsOf, linkedOf, lookupFrom } from './facts-of.ts'
import type { RecordRow } from './rows.ts'
import type { Work } from './work.ts'

/** By which door values come: a person's form, a person's task (its mask opens fields), the system itself, or history. */
export type Door = 'person' | 'task' | 'system' | 'history'

export type Evaluation = {
  readonly row: RecordRow
  readonly isNew: boolean
  readonly values: Values
  readonly door: Door
  readonly mask?: Mask
}

const authority: { readonly [D in Door]: Authority } = {
  person: 'person',
  task: 'person',
  system: 'system',
  history: 'history',
}

/** The one evaluator, asked for this submission: the record as it would be, and all problems at once. */
export async function evaluate(work: Work, form: FormModel, evaluation: Evaluation): Promise<FormState> {
  const { row, isNew, values, door, mask } = evaluation
  const linked = await linkedOf(work, row, (field) => submitted(values, field) ?? row.data[field])
  const facts = await factsOf(work, row, { linked })
  const lookup = lookupFrom(work, row.app)
  return evaluateForm(form, {
    mode: isNew ? 'create' : 'edit',
    data: values,
    facts,
    rights: door === 'person' || door === 'task' ? rightsFor(work, form, evaluation, facts) : new Map(),
    lookup,
    authority: authority[door],
    isPublic: work.command.principal.kind === 'stranger' && door === 'person',
    ...(mask ? { mask } : {}),
  })
}

/** A task opens the fields its mask names, even to people who may not change the record otherwise; hidden stays hidden. */
function rightsFor(
  work: Work,
  form: FormModel,
  { row, isNew, door, mask = {} }: Evaluation,
  facts: Parameters<typeof fieldRights>[2],
): Rights {
  const rights = fieldRights(
    form,
    work.command.principal,
    facts,
    lookupFrom(work, row.app),
    isNew ? 'create' : 'update',
  )
  if (door !== 'task') return rights
  const opened = Object.entries(mask)
    .filter(([, word]) => word === 'edit' || word === 'required')
    .map(([field]) => field)
  return new Map(
    [...rights].map(([field, right]) => [
      field,
      right === 'hidden' ? 'hidden' : opened.includes(field) ? 'edit' : 'read',
    ]),
  )
}

/** A submitted text: good enough to find what links point to before anything is normalised. */
const submitted = (values: Values, field: string): string | undefined => {
  const value = values[field]
  return typeof value === 'string' ? value : undefined
}
