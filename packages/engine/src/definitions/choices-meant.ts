import { isFormula, isLeaf } from '../conditions/compile.ts'
import { pathParts, resolvePath } from '../conditions/read-fact.ts'
import type { Choice } from '../fields/contract.ts'
import { fieldOptions } from '../fields/field.ts'
import { childrenOf, type FormulaNode, pathOf } from '../formulas/ast.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { FieldModel, FormLookup, FormModel } from '../model.ts'
import type { Condition } from './condition.ts'
import type { Target } from './target.ts'

/** A field with choices, in its form. */
export type ChoiceField = { readonly field: FieldModel; readonly form: FormModel }
type Scope = { readonly form: FormModel | undefined; readonly lookup: FormLookup }

/** The choices that literal values of a field are: options, or the stages of a stage field. Named by their ids. */
export function choicesOf({ field, form }: ChoiceField, values: readonly unknown[]): readonly Target[] {
  const choices = fieldOptions(field, form)
  return values.flatMap((value) =>
    choices.some((choice: Choice) => choice.id === value) ? [choiceTarget(String(value), field, form)] : [],
  )
}

function choiceTarget(id: string, field: FieldModel, form: FormModel): Target {
  const owner = `${form.app}/${form.id}`
  return field.id === form.stageField
    ? { kind: 'stage', id, in: owner }
    : { kind: 'option', id, in: `${owner}/${field.id}` }
}

/** The choices that a condition compares fields with. */
export function choicesInCondition(condition: Condition, scope: Scope): readonly Target[] {
  if (isLeaf(condition)) {
    if (condition.fact !== 'record' && condition.fact !== 'previous') return []
    const field = choiceFieldAt(pathParts(condition.path), scope)
    return field ? choicesOf(field, [condition.value].flat()) : []
  }
  if (isFormula(condition)) {
    const formula = compiled(condition.formula, scope)
    return formula ? choicesInFormula(formula, scope) : []
  }
  if ('not' in condition) return choicesInCondition(condition.not, scope)
  return ('all' in condition ? condition.all : condition.any).flatMap((part) => choicesInCondition(part, scope))
}

/**
 * The choices that a formula compares fields with or puts beside them in a call: `priority = "urgent"`,
 * `level in ("vip", "key")`, `list contains(tags, "new")`. `subject` is the field that unary tests are about, or that
 * gets the result.
 */
export function choicesInFormula(ast: FormulaNode, scope: Scope, subject?: ChoiceField): readonly Target[] {
  const own = subject ? choicesOf(subject, textsOf(ast)) : []
  return [...own, ...besideFields(ast, scope)]
}

function besideFields(node: FormulaNode, scope: Scope): readonly Target[] {
  const below = childrenOf(node)
  const deeper = below.flatMap((child) => besideFields(child, scope))
  if (node.kind !== 'comparison' && node.kind !== 'in' && node.kind !== 'call') return deeper
  const fields = below.flatMap((child) => {
    const path = pathOf(child)
    return (path && choiceFieldAt(withoutFact(path, scope), scope)) ?? []
  })
  const texts = below.flatMap(textsOf)
  return [...fields.flatMap((field) => choicesOf(field, texts)), ...deeper]
}

/** Texts that a formula can give or tests for, not those it compares something else with. */
function textsOf(node: FormulaNode): readonly string[] {
  if (node.kind === 'text') return [node.value]
  if (node.kind === 'if') return [...textsOf(node.then), ...textsOf(node.otherwise)]
  return node.kind === 'list' || node.kind === 'test' || node.kind === 'unaryTests'
    ? childrenOf(node).flatMap(textsOf)
    : []
}

/** `record.priority` and `previous.priority` are the field as well as `priority`. */
const withoutFact = (path: readonly string[], { form }: Scope): readonly string[] =>
  (path[0] === 'record' || path[0] === 'previous') && !form?.fields.has(path[0]) ? path.slice(1) : path

function choiceFieldAt(path: readonly string[], { form, lookup }: Scope): ChoiceField | undefined {
  const found = form && path.length > 0 ? resolvePath('record', path, form, lookup) : undefined
  if (typeof found !== 'object' || !found.field || !found.form) return undefined
  // The choices of a lookup are those of the field it shows.
  return found.field.shows ?? { field: found.field, form: found.form }
}

/** The field that a formula is the plain name of. */
export function fieldNamed(formula: string, scope: Scope): ChoiceField | undefined {
  const ast = compiled(formula, scope)
  const path = ast && pathOf(ast)
  return path && choiceFieldAt(withoutFact(path, scope), scope)
}

function compiled(formula: string, { form, lookup }: Scope): FormulaNode | undefined {
  const result = compileFormula(formula, { ...(form ? { form } : {}), lookup })
  return result.ok ? result.value.ast : undefined
}
