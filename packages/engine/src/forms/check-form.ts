import { conditionReads } from '../conditions/reads.ts'
import { checkField } from '../fields/field.ts'
import type { Field } from '../fields/schemas.ts'
import { compileFormula } from '../formulas/compile.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { orderFormulas } from './dependencies.ts'
import { ownReads } from './reads.ts'

/**
 * What is wrong with a form's fields beyond its schema: an id used twice, a pattern, bounds or default that make no
 * sense, a formula that does not compile or that goes in a circle. Paths are in the form's document.
 */
export function checkForm(form: FormModel, lookup: FormLookup): readonly Problem[] {
  const { fields } = form.definition
  const places = new Map(fields.map(({ id }, index) => [id, index]))
  const own = fields.flatMap((field, index) => [
    ...(form.fields.get(field.id)?.definition === field
      ? []
      : [problem('document.duplicateId', pointer('fields', index, 'id'), { id: field.id })]),
    ...checkField(field, form, pointer('fields', index)),
  ])
  const compiled = fields.flatMap((field, index) => {
    const model = form.fields.get(field.id)
    if (!('formula' in field) || !model) return []
    return [
      {
        id: field.id,
        at: pointer('fields', index, 'formula'),
        result: compileFormula(field.formula, { form, lookup, resultType: model.value }),
      },
    ]
  })
  const broken = compiled.flatMap(({ at, result }) =>
    result.ok ? [] : result.error.map((found) => ({ ...found, path: at + found.path })),
  )
  const readers = compiled.flatMap(({ id, result }) => (result.ok ? [{ id, reads: ownReads(result.value.reads) }] : []))
  const circles = orderFormulas(readers).cycles.map((cycle) => {
    const [first = ''] = cycle
    return problem('formula.cycle', pointer('fields', places.get(first) ?? 0, 'formula'), {
      cycle: [...cycle, first].join(' → '),
    })
  })
  return [...own, ...broken, ...circles, ...fields.flatMap((field, index) => checkRows(field, form, index))]
}

/** Formulas of columns: they compile over the row, go in no circle, and read nothing but it, as they are stored with it. */
function checkRows(field: Field, form: FormModel, index: number): readonly Problem[] {
  const rows = form.fields.get(field.id)?.rows
  if (!rows) return []
  const path = (found: Problem) => ({ ...found, path: pointer('fields', index) + found.path })
  // Ids, patterns and bounds of columns are said by the field itself.
  const formulas = checkForm(rows, () => undefined).filter(({ code }) => code.startsWith('formula.'))
  const foreign = rows.definition.fields.flatMap((column, at) => {
    const compiled = 'formula' in column ? compileFormula(column.formula, { form: rows }) : undefined
    const beyond = compiled?.ok
      ? compiled.value.reads.find(({ fact, path: parts }) => fact !== 'record' || parts.length !== 1)
      : undefined
    if (!beyond) return []
    const name = [...(beyond.fact === 'record' ? [] : [beyond.fact]), ...beyond.path].join('.')
    return [problem('table.formula', pointer('fields', at, 'formula'), { label: field.label, name })]
  })
  const conditions = rows.definition.fields.flatMap((column, at) => {
    const reads = column.visibleWhen ? conditionReads(column.visibleWhen, rows) : []
    const beyond = reads.find(({ fact, path: parts }) => fact === 'record' && parts.length > 1)
    if (!beyond) return []
    const details = { label: field.label, name: beyond.path.join('.') }
    return [problem('table.condition', pointer('fields', at, 'visibleWhen'), details)]
  })
  return [...formulas, ...foreign, ...conditions].map(path)
}
