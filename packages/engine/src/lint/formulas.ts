import { formAt } from '../definitions/sites.ts'
import { checkForm } from '../forms/check-form.ts'
import { compileFormula, compileUnaryTest } from '../formulas/compile.ts'
import { checkTemplate } from '../messages/render.ts'
import type { Check } from './context.ts'

/** Fields that make sense by themselves: patterns, bounds, defaults, formulas that compile and do not go in a circle. */
export const fields: Check = ({ app, lookup }) =>
  [...app.forms.values()].flatMap((form) =>
    checkForm(form, lookup)
      // Said by `duplicateIds` and `reservedIds`, for every kind of element.
      .filter((found) => found.code !== 'document.duplicateId')
      .map((found) => ({ ...found, path: `/forms/${form.id}.json${found.path}` })),
  )

const isFieldFormula = /^\/forms\/[^/]+(\/fields\/\d+){1,2}\/formula$/

/** Every other formula compiles over the form it stands for. */
export const formulas: Check = ({ sites, lookup }) =>
  sites.flatMap((site) => {
    if (site.type !== 'formula' || isFieldFormula.test(site.path)) return []
    const form = formAt(site, lookup)
    // A row follows no links.
    const formula = compileFormula(site.formula, {
      ...(form ? { form } : {}),
      lookup: site.rows === undefined ? lookup : () => undefined,
    })
    return formula.ok ? [] : formula.error.map((found) => ({ ...found, path: site.path }))
  })

/** Every cell of a decision table holds unary tests over the form. */
export const unaryTests: Check = ({ sites, lookup }) =>
  sites.flatMap((site) => {
    if (site.type !== 'unaryTests') return []
    const form = site.form === undefined ? undefined : lookup(site.form)
    const tests = compileUnaryTest(site.tests, { ...(form ? { form } : {}), lookup })
    return tests.ok ? [] : tests.error.map((found) => ({ ...found, path: site.path }))
  })

/** Every placeholder of a message is something there is. */
export const templates: Check = ({ sites, lookup }) =>
  sites.flatMap((site) => {
    if (site.type !== 'template') return []
    const form = site.form === undefined ? undefined : lookup(site.form)
    return checkTemplate(site.text, { ...(form ? { form } : {}), lookup }, site.path)
  })
