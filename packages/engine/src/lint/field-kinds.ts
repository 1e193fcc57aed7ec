import { resolvePath } from '../conditions/read-fact.ts'
import type { FieldUse } from '../definitions/schema.ts'
import { formMeant, type Site } from '../definitions/sites.ts'
import { behaviourOf } from '../fields/field.ts'
import { isFieldFor } from '../fields/field-uses.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { FieldModel, FormModel } from '../model.ts'
import type { Check, LintContext } from './context.ts'

const unfit = {
  choice: 'reference.notChoice',
  lanes: 'reference.notLanes',
  moment: 'reference.notMoment',
  files: 'reference.notFiles',
  place: 'reference.notPlace',
  link: 'reference.notLink',
  shown: 'reference.notShown',
} as const satisfies { readonly [U in FieldUse]: string }

/** A field must be of a kind that makes sense where it is named, and one that is written must not be computed. */
export const fieldKinds: Check = (context) =>
  context.sites.flatMap((site) => (site.type === 'reference' ? kindProblems(site, context) : []))

function kindProblems(site: Extract<Site, { type: 'reference' }>, context: LintContext): readonly Problem[] {
  const { kinds, sets, fits } = site.rule
  const found = kinds || sets || fits ? fieldAt(site, context) : undefined
  if (!found) return []
  const { field, form } = found
  if (fits && !isFieldFor(fits, field, form)) return [problem(unfit[fits], site.path, { id: site.text })]
  if (sets && isComputed(field)) return [problem('reference.computed', site.path, { id: site.text })]
  if (kinds && !kinds.includes(field.value.kind))
    return [problem('reference.wrongKind', site.path, { id: site.text, kinds })]
  return []
}

function fieldAt(
  { rule, text, form, of }: Extract<Site, { type: 'reference' }>,
  { lookup }: LintContext,
): { readonly field: FieldModel; readonly form: FormModel } | undefined {
  const owner = formMeant({ rule, of }, form === undefined ? undefined : lookup(form), lookup)
  if (!owner) return undefined
  const target = resolvePath('record', rule.path ? text.split('.') : [text], owner, lookup)
  return typeof target === 'object' && target.field ? { field: target.field, form: owner } : undefined
}

const isComputed = ({ system, definition }: FieldModel): boolean =>
  system || (definition !== undefined && behaviourOf(definition).traits.computed === true)
