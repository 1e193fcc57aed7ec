import { checkCompleteness } from '../decisions/completeness.ts'
import { combinationText } from '../decisions/words.ts'
import { documentPath } from '../definitions/build.ts'
import type { DecisionDefinition } from '../definitions/decision.ts'
import { nearestName } from '../kernel/nearest-name.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem, warning } from '../kernel/problem.ts'
import type { FormLookup } from '../model.ts'
import type { Check } from './context.ts'

/** Decision tables: columns there are, what no row covers, rows that meet or are never reached. */
export const decisions: Check = ({ app, lookup }) => {
  const locale = app.definition.locales[0] ?? 'zh-CN'
  return [...app.decisions.values()].flatMap((decision) => {
    const at = documentPath('decision', decision.id)
    const found = [...wrongColumns(decision), ...wrongPolicy(decision)]
    return (found.length > 0 ? found : completeness(decision, lookup, locale)).map((one) => ({
      ...one,
      path: `${at}${one.path}`,
    }))
  })
}

function wrongColumns({ inputs, outputs, rows }: DecisionDefinition): readonly Problem[] {
  const unknown = (names: object, known: readonly { readonly id: string }[], path: string): readonly Problem[] =>
    Object.keys(names)
      .filter((name) => !known.some(({ id }) => id === name))
      .map((id) => {
        const suggestion = nearestName(
          id,
          known.map((one) => one.id),
        )
        return problem('decision.unknownColumn', `${path}${pointer(id)}`, { id, ...(suggestion ? { suggestion } : {}) })
      })
  return rows.flatMap((row, at) => [
    ...unknown(row.when ?? {}, inputs, pointer('rows', at, 'when')),
    ...unknown(row.then, outputs, pointer('rows', at, 'then')),
  ])
}

function wrongPolicy({ hitPolicy, aggregation, outputs }: DecisionDefinition): readonly Problem[] {
  if (aggregation !== undefined && (hitPolicy !== 'collect' || outputs.length > 1))
    return [problem('decision.wrongAggregation', '/aggregation')]
  const needsOrder = hitPolicy === 'priority' || hitPolicy === 'outputOrder'
  return needsOrder && outputs.every((output) => output.values === undefined)
    ? [problem('decision.noOrder', '/hitPolicy')]
    : []
}

function completeness(decision: DecisionDefinition, lookup: FormLookup, locale: string): readonly Problem[] {
  const form = lookup(decision.form)
  const found = checkCompleteness(decision, { ...(form ? { form } : {}), lookup })
  const words = (when: Parameters<typeof combinationText>[1]) => combinationText(decision, when, locale)
  const rowId = (at: number) => decision.rows[at]?.id ?? ''
  if (found.unchecked)
    return [warning('decision.unchecked', pointer('rows', found.unchecked.row, 'when', found.unchecked.input))]
  const hasDefault = decision.outputs.some((output) => output.default !== undefined)
  return [
    ...(hasDefault || decision.hitPolicy === 'collect'
      ? []
      : found.gaps.map((gap) => warning('decision.gap', '/rows', { combination: words(gap) }))),
    ...found.overlaps
      .filter(({ rows: [one, other] }) => isConflict(decision, one, other))
      .map(({ rows: [one, other], when }) =>
        warning('decision.overlap', pointer('rows', other), {
          row: rowId(other),
          other: rowId(one),
          combination: words(when),
        }),
      ),
    ...found.unreachable.map(({ row, behind }) =>
      warning('decision.unreachable', pointer('rows', row), { row: rowId(row), other: rowId(behind) }),
    ),
  ]
}

/** Rows that meet are wrong where only one may hit, and where all that hit must agree but do not. */
function isConflict({ hitPolicy, rows }: DecisionDefinition, one: number, other: number): boolean {
  if (hitPolicy === 'unique') return true
  return hitPolicy === 'any' && JSON.stringify(rows[one]?.then) !== JSON.stringify(rows[other]?.then)
}
