import { ok, type Result } from '../kernel/result.ts'
import { resolveText, type TextValue } from '../kernel/text.ts'
import type { Choice, FieldProblem } from './contract.ts'
import { refuse } from './problems.ts'
import { halfWidth } from './spelling.ts'

const folded = (text: string): string => halfWidth(text).toLowerCase()
const labelsOf = (label: TextValue): readonly string[] => (typeof label === 'string' ? [label] : Object.values(label))
const isCalled =
  (name: string) =>
  (choice: Choice): boolean =>
    labelsOf(choice.label).some((label) => folded(label) === name)

/** The id of the choice somebody named by id or by its label in any language; ids win. */
export function normaliseChoice(text: string, choices: readonly Choice[]): Result<string, FieldProblem> {
  const name = text.trim()
  if (choices.some((choice) => choice.id === name)) return ok(name)
  const called = choices.filter(isCalled(folded(name)))
  const offered = called.filter((choice) => !choice.retired)
  const [found, second] = offered.length > 0 ? offered : called
  if (found === undefined) return refuse('field.notChoice', { value: name.slice(0, 100) })
  return second === undefined ? ok(found.id) : refuse('field.ambiguousChoice', { value: name.slice(0, 100) })
}

/** The choice's label; a value without a choice is shown as it is. */
export function choiceText(value: string, choices: readonly Choice[], locale: string): string {
  const found = choices.find((choice) => choice.id === value)
  return found ? resolveText(found.label, locale) : value
}

/** `/options/2/id` where an id comes a second time. */
export const checkChoices = (choices: readonly Choice[]) =>
  choices.flatMap(({ id }, index) =>
    choices.findIndex((other) => other.id === id) < index
      ? [{ code: 'document.duplicateId', path: `/options/${index}/id`, details: { id } }]
      : [],
  )
