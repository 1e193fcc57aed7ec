import { isRef } from '../conditions/operand.ts'
import { readFact, refParts } from '../conditions/read-fact.ts'
import type { DecisionDefinition } from '../definitions/decision.ts'
import type { ValueExpression } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import type { FormulaNode } from '../formulas/ast.ts'
import { evaluateWithin, type FormulaRead, type FormulaScope } from '../formulas/compile.ts'
import { fromJson, misfit, toFieldValue } from '../formulas/convert.ts'
import { Environment, type FormulaWarning } from '../formulas/environment.ts'
import { compileNode } from '../formulas/evaluate/compile-node.ts'
import type { Evaluate, Scope } from '../formulas/evaluate/scope.ts'
import { FormNames } from '../formulas/form-names.ts'
import { type Dialect, parseFormula } from '../formulas/parse.ts'
import { valueToText } from '../formulas/values/to-text.ts'
import { isContext, isList, type Value } from '../formulas/values/value.ts'
import { pointer } from '../kernel/pointer.ts'
import type { Problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import { applyHitPolicy, type Choice, type HitFault } from './hit-policy.ts'

/** A warning of a cell's formula, with the place of the cell inside the document; or why rows that hit give nothing. */
export type DecisionWarning = { readonly code: FormulaWarning['code'] | HitFault; readonly path: string }

export type DecisionOutcome = {
  /** By output column; a list under policies that give several. Null: nothing was decided. */
  readonly outputs: { readonly [output: string]: FieldValue }
  /** Ids of the rows that count, from the top; none: the default. */
  readonly rows: readonly string[]
  /** Whether the outputs are the defaults because no row hit. */
  readonly isDefault: boolean
  /** What the input columns gave, as text, for whoever asks why. */
  readonly inputs: { readonly [input: string]: string }
  readonly warnings: readonly DecisionWarning[]
}

export type DecisionTable = {
  readonly definition: DecisionDefinition
  /** Every fact and path its expressions and cells look at. */
  readonly reads: readonly FormulaRead[]
  /** Total: what cannot be computed is null with a warning. Same facts, same outcome. */
  decide(facts: Facts): DecisionOutcome
  /** The same as FEEL values: one output's value, or a context of them (DMN 1.5 §8.3.3). */
  value(facts: Facts): Value
}

/** A cell: its input column and its tests, shared by all rows with the same text. */
type Cell = { readonly column: number; readonly test: number; readonly path: string }
type Row = { readonly id: string; readonly cells: readonly Cell[]; readonly outputs: readonly Output[] }
type Output = { readonly evaluate: Evaluate; readonly path: string; readonly ast: FormulaNode }

const nowhere: FormulaNode = { kind: 'null', from: 0, to: 0 }
const inputSlot = 0

/**
 * Compiles a decision table once. Problems carry the place of the cell inside the document (`/rows/3/when/level`) and
 * where in its text they are.
 */
export function compileDecision(
  definition: DecisionDefinition,
  scope: FormulaScope = {},
): Result<DecisionTable, Problem[]> {
  return new Compiler(definition, scope).table()
}

class Compiler {
  private readonly definition: DecisionDefinition
  private readonly scope: FormulaScope
  private readonly problems: Problem[] = []
  private readonly reads: FormulaRead[] = []
  private readonly slots = { next: inputSlot + 1 }
  /** Tests by column and text: a thousand rows rarely hold more than a dozen different cells in a column. */
  private readonly tests: Evaluate[] = []
  private readonly known = new Map<string, number>()

  constructor(definition: DecisionDefinition, scope: FormulaScope) {
    this.definition = definition
    this.scope = scope
  }

  table(): Result<DecisionTable, Problem[]> {
    const { inputs, outputs, rows } = this.definition
    const expressions = inputs.map((input, at) => this.formula(input.expression, pointer('inputs', at, 'expression')))
    const compiled = rows.map(
      (row, at): Row => ({
        id: row.id,
        cells: inputs.flatMap(({ id }, column): Cell[] => {
          const text = row.when?.[id]?.trim() ?? '-'
          const path = pointer('rows', at, 'when', id)
          return text === '-' ? [] : [{ column, test: this.test(column, text, path), path }]
        }),
        outputs: outputs.map(({ id }) => this.entry(row.then[id] ?? null, pointer('rows', at, 'then', id))),
      }),
    )
    const defaults = outputs.map(({ default: entry }, at) =>
      entry === undefined ? undefined : this.entry(entry, pointer('outputs', at, 'default')),
    )
    if (this.problems.length > 0) return fail(this.problems)
    const { definition, slots, tests } = this
    const decided = (facts: Facts) =>
      new Run(definition, facts, slots.next, tests).decide(expressions, compiled, defaults)
    return ok({
      definition,
      reads: this.reads,
      decide: (facts) => outcomeOf(decided(facts), definition, facts.zone),
      value: (facts) => decided(facts).choice.value,
    })
  }

  private formula(text: string, path: string): Output {
    return { ...this.compile(text, 'expression', path), path }
  }

  private entry(entry: ValueExpression, path: string): Output {
    if (isRef(entry)) {
      const { fact, path: parts } = refParts(entry.ref)
      const { form, lookup } = this.scope
      return { evaluate: (env) => fromJson(readFact(env.facts, fact, parts, form, lookup)), path, ast: nowhere }
    }
    if (typeof entry === 'object' && entry !== null && 'formula' in entry)
      return this.formula(entry.formula, `${path}/formula`)
    const value = fromJson(entry)
    return { evaluate: () => value, path, ast: nowhere }
  }

  private test(column: number, text: string, path: string): number {
    const key = `${column} ${text}`
    const known = this.known.get(key)
    if (known !== undefined) return known
    const at = this.tests.push(this.compile(text, 'unaryTests', path).evaluate) - 1
    this.known.set(key, at)
    return at
  }

  private compile(text: string, dialect: Dialect, path: string): Pick<Output, 'evaluate' | 'ast'> {
    const parsed = parseFormula(text, dialect)
    const at = (found: Problem): Problem => ({ ...found, path })
    if (!parsed.ok) {
      this.problems.push(...parsed.error.map(at))
      return { evaluate: () => null, ast: nowhere }
    }
    const names = new FormNames(text, this.scope)
    const root: Scope = { kind: 'root', names, slots: this.slots }
    const inside: Scope = { kind: 'variables', parent: root, slots: new Map([['?', inputSlot]]) }
    const evaluate = compileNode(parsed.value, dialect === 'unaryTests' ? inside : root)
    this.problems.push(...names.problems.map(at))
    this.reads.push(...names.found)
    return { evaluate, ast: parsed.value }
  }
}

type Decided = {
  readonly inputs: readonly Value[]
  readonly rows: readonly string[]
  readonly isDefault: boolean
  readonly choice: Choice
  readonly warnings: readonly DecisionWarning[]
}

/** One evaluation: every distinct cell is tested at most once. */
class Run {
  private readonly definition: DecisionDefinition
  private readonly env: Environment
  private readonly tests: readonly Evaluate[]
  private readonly tested: (boolean | undefined)[]
  private readonly warnings: DecisionWarning[] = []
  private told = 0

  constructor(definition: DecisionDefinition, facts: Facts, slots: number, tests: readonly Evaluate[]) {
    this.definition = definition
    this.tests = tests
    this.tested = new Array<boolean | undefined>(tests.length).fill(undefined)
    this.env = new Environment(facts, slots, facts.zone)
  }

  decide(expressions: readonly Output[], rows: readonly Row[], defaults: readonly (Output | undefined)[]): Decided {
    const inputs = expressions.map((expression) => this.output(expression))
    const isFirst = this.definition.hitPolicy === 'first'
    const hits: Row[] = []
    for (const row of rows) {
      if (!row.cells.every((cell) => this.passes(cell, inputs))) continue
      hits.push(row)
      if (isFirst) break
    }
    if (hits.length === 0) return this.noHit(inputs, defaults)
    const choice = applyHitPolicy(
      this.definition,
      hits.map((row) => row.outputs.map((output) => this.output(output))),
      this.env.zone,
    )
    if (choice.fault) this.warnings.push({ code: choice.fault, path: '/hitPolicy' })
    return {
      inputs,
      rows: choice.counting.flatMap((at) => hits[at]?.id ?? []),
      isDefault: false,
      choice,
      warnings: this.warnings,
    }
  }

  private noHit(inputs: readonly Value[], defaults: readonly (Output | undefined)[]): Decided {
    const isGiven = defaults.some((one) => one !== undefined)
    const choice = isGiven
      ? applyHitPolicy(
          { ...this.definition, hitPolicy: 'first' },
          [defaults.map((one) => (one ? this.output(one) : null))],
          this.env.zone,
        )
      : applyHitPolicy(this.definition, [], this.env.zone)
    return { inputs, rows: [], isDefault: isGiven, choice, warnings: this.warnings }
  }

  private passes({ column, test, path }: Cell, inputs: readonly Value[]): boolean {
    const known = this.tested[test]
    if (known !== undefined) return known
    this.env.locals[inputSlot] = inputs[column] ?? null
    const passes = this.evaluate(this.tests[test], nowhere, path) === true
    this.tested[test] = passes
    return passes
  }

  private output({ evaluate, ast, path }: Output): Value {
    return this.evaluate(evaluate, ast, path)
  }

  private evaluate(evaluate: Evaluate | undefined, ast: FormulaNode, path: string): Value {
    const value = evaluate ? evaluateWithin(evaluate, this.env, ast) : null
    const warnings = this.env.warnings ?? []
    for (; this.told < warnings.length; this.told++) {
      const found = warnings[this.told]
      if (found) this.warnings.push({ code: found.code, path })
    }
    return value
  }
}

function outcomeOf(
  { inputs, rows, isDefault, choice, warnings }: Decided,
  definition: DecisionDefinition,
  zone: string,
): DecisionOutcome {
  const written = (value: Value): FieldValue => {
    const field = toFieldValue(value, undefined, zone)
    return field === misfit ? null : field
  }
  return {
    outputs: Object.fromEntries(
      definition.outputs.map(({ id }, at) => [id, written(choice.columns[at] ?? null)] as const),
    ),
    rows,
    isDefault,
    inputs: Object.fromEntries(definition.inputs.map(({ id }, at) => [id, shownValue(inputs[at] ?? null)] as const)),
    warnings,
  }
}

const shownValue = (value: Value): string =>
  value === null ? '' : isList(value) || isContext(value) ? valueToText(value).slice(0, 200) : valueToText(value)
