import { factReader, linkPath, resolvePath, userFactNames } from '../conditions/read-fact.ts'
import type { FactName } from '../definitions/condition.ts'
import { own } from '../kernel/json.ts'
import { nearestName } from '../kernel/nearest-name.ts'
import type { Problem } from '../kernel/problem.ts'
import type { FieldValue, ValueKind, ValueType } from '../kernel/value-kind.ts'
import type { FormLookup, FormModel } from '../model.ts'
import type { FormulaNode } from './ast.ts'
import { fromJson, readers } from './convert.ts'
import type { Evaluate, Names } from './evaluate/scope.ts'
import { builtins } from './functions/builtins.ts'
import { problemAt } from './parse.ts'
import { type FeelContext, isList, type Value } from './values/value.ts'

export type FormulaScope = {
  /** The form whose fields are bare names; absent: only facts, and fields as they come. */
  readonly form?: FormModel
  readonly lookup?: FormLookup
  /** Further names, read from `facts.params`. */
  readonly names?: readonly string[]
  /** Entries that are names too, before all others: what a free-standing decision table is given. */
  readonly context?: FeelContext
  /** Gives results the JSON form of a field. */
  readonly resultType?: ValueType
}
export type FormulaRead = { readonly fact: FactName; readonly path: readonly string[] }

const openFacts: ReadonlySet<string> = new Set(['task', 'flow', 'params', 'candidate', 'event'])
export const factNames: ReadonlySet<string> = new Set(['record', 'previous', 'user', ...openFacts])

const dayParts = ['year', 'month', 'day', 'weekday']
const clockParts = ['hour', 'minute', 'second', 'time offset', 'timezone']
/** The fact `user` in Chinese; fields cannot be hidden by it, their ids being ASCII. */
const userInChinese = '当前用户'
const userPartsInChinese: ReadonlyMap<string, string> = new Map([
  ['部门', 'department'],
  ['姓名', 'name'],
  ['账号', 'username'],
  ['上级', 'superior'],
  ['角色', 'roles'],
])

/** Parts that a value of a kind has; a kind that is missing here has none. */
const partsOfKind: { readonly [K in ValueKind]?: readonly string[] } = {
  date: dayParts,
  instant: [...dayParts, ...clockParts],
  time: clockParts,
  duration: ['days', 'hours', 'minutes', 'seconds'],
}

/** What names mean in a formula of a form: its fields, links followed, and the facts; all else is a problem. */
export class FormNames implements Names {
  readonly found: FormulaRead[] = []
  readonly problems: Problem[] = []
  private readonly text: string
  private readonly scope: FormulaScope

  constructor(text: string, scope: FormulaScope) {
    this.text = text
    this.scope = scope
  }

  name(name: string, node: FormulaNode): Evaluate | undefined {
    const { form, names, context } = this.scope
    const given = context?.get(name)
    if (given !== undefined) return () => given
    if (form?.fields.has(name)) return this.reader('record', [name])
    if (names?.includes(name)) return this.reader('params', [name])
    if (name === 'record' || name === 'previous') return this.recordReader(name)
    if (name === 'user' || name === userInChinese) return this.reader('user', [])
    if (openFacts.has(name)) return this.reader(name as FactName, [])
    return form || node.kind !== 'name' ? undefined : this.reader('record', [name])
  }

  path(written: readonly string[], node: FormulaNode): Evaluate | undefined {
    const { form, lookup, context } = this.scope
    if (context?.get(written[0] ?? '') !== undefined) return undefined
    const parts = inEnglish(written)
    const [first = '', ...rest] = parts
    const isField = form?.fields.has(first) ?? false
    const isFact = !isField && factNames.has(first)
    if (!isField && !isFact && form) return undefined
    const fact = isFact ? (first as FactName) : 'record'
    const path = isFact ? rest : parts
    const target = resolvePath(fact, path, form, lookup)
    if (target === 'open' && fact === 'record' && !form) return undefined
    if (target !== undefined) return this.reader(fact, path)
    this.checkPart(fact, path, node)
    return undefined
  }

  missing(name: string, node: FormulaNode): void {
    const known = [...(this.scope.form?.fields.keys() ?? []), ...(this.scope.names ?? []), ...factNames]
    this.report('formula.unknownName', node, { name, ...suggestion(name, known) })
  }
  missingFunction(name: string, node: FormulaNode): void {
    this.report('formula.unknownFunction', node, { name, ...suggestion(name, builtins.keys()) })
  }
  wrongArguments(name: string, node: FormulaNode): void {
    this.report('formula.wrongArguments', node, { function: name })
  }
  reads(fact: 'now'): void {
    this.note(fact, [])
  }

  private report(code: string, node: FormulaNode, details: Problem['details']): void {
    this.problems.push(problemAt(code, this.text, node, details))
  }

