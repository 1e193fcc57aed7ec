import { fieldWord } from '../access/entries.ts'
import type { AccessEntry } from '../definitions/form.ts'
import { compileFormula } from '../formulas/compile.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem, warning } from '../kernel/problem.ts'
import type { FormModel } from '../model.ts'
import type { Check, LintContext } from './context.ts'

/**
 * What a role may not see it must not be able to work out: a formula that reads a hidden field is hidden by the same
 * entry, or its author says by name that it may be read. The title is such a formula, and everybody reads it. The same
 * goes for a formula that reads a lookup of a field which is hidden where it is.
 */
export const accessLeaks: Check = (context) =>
  [...context.app.forms.values()].flatMap((form) => {
    const computed = computedFields(form, context)
    return entriesOf(form).flatMap(({ entry, path }) =>
      entry.can.includes('read') ? [...leaks(entry, path, computed), ...shownLeaks(entry, path, form, computed)] : [],
    )
  })

/** A right on rows that nothing lets the role read is a right it never has. */
export const accessBlind: Check = ({ app }) =>
  [...app.forms.values()].flatMap((form) => {
    const entries = entriesOf(form)
    const reads = (role: string) =>
      entries.some(({ entry }) => entry.can.includes('read') && (entry.role === role || entry.role === '*'))
    return entries.flatMap(({ entry, path }) => {
      const right = entry.can.find((one) => one !== 'create' && one !== 'import' && one !== 'read')
      return right !== undefined && !reads(entry.role)
        ? [warning('access.readMissing', path, { role: entry.role, right })]
        : []
    })
  })

const entriesOf = (form: FormModel) =>
  (form.definition.access ?? []).map((entry, at) => ({ entry, path: `/forms/${form.id}.json${pointer('access', at)}` }))

function leaks(
  entry: AccessEntry,
  path: string,
  computed: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Problem[] {
  const hidden = Object.entries(entry.fields ?? {}).flatMap(([field, word]) => (word === 'hidden' ? [field] : []))
  return hidden.flatMap((field) =>
    [...computed]
      .filter(([by, reads]) => reads.has(field) && fieldWord(entry, by) === undefined)
      .map(([by]) => problem('access.hiddenButShown', `${path}${pointer('fields', field)}`, { field, by })),
  )
}

/** A lookup is hidden from a role that may never read there what it shows: no formula may give it away either. */
function shownLeaks(
  entry: AccessEntry,
  path: string,
  form: FormModel,
  computed: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Problem[] {
  const unseen = [...form.fields.values()].filter(
    ({ id, shows }) => shows && fieldWord(entry, id) !== 'hidden' && !mayRead(entry.role, shows.form, shows.field.id),
  )
  return unseen.flatMap(({ id: field }) =>
    [...computed]
      .filter(([by, reads]) => reads.has(field) && fieldWord(entry, by) === undefined)
      .map(([by]) => problem('access.hiddenButShown', path, { field, by })),
  )
}

/** Whether somebody of the role can read the field in some rows. */
const mayRead = (role: string, form: FormModel, field: string): boolean =>
  (form.definition.access ?? []).some(
    (entry) =>
      (entry.role === role || entry.role === '*') && entry.can.includes('read') && fieldWord(entry, field) !== 'hidden',
  )

/** Computed fields and the title, each with every field of the record it depends on, through other formulas too. */
function computedFields(form: FormModel, { lookup }: LintContext): ReadonlyMap<string, ReadonlySet<string>> {
  const formulas = form.definition.fields.flatMap((field) =>
    'formula' in field ? [[field.id, field.formula] as const] : [],
  )
  const direct = new Map(
    [...formulas, ['title', form.definition.title.formula] as const].map(([id, text]) => [id, readsOf(text)]),
  )
  return new Map([...direct.keys()].map((id) => [id, closure(id, direct)]))

  function readsOf(text: string): readonly string[] {
    const formula = compileFormula(text, { form, lookup })
    return formula.ok ? formula.value.reads.flatMap(({ fact, path }) => (fact === 'record' ? (path[0] ?? []) : [])) : []
  }
}

function closure(id: string, direct: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>()
  const open = [...(direct.get(id) ?? [])]
  for (let field = open.pop(); field !== undefined; field = open.pop()) {
    if (seen.has(field)) continue
    seen.add(field)
    open.push(...(direct.get(field) ?? []))
  }
  return seen
}
