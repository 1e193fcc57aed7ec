import { compileCondition } from './compile.ts'
import { perForm } from './per-form.ts'

/** A condition of a definition, compiled once per form version. */
export const predicateOf = perForm(compileCondition)