  private note(fact: FactName, path: readonly string[]): void {
    const key = path.join('.')
    if (!this.found.some((read) => read.fact === fact && read.path.join('.') === key)) this.found.push({ fact, path })
  }

  /** `created_at.year` is a part of a value; `customer.nothing` is a mistake to be named. */
  private checkPart(fact: FactName, path: readonly string[], node: FormulaNode): void {
    const { form, lookup } = this.scope
    const before = resolvePath(fact, path.slice(0, -1), form, lookup)
    const last = path.at(-1) ?? ''
    const cell = path.length > 2 ? form?.fields.get(path[0] ?? '')?.rows?.fields.get(path[1] ?? '') : undefined
    if (cell && !partsOfKind[cell.value.kind]?.includes(last))
      this.report('formula.unknownName', node, { name: last, ...suggestion(last, partsOfKind[cell.value.kind] ?? []) })
    if (before === undefined || before === 'open') return
    const rows = before.field?.rows
    if (rows) this.checkColumn(fact, path, rows, node)
    if (rows) return
    if (path.length > 1 && partsOfKind[before.value.kind]?.includes(last)) return
    const parts = fact === 'user' ? userFactNames : this.partsBehind(path, before.value.kind)
    this.report('formula.unknownName', node, { name: last, ...suggestion(last, parts) })
  }

  /** `parts.amount` is read row by row, so the path has no reader; that it reads the column is noted all the same. */
  private checkColumn(fact: FactName, path: readonly string[], rows: FormModel, node: FormulaNode): void {
    const column = path.at(-1) ?? ''
    if (rows.fields.has(column)) this.note(fact, path)
    else this.report('formula.unknownName', node, { name: column, ...suggestion(column, rows.fields.keys()) })
  }

  private partsBehind(path: readonly string[], kind: ValueKind): Iterable<string> {
    const target =
      path.length > 1 ? resolvePath('record', path.slice(0, -1), this.scope.form, this.scope.lookup) : undefined
    const link = typeof target === 'object' ? target.field?.target : undefined
    if (path.length <= 1) return this.scope.form?.fields.keys() ?? []
    if (link?.kind !== 'record') return partsOfKind[kind] ?? []
    const name = link.app === this.scope.form?.app ? link.form : `${link.app}/${link.form}`
    return this.scope.lookup?.(name)?.fields.keys() ?? []
  }

  private reader(fact: FactName, path: readonly string[]): Evaluate {
    const { form, lookup } = this.scope
    this.note(fact, path)
    if (fact === 'record' || fact === 'previous') this.note(fact, linkPath(path, form, lookup))
    const read = factReader(fact, path, form, lookup)
    const target = resolvePath(fact, path, form, lookup)
    if (target === undefined || target === 'open') return (env) => fromJson(read(env.facts))
    const { value: type, field } = target
    const convert = readers[type.kind]
    // A sub-table without rows is an empty list: it has a count, and no sum.
    const blank: Value = field?.rows ? [] : null
    return (env) => {
      const json = read(env.facts)
      return json === undefined || json === null ? blank : convert(json, env.facts.zone, type)
    }
  }

  /** The whole record as a context, each field converted when it is asked for. */
  private recordReader(fact: 'record' | 'previous'): Evaluate {
    const { form } = this.scope
    this.note(fact, [])
    return (env) => {
      const record = env.facts[fact]
      return record ? new RecordContext(record, form, env.facts.zone) : null
    }
  }
}

/** A path that begins with `当前用户`, as it is looked up. */
export const inEnglish = (parts: readonly string[]): readonly string[] =>
  parts[0] === userInChinese ? ['user', ...parts.slice(1).map((part) => userPartsInChinese.get(part) ?? part)] : parts

const suggestion = (name: string, known: Iterable<string>): { suggestion?: string } => {
  const near = nearestName(name, known)
  return near === undefined ? {} : { suggestion: near }
}

class RecordContext implements FeelContext {
  readonly isContext = true
  private readonly record: { readonly [field: string]: FieldValue }
  private readonly form: FormModel | undefined
  private readonly zone: string
  constructor(record: { readonly [field: string]: FieldValue }, form: FormModel | undefined, zone: string) {
    this.record = record
    this.form = form
    this.zone = zone
  }
  get(name: string): Value | undefined {
    const json = own(this.record, name)
    const field = this.form?.fields.get(name)
    if (json === undefined || json === null) return field?.rows ? [] : field ? null : undefined
    const value = field ? readers[field.value.kind](json, this.zone, field.value) : fromJson(json)
    return isList(value) && value.length === 0 && !field?.rows ? null : value
  }
  keys(): readonly string[] {
    return Object.keys(this.record)
  }
}
