import type { SyntaxNode } from '@lezer/common'
import { linkedFormName } from '../conditions/read-fact.ts'
import type { FactName } from '../definitions/condition.ts'
import type { FormModel } from '../model.ts'
import { type FormulaScope, factNames, inEnglish } from './form-names.ts'
import { type Dialect, looseTree } from './parse.ts'

/** A name or a chain of names that begins at a field or a fact, where it stands in the text. */
export type FormulaReference = {
  readonly from: number
  /** Where each of its names ends; one more than the path has parts where the first name is the fact. */
  readonly ends: readonly number[]
  readonly fact: FactName
  readonly path: readonly string[]
  /** The form its path begins in: in `parts[amount > 3]` that of the rows. */
  readonly form: FormModel | undefined
}

/**
 * The references of a formula that may still be half written, in the order of the text. What the formula names itself
 * (`for p in …`), functions, texts and comments are none. Whether a path leads anywhere is for others to say.
 */
export function formulaReferences(text: string, scope: FormulaScope, dialect?: Dialect): readonly FormulaReference[] {
  const root = looseTree(text, dialect)
  if (!root) return []
  const finder = new Finder(text, scope)
  finder.look(root, { variables: new Map(), rows: [] })
  return finder.found.sort((a, b) => a.from - b.from)
}

const ofRecord: ReadonlySet<string> = new Set(['record', 'previous'])
/** A list that is no field's may have entries of any name. */
const chains: ReadonlySet<string> = new Set(['VariableName', 'PathExpression', 'FilterExpression'])

/** What a value is, as far as its parts have labels: a record or rows of this form. */
type Shape = FormModel | undefined
/** Where names are looked for before the fields: variables, and rows a filter is about, the innermost first. */
type Inside = { readonly variables: ReadonlyMap<string, Shape>; readonly rows: readonly FormModel[] }

const bound = ({ variables, rows }: Inside, name: string, shape: Shape): Inside => ({
  variables: new Map(variables).set(name, shape),
  rows,
})

/** Inside a filter the columns come first, then `item`, then the outside. */
function filtering({ variables, rows }: Inside, shape: Shape): Inside {
  const kept = [...variables].filter(([name]) => !shape?.fields.has(name))
  return { variables: new Map(kept).set('item', shape), rows: shape ? [shape, ...rows] : rows }
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) if (!child.type.isError) children.push(child)
  return children
}
const isPart = ({ name }: SyntaxNode): boolean => /^[A-Z]/.test(name)
const identifiersOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  node.name === 'Identifier' ? [node] : childrenOf(node).flatMap(identifiersOf)

class Finder {
  readonly found: FormulaReference[] = []
  private readonly text: string
  private readonly scope: FormulaScope
  constructor(text: string, scope: FormulaScope) {
    this.text = text
    this.scope = scope
  }

  look(node: SyntaxNode, inside: Inside): Shape {
    const looker = lookers[node.name]
    if (looker) return looker.call(this, node, inside)
    const shapes = childrenOf(node)
      .filter(isPart)
      .map((child) => this.look(child, inside))
    return passing.has(node.name) && shapes.length === 1 ? shapes[0] : undefined
  }

