import { contextFunctions } from './contexts.ts'
import type { Builtin } from './contract.ts'
import { conversionFunctions } from './conversions.ts'
import { listFunctions } from './lists.ts'
import { momentFunctions } from './moments.ts'
import { numberFunctions } from './numbers.ts'
import { periodFunctions } from './periods.ts'
import { rangeFunctions } from './ranges.ts'
import { textFunctions } from './text.ts'
import { workdayFunctions } from './workdays.ts'

/** THE functions of the profile, by the standard's names. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({
    ...conversionFunctions,
    ...textFunctions,
    ...numberFunctions,
    ...listFunctions,
    ...momentFunctions,
    ...rangeFunctions,
    ...contextFunctions,
    ...periodFunctions,
    ...workdayFunctions,
  }),
)

/** Names of the functions of the profile, for editors. */
export const formulaFunctions: readonly string[] = [...builtins.keys()]
