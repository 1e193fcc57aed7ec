import type { Environment } from '../environment.ts'
import type { Value } from '../values/value.ts'

/**
 * One built-in function. `run` gives the result, or undefined when the arguments do not fit (the caller makes that a
 * warning and null). Unless `takesNull`, a null argument gives null before `run` is asked.
 */
export type Builtin = {
  /** Parameter names of each form of the function, for named arguments; `name?` may be left out. */
  readonly forms: readonly (readonly string[])[]
  /** The last parameter repeats. */
  readonly variadic?: boolean
  readonly takesNull?: boolean
  /** What it looks at beside its arguments: its result changes though they stay the same. */
  readonly reads?: 'now' | 'calendar'
  readonly run: (args: readonly Value[], env: Environment) => Value | undefined
}
export type Builtins = { readonly [name: string]: Builtin }