  named(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to).trim()
  }

  /**
   * A chain of names. Names side by side, `price an` on the way to `price and …`, are each one of its own: no field's id
   * holds a blank.
   */
  chain(groups: readonly SyntaxNode[], inside: Inside, base: Shape): Shape {
    let begins = base
    let run: SyntaxNode[] = []
    for (const group of groups) {
      identifiersOf(group).forEach((identifier, at) => {
        if (at > 0) {
          this.run(run, inside, begins)
          begins = undefined
          run = []
        }
        run.push(identifier)
      })
    }
    return this.run(run, inside, begins)
  }

  private run(run: readonly SyntaxNode[], { variables, rows }: Inside, base: Shape): Shape {
    const [first, ...rest] = run
    if (!first) return base
    if (base) return this.add('record', base, run)
    const { form, names = [] } = this.scope
    const [fact = '', ...behind] = inEnglish(this.pathOf(run))
    const name = this.named(first)
    const variable = variables.get(name)
    if (variables.has(name)) return variable && rest.length > 0 ? this.add('record', variable, rest) : variable
    const owner = [...rows, form].find((one) => one?.fields.has(name))
    if (owner) return this.add('record', owner, run)
    if (names.includes(name)) return this.add('params', undefined, run)
    if (!factNames.has(fact)) return undefined
    return this.add(fact as FactName, ofRecord.has(fact) ? form : undefined, run, behind)
  }

  private pathOf(run: readonly SyntaxNode[]): readonly string[] {
    return run.map((part) => this.named(part))
  }

  private add(fact: FactName, form: Shape, run: readonly SyntaxNode[], path = this.pathOf(run)): Shape {
    this.found.push({ fact, path, form, from: run[0]?.from ?? 0, ends: run.map(({ to }) => to) })
    return this.shapeAt(form, path)
  }

  private shapeAt(form: Shape, path: readonly string[]): Shape {
    let at = form
    for (const id of path) {
      const { rows, target } = at?.fields.get(id) ?? {}
      const link = target?.kind === 'record' && form ? linkedFormName(form, target) : undefined
      at = rows ?? (link === undefined ? undefined : this.scope.lookup?.(link))
    }
    return at
  }
}

type Looker = (this: Finder, node: SyntaxNode, inside: Inside) => Shape

/** Nodes that are what stands in them. */
const passing = new Set(['ParenthesizedExpression', 'IterationContext', 'PositiveUnaryTest'])

const path: Looker = function (node, inside) {
  const names: SyntaxNode[] = []
  let base: SyntaxNode | undefined = node
  while (base?.name === 'PathExpression') {
    const [of, name]: readonly (SyntaxNode | undefined)[] = childrenOf(base).filter(isPart)
    if (name) names.unshift(name)
    base = of
  }
  if (base?.name === 'VariableName') return this.chain([base, ...names], inside, undefined)
  const shape = base && this.look(base, inside)
  return shape && this.chain(names, inside, shape)
}

const loop: Looker = function (node, inside) {
  let within = inside
  for (const child of childrenOf(node).filter(isPart)) {
    if (child.name !== 'InExpressions') this.look(child, within)
    else
      for (const [name, over] of childrenOf(child).map((each) => childrenOf(each).filter(isPart)))
        if (name) within = bound(within, this.named(name), over && this.look(over, within))
  }
  return undefined
}

const lookers: { readonly [name: string]: Looker | undefined } = Object.assign(Object.create(null), {
  VariableName: function (node, inside) {
    return this.chain([node], inside, undefined)
  },
  PathExpression: path,
  ForExpression: loop,
  QuantifiedExpression: loop,
  FilterExpression: function (node, inside) {
    const [of, by] = childrenOf(node).filter(isPart)
    const shape = of && this.look(of, inside)
    if (by && (shape || chains.has(of?.name ?? ''))) this.look(by, filtering(inside, shape))
    return shape
  },
  FunctionInvocation: function (node, inside) {
    const [callee, ...rest] = childrenOf(node).filter(isPart)
    if (callee && callee.name !== 'VariableName') this.look(callee, inside)
    for (const one of rest) this.look(one, inside)
    return undefined
  },
  /** A single argument without a closing bracket yet looks to the grammar like the name of one. */
  NamedParameter: function (node, inside) {
    const [name, value] = childrenOf(node).filter(isPart)
    const meant = value ?? name
    if (meant) meant.name === 'ParameterName' ? this.chain([meant], inside, undefined) : this.look(meant, inside)
    return undefined
  },
  FunctionDefinition: function (node, inside) {
    let within = inside
    for (const part of childrenOf(node).filter(isPart)) {
      if (part.name !== 'FormalParameters') this.look(part, within)
      else for (const one of childrenOf(part)) within = bound(within, this.named(childrenOf(one)[0] ?? one), undefined)
    }
    return undefined
  },
  Context: function (node, inside) {
    let within = inside
    for (const [key, value] of childrenOf(node).map((entry) => childrenOf(entry).filter(isPart))) {
      if (value) this.look(value, within)
      if (key) within = bound(within, this.named(key), undefined)
    }
    return undefined
  },
  InstanceOfExpression: function (node, inside) {
    const [value] = childrenOf(node)
    if (value) this.look(value, inside)
    return undefined
  },
} satisfies { readonly [name: string]: Looker })
