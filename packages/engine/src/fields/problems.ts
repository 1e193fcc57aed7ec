import type { Json } from '../kernel/json.ts'
import { fail } from '../kernel/result.ts'
import type { ProblemCode } from '../problems.ts'
import type { FieldProblem } from './contract.ts'

/** Refuses a value. The label is added where the field is known. */
export const refuse = (
  code: ProblemCode,
  details?: { readonly [name: string]: Json },
): { readonly ok: false; readonly error: FieldProblem } => fail(details === undefined ? { code } : { code, details })
