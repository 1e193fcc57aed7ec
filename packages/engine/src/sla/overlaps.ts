import { predicateOf } from '../conditions/predicate-of.ts'
import type { Facts } from '../facts.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import { policiesOf } from './policy-choice.ts'

/**
 * The policies whose condition a record meets, in the order in which they are tried: the first applies, the others are
 * overlapped by it. A policy without a condition is the default and overlaps nothing.
 */
export const policiesMet = (
  app: AppModel,
  form: FormModel,
  lookup: FormLookup | undefined,
  facts: Facts,
): readonly string[] =>
  policiesOf(app, form.id).flatMap(({ id, when }) =>
    when !== undefined && predicateOf(when, form, lookup)(facts) ? [id] : [],
  )

/** Forms with policies of which none applies to every record: some may have no clock at all. */
export const formsWithoutDefault = (app: AppModel): readonly string[] =>
  [...app.forms.keys()].filter((form) => {
    const policies = policiesOf(app, form)
    return policies.length > 0 && policies.every(({ when }) => when !== undefined)
  })
