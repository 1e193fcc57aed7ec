import { compileCondition, type Predicate } from '../conditions/compile.ts'
import { compileValue } from '../conditions/evaluate-value.ts'
import { conditionReads } from '../conditions/reads.ts'
import type { Condition } from '../definitions/condition.ts'
import type { Facts, RecordFacts } from '../facts.ts'
import type { AnyFieldBehaviour } from '../fields/contract.ts'
import { behaviourOf } from '../fields/field.ts'
import type { Field } from '../fields/schemas.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { TextValue } from '../kernel/text.ts'
import { type FieldValue, isTable, type TableRow } from '../kernel/value-kind.ts'
import type { FieldModel, FormLookup, FormModel } from '../model.ts'
import { orderFormulas } from './dependencies.ts'
import { oncePerForm } from './memo.ts'
import { ownReads, readsAll } from './reads.ts'

export type CompiledField = {
  readonly model: FieldModel
  readonly definition: Field
  readonly behaviour: AnyFieldBehaviour
  /** The field's own condition and that of its section. */
  readonly isVisible: Predicate
  /** Undefined: the definition says nothing. */
  readonly isRequired: Predicate | undefined
  readonly isReadOnly: Predicate | undefined
  readonly defaultValue: ((facts: Facts) => FieldValue) | undefined
  /** What it begins with when the record comes over the public form. */
  readonly publicValue: ((facts: Facts) => FieldValue) | undefined
}
export type CompiledFormula = {
  readonly id: string
  /** Fields of the record itself; a path through a link counts as its link field. */
  readonly reads: readonly string[]
  readonly followsLinks: boolean
  /** Computes the cells of a sub-table, which is itself entered. */
  readonly ofRows?: true
  readonly evaluate: (facts: Facts) => FieldValue
}
type CompiledCheck = {
  readonly id: string
  readonly at: string
  readonly message: TextValue
  readonly reads: readonly string[]
  readonly holds: Predicate
}
export type CompiledForm = {
  readonly fields: readonly CompiledField[]
  readonly byId: ReadonlyMap<string, CompiledField>
  /** In the order in which they can be computed. */
  readonly formulas: readonly CompiledFormula[]
  readonly checks: readonly CompiledCheck[]
}

/** Everything a form's definition says that can be computed, compiled once per form and the forms it links to. */
export const compiledForm = oncePerForm((form: FormModel, lookup: FormLookup): CompiledForm => {
  const authored = [...form.fields.values()].flatMap((model) =>
    model.definition ? [{ model, definition: model.definition }] : [],
  )
  const formulas = authored.flatMap(({ model, definition }) => compileComputed(model, definition, form, lookup) ?? [])
  const fields = authored.map(({ model, definition }) => compileField(model, definition, form, lookup))
  return {
    fields,
    byId: new Map(fields.map((field) => [field.model.id, field])),
    formulas: [
      ...authored.flatMap(({ model }) => compileRows(model) ?? []),
      ...orderFormulas(formulas.filter(({ reads }) => !readsAll(reads))).order,
      ...formulas.filter(({ reads }) => readsAll(reads)),
    ],
    checks: (form.definition.checks ?? []).map(({ id, at, message, must }) => ({
      id,
      at,
      message,
      reads: ownReads(conditionReads(must, form, lookup)),
      holds: compileCondition(must, form, lookup),
    })),
  }
})

function compileField(model: FieldModel, definition: Field, form: FormModel, lookup: FormLookup): CompiledField {
  const compile = (condition: Condition | undefined) =>
    condition ? compileCondition(condition, form, lookup) : undefined
  const own = compile(definition.visibleWhen)
  const section = sectionPredicate(definition.id, form, lookup)
  const asked = 'required' in definition || 'requiredWhen' in definition ? definition : undefined
  return {
    model,
    definition,
    behaviour: behaviourOf(definition),
    isVisible: (facts) => (own?.(facts) ?? true) && section(facts),
    isRequired: asked?.required ? () => true : compile(asked?.requiredWhen),
    isReadOnly: 'readOnlyWhen' in definition ? compile(definition.readOnlyWhen) : undefined,
    defaultValue:
      'default' in definition && definition.default !== undefined
        ? compileValue(definition.default, form, lookup, model.value)
        : undefined,
    publicValue: compilePublicValue(model, form, lookup),
  }
}

function compilePublicValue(model: FieldModel, form: FormModel, lookup: FormLookup): CompiledField['publicValue'] {
  const values = form.definition.publicForm?.values
  const value = values && Object.hasOwn(values, model.id) ? values[model.id] : undefined
  return value === undefined ? undefined : compileValue(value, form, lookup, model.value)
}

const always: Predicate = () => true

/** A field is where its sections are: visible if one of them is, or if no section has it. */
function sectionPredicate(id: string, form: FormModel, lookup: FormLookup): Predicate {
  const sections = (form.definition.layout ?? []).filter(({ items }) =>
    items.some((item) => (typeof item === 'string' ? item : item.field) === id),
  )
  if (sections.length === 0 || sections.some(({ visibleWhen }) => visibleWhen === undefined)) return always
  const conditions = sections.flatMap(({ visibleWhen }) =>
    visibleWhen ? [compileCondition(visibleWhen, form, lookup)] : [],
  )
  return (facts) => conditions.some((condition) => condition(facts))
}

function compileComputed(
  model: FieldModel,
  definition: Field,
  form: FormModel,
  lookup: FormLookup,
): CompiledFormula | undefined {
  if (!('formula' in definition)) return undefined
  const compiled = compileFormula(definition.formula, { form, lookup, resultType: model.value })
  const behaviour = behaviourOf(definition)
  const reads = compiled.ok ? compiled.value.reads : []
  return {
    id: model.id,
    reads: ownReads(reads),
    followsLinks: reads.some(
      ({ fact, path }) => fact === 'record' && path.length > 1 && !form.fields.get(path[0] ?? '')?.rows,
    ),
    evaluate(facts) {
      if (!compiled.ok) return null
      const value = behaviour.normalise(compiled.value.evaluate(facts).value, definition, { form })
      return value.ok ? value.value : null
    },
  }
}

/** The formulas of a sub-table's columns as one formula of the table. It reads the table it writes, so it is in no order. */
function compileRows({ id, rows }: FieldModel): CompiledFormula | undefined {
  if (!rows || compiledForm(rows, undefined).formulas.length === 0) return undefined
  return {
    id,
    reads: [id],
    followsLinks: false,
    ofRows: true,
    evaluate: (facts) => computedRows(facts.record?.[id], rows, facts),
  }
}

/** Rows with their formulas computed anew. A formula sees the columns of its own row and nothing else; where its column is not visible it is blank. */
export function computedRows(
  value: FieldValue | undefined,
  rows: FormModel,
  { now, zone }: Pick<Facts, 'now' | 'zone'>,
): FieldValue {
  if (!isTable(value)) return null
  const { formulas, byId } = compiledForm(rows, undefined)
  return value.map((row): TableRow => {
    const cells: Record<string, FieldValue> = { ...row }
    for (const formula of formulas) {
      const facts = { now, zone, record: cells as RecordFacts }
      cells[formula.id] = byId.get(formula.id)?.isVisible(facts) === false ? null : formula.evaluate(facts)
    }
    const kept = [...rows.fields.keys()].flatMap((column) => {
      const cell = cells[column]
      return cell === null || cell === undefined ? [] : [[column, cell] as const]
    })
    return { id: row.id, ...(Object.fromEntries(kept) as object) }
  })
}
