import type { FormulaNode } from '../ast.ts'
import type { Environment } from '../environment.ts'
import { builtins } from '../functions/builtins.ts'
import type { Builtin } from '../functions/contract.ts'
import { FeelFunction, type Value } from '../values/value.ts'
import { compileName } from './names.ts'
import { type Evaluate, isVariable, rootOf, type Scope } from './scope.ts'

type Compile = (node: FormulaNode, scope: Scope) => Evaluate
type Call = Extract<FormulaNode, { kind: 'call' }>
type Apply = Extract<FormulaNode, { kind: 'apply' }>

export function compileCall(node: Call, scope: Scope, compile: Compile): Evaluate {
  const { names } = rootOf(scope)
  const builtin = isVariable(scope, node.function) ? undefined : builtins.get(node.function)
  if (builtin) {
    if (builtin.reads === 'now') names.reads('now')
    return compileBuiltin(builtin, node, scope, compile)
  }
  const known = isVariable(scope, node.function) || names.name(node.function, node) !== undefined
  if (!known) {
    names.missingFunction(node.function, node)
    return (env) => env.warn('formula.unknownFunction', node, { name: node.function })
  }
  return invokeValue(compileName(node.function, node, scope), node, scope, compile)
}

export const compileApply = (node: Apply, scope: Scope, compile: Compile): Evaluate =>
  invokeValue(compile(node.of, scope), node, scope, compile)

function compileBuiltin(builtin: Builtin, node: Call, scope: Scope, compile: Compile): Evaluate {
  const order = argumentOrder(builtin, node)
  const args = node.arguments.map((argument) => compile(argument, scope))
  if (!order) {
    rootOf(scope).names.wrongArguments(node.function, node)
    return (env) => env.warn('formula.wrongArguments', node, { function: node.function })
  }
  const arranged = order.map((at) => (at === undefined ? undefined : args[at]))
  const call: Evaluate = (env) => {
    const values = arranged.map((evaluate) => (evaluate ? evaluate(env) : null))
    return invokeBuiltin(builtin, values, node, env)
  }
  return node.arguments.length > 0 && !builtin.reads && node.arguments.every(isLiteral) ? once(call) : call
}

const literals = new Set<FormulaNode['kind']>(['null', 'boolean', 'text', 'number', 'temporal'])
const isLiteral = (node: FormulaNode): boolean => literals.has(node.kind)

/** `duration("P3D")` is the same every time; a null is computed again, so that its warning is given again. */
function once(call: Evaluate): Evaluate {
  let known: Value = null
  return (env) => {
    if (known === null) known = call(env)
    return known
  }
}

function invokeBuiltin(builtin: Builtin, values: readonly Value[], node: Call, env: Environment): Value {
  if (!builtin.takesNull && values.includes(null)) return null
  const result = builtin.run(values, env)
  if (typeof result === 'string') return env.bounded(result)
  return result === undefined ? env.warn('formula.wrongArguments', node, { function: node.function }) : result
}

const isOptional = (parameter: string): boolean => parameter.endsWith('?')
const bare = (parameter: string): string => parameter.replace(/\?$/, '')

/** Which given argument stands at which position; undefined when no form of the function takes them. */
function argumentOrder({ forms, variadic }: Builtin, node: Call): readonly (number | undefined)[] | undefined {
  const given = node.arguments.length
  if (!node.names) {
    const fits = forms.some((form) => {
      const required = form.filter((parameter) => !isOptional(parameter)).length
      return given >= required && (variadic === true || given <= form.length)
    })
    return fits ? node.arguments.map((_, at) => at) : undefined
  }
  const names = node.names
  if (new Set(names).size !== names.length) return undefined
  const form = forms.find((parameters) => {
    const known = parameters.map(bare)
    return (
      names.every((name) => known.includes(name)) &&
      parameters.every((parameter) => isOptional(parameter) || names.includes(parameter))
    )
  })
  if (!form) return undefined
  const order = form.map((parameter) => {
    const at = names.indexOf(bare(parameter))
    return at < 0 ? undefined : at
  })
  while (order.length > 0 && order.at(-1) === undefined) order.pop()
  return order
}

/** Calls a function that is a value; positional or by its parameters' names. */
function invokeValue(callee: Evaluate, node: Call | Apply, scope: Scope, compile: Compile): Evaluate {
  const args = node.arguments.map((argument) => compile(argument, scope))
  return (env) => {
    const target = callee(env)
    if (target === null) return null
    const order = target instanceof FeelFunction ? positions(target, node) : undefined
    if (!(target instanceof FeelFunction) || !order) return env.warn('formula.wrongArguments', node)
    const values = args.map((argument) => argument(env))
    return target.invoke(order.map((at) => values[at] ?? null))
  }
}

function positions(target: FeelFunction, node: Call | Apply): readonly number[] | undefined {
  if (node.arguments.length !== target.parameters.length) return undefined
  const order = target.parameters.map((parameter, at) => (node.names ? node.names.indexOf(parameter) : at))
  return order.includes(-1) ? undefined : order
}
