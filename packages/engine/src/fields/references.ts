import type { JsonObject } from '../kernel/json.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { FieldModel } from '../model.ts'
import type { FieldProblem, TextContext } from './contract.ts'
import { refuse } from './problems.ts'
import { isBlankInput } from './spelling.ts'

/** Ids are opaque; without blanks, slashes and controls, so that an id is never a path or two words. */
const id = /^[^\s/\\\p{C}]{1,100}$/u
export const referenceSchema: JsonObject = { type: 'string', pattern: id.source }

/** An id; whether it exists, and for whom, is not asked here. */
export function normaliseReference(raw: unknown): Result<FieldValue, FieldProblem> {
  if (isBlankInput(raw)) return ok(null)
  const text = typeof raw === 'string' ? raw.trim() : ''
  return id.test(text) ? ok(text) : refuse('field.notReference')
}

export function referenceText(value: FieldValue, target: FieldModel['target'], context: TextContext): string {
  if (typeof value !== 'string') return ''
  return (target && context.nameOf?.(target, value)) ?? value
}
