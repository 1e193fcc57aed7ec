import { predicateOf } from '../conditions/predicate-of.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import type { Facts } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'

/** The rules whose condition holds, in the order given: the compiled path, also used for bulk work and filters. */
export const holdingRules = (rules: readonly RuleDefinition[], facts: Facts, form: FormModel, lookup: FormLookup): readonly RuleDefinition[] =>
  rules.filter((rule) => rule.if === undefined || predicateOf(rule.if, form, lookup)(facts))
