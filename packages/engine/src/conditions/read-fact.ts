import type { FactName } from '../definitions/condition.ts'
import type { Facts } from '../facts.ts'
import { formatInstant } from '../kernel/instant.ts'
import { own } from '../kernel/json.ts'
import type { ValueType } from '../kernel/value-kind.ts'
import type { FieldModel, FormLookup, FormModel } from '../model.ts'

export type FactReader = (facts: Facts) => unknown
/** What a path addresses: the kind of its values and, for a record's field, the field and its form. */
export type PathTarget = { readonly value: ValueType; readonly field?: FieldModel; readonly form?: FormModel }

const userValues: { readonly [key: string]: ValueType } = {
  id: { kind: 'reference' },
  username: { kind: 'text' },
  name: { kind: 'text' },
  department: { kind: 'reference' },
  superior: { kind: 'reference' },
  departments: { kind: 'list', element: 'reference' },
  roles: { kind: 'list', element: 'text' },
  locale: { kind: 'text' },
  zone: { kind: 'text' },
}
export const userFactNames: readonly string[] = Object.keys(userValues)

/** Path parts of `$.customer.level`; absent or `$`: the fact itself. */
export const pathParts = (path: string | undefined): readonly string[] =>
  path === undefined ? [] : path.split('.').slice(1)

/** Fact and path of a reference: `$.record.customer.level`. */
export function refParts(ref: string): { readonly fact: FactName; readonly path: readonly string[] } {
  const [fact = '', ...path] = pathParts(ref)
  return { fact: fact as FactName, path }
}

/**
 * The name under which `root`'s app knows the form a link points to, for `FormLookup` and `Facts.linked`:
 * `customer`, or `crm/customer` when it belongs to another app.
 */
export const linkedFormName = (root: FormModel, target: { readonly app: string; readonly form: string }): string =>
  target.app === root.app ? target.form : `${target.app}/${target.form}`

/** Blank values are absent, null, empty text and empty lists: one notion everywhere. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/**
 * What a path addresses; undefined when there is no such field. A fact whose shape is not declared (task, flow,
 * params, …) gives `'open'`: known to exist only at run time.
 */
export function resolvePath(
  fact: FactName,
  path: readonly string[],
  form: FormModel | undefined,
  lookup: FormLookup | undefined,
): PathTarget | 'open' | undefined {
  if (fact === 'now') return path.length === 0 ? { value: { kind: 'instant' } } : undefined
  if (fact === 'user') return resolveUser(path)
  if (fact !== 'record' && fact !== 'previous') return 'open'
  return form ? resolveField(path, form, form, lookup) : 'open'
}

function resolveUser(path: readonly string[]): PathTarget | undefined {
  const [name = 'id', ...rest] = path
  const value = Object.hasOwn(userValues, name) ? userValues[name] : undefined
  return value === undefined || rest.length > 0 ? undefined : { value }
}

function resolveField(
  path: readonly string[],
  form: FormModel,
  root: FormModel,
  lookup: FormLookup | undefined,
): PathTarget | 'open' | undefined {
  const [name = 'id', ...rest] = path
  const field = form.fields.get(name)
  if (!field) return undefined
  if (rest.length === 0) return { value: field.value, field, form }
  if (field.target?.kind !== 'record') return undefined
  const next = lookup?.(linkedFormName(root, field.target))
  return next ? resolveField(rest, next, root, lookup) : 'open'
}

/** The path over links alone: a lookup on it is the link and the field it shows. */
export function linkPath(
  path: readonly string[],
  form: FormModel | undefined,
  lookup: FormLookup | undefined,
): readonly string[] {
  const walk = (parts: readonly string[], at: FormModel, root: FormModel): readonly string[] => {
    const [name = '', ...rest] = parts
    const { shows, target } = at.fields.get(name) ?? {}
    if (shows) return walk([shows.link, shows.field.id, ...rest], at, root)
    const next = rest.length > 0 && target?.kind === 'record' ? lookup?.(linkedFormName(root, target)) : undefined
    return next ? [name, ...walk(rest, next, root)] : parts
  }
  return form ? walk(path, form, form) : path
}

/** Compiles a path into a reader; what cannot be reached reads as undefined. Own properties only, at every step. */
export function factReader(fact: FactName, path: readonly string[], form?: FormModel, lookup?: FormLookup): FactReader {
  if (fact === 'now') return path.length === 0 ? (facts) => formatInstant(facts.now) : () => undefined
  const [first = 'id', ...rest] = path
  if (fact === 'record' || fact === 'previous') {
    const follow = form ? fieldReader(first, rest, form, form, lookup) : plainReader([first, ...rest])
    return (facts) => follow(facts[fact], facts)
  }
  const read = plainReader(fact === 'user' ? [first, ...rest] : path)
  return (facts) => read(facts[fact])
}

type RecordReader = (record: unknown, facts: Facts) => unknown

function fieldReader(
  name: string,
  rest: readonly string[],
  form: FormModel,
  root: FormModel,
  lookup: FormLookup | undefined,
): RecordReader {
  const { shows, target } = form.fields.get(name) ?? {}
  if (shows) return fieldReader(shows.link, [shows.field.id, ...rest], form, root, lookup)
  const [next, ...others] = rest
  if (next === undefined) return (record) => own(record, name)
  if (target?.kind !== 'record') return () => undefined
  const formName = linkedFormName(root, target)
  const linkedForm = lookup?.(formName)
  const follow = linkedForm ? fieldReader(next, others, linkedForm, root, lookup) : plainReader(rest)
  return (record, facts) => {
    const id = own(record, name)
    return typeof id === 'string' ? follow(facts.linked?.(formName, id), facts) : undefined
  }
}

const plainReader =
  (path: readonly string[]): ((value: unknown) => unknown) =>
  (value) => {
    let current = value
    for (const part of path) current = own(current, part)
    return current
  }

/**
 * The value at a path below a fact, in its JSON form; undefined when there is none. Links are followed through
 * `facts.linked`. `user` and `record` without a path are their ids, `now` is instant text.
 */
export const readFact = (
  facts: Facts,
  fact: FactName,
  path: readonly string[],
  form?: FormModel,
  lookup?: FormLookup,
): unknown => factReader(fact, path, form, lookup)(facts)
