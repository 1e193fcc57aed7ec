import {
  type Condition,
  type Facts,
  type FieldModel,
  type FormLookup,
  type FormModel,
  type LeafCondition,
  linkedFormName,
  linkPath,
  pathParts,
} from '@tenon/engine'
import { sql } from 'kysely'
import type { ReadScopes } from '../query/environment.ts'
import { allOf, always, type Clause, clause, expressionOf, isKnown, never, not } from './clause.ts'
import { conditionClause, isSettled } from './condition.ts'
import type { Database, Sql } from './dialect.ts'
import type { Column } from './scalars.ts'

export type SourceOptions = {
  readonly form: FormModel
  readonly scopes: ReadScopes
  readonly lookup: FormLookup
  readonly facts: Facts
  readonly database: Database
}

/** The rows of a form as one reader sees them, with the linked rows that are asked for. */
export type RowSource = {
  /** Column at a path through links. What the reader may not see is blank; what is not there gives undefined. */
  column(path: readonly string[]): Column | undefined
  /** The elements of a list column: a row of the source for each of them, and one with a blank where there is none. */
  elements(list: Sql): Sql
  /** Rows the reader may see. */
  readonly rows: Clause
  /** A condition of the reader's asking: it sees what the reader sees. */
  where(condition: Condition, facts: Facts): Clause
  /** Table and joins so far: ask for it last. `tail`: only rows of the table that a `where … order by … limit` gives. */
  from(tail?: Sql): Sql
}

/**
 * Compiles reads of a form. A linked form joins under its own scope in the `on` clause, so a row that may not be seen
 * is no row. Conditions of access rules are the policy's own: they see every field and row, through subqueries that
 * need no join.
 */
export function rowSource(options: SourceOptions): RowSource {
  const { form } = options
  const { dialect } = options.database
  const reader = scopedReader(options)
  const column = (path: readonly string[]) => reader.column(form, 'r', path)
  const unfolded: Sql[] = []
  return {
    column,
    elements(list) {
      const alias = `e${unfolded.length + 1}`
      // PostgreSQL names the column of a function that gives rows after the alias unless it is told.
      const named = dialect.name === 'postgres' ? sql`${sql.ref(alias)}(value)` : sql.ref(alias)
      unfolded.push(sql` left join ${dialect.elements(list)} as ${named} on true`)
      return sql.ref(`${alias}.value`)
    },
    rows: rowsClause(form, 'r', options),
    where: (condition, facts) => conditionClause(condition, { dialect, form, lookup: options.lookup, facts, column }),
    from: (tail) => {
      const table = tableOf(form, options)
      const rows = tail === undefined ? table : sql`(select ${sql.ref('r')}.* from ${table} as ${sql.ref('r')} ${tail})`
      return sql`${rows} as ${sql.ref('r')}${sql.join([...reader.joins(), ...unfolded], sql``)}`
    },
  }
}

const tableOf = (form: FormModel, { database }: SourceOptions): Sql => sql.table(database.tables(form).table)

/** The field's own column, whoever looks; undefined: none is kept. */
function plainColumn(form: FormModel, alias: string, field: FieldModel, { database }: SourceOptions): Sql | undefined {
  const name = field.stored ? database.tables(form).column(field) : undefined
  return name === undefined ? undefined : sql.ref(`${alias}.${name}`)
}

function scopedReader(options: SourceOptions) {
  const joins = new Map<string, { readonly alias: string; readonly sql: Sql }>()

  /** A column of the form's rows under the field's mask: `case when … then column end`. */
  const masked = (form: FormModel, alias: string, field: FieldModel, bare: Sql | undefined): Sql | undefined => {
    const scope = options.scopes(form).field(field.id)
    if (scope === 'none' || bare === undefined) return undefined
    if (scope === 'all') return bare
    const shown = policyClause(scope, form, alias, options)
    if (isKnown(shown)) return shown.known ? bare : undefined
    return sql`case when ${shown.sql} then ${bare} end`
  }

  const joined = (form: FormModel, link: Sql, key: string): string => {
    const known = joins.get(key)
    if (known) return known.alias
    const alias = `j${joins.size + 1}`
    const on = allOf([clause(sql`${sql.ref(`${alias}.id`)} = ${link}`), rowsClause(form, alias, options)])
    joins.set(key, {
      alias,
      sql: sql` left join ${tableOf(form, options)} as ${sql.ref(alias)} on ${expressionOf(on, options.database.dialect)}`,
    })
    return alias
  }

  const column = (form: FormModel, alias: string, path: readonly string[], walked = ''): Column | undefined => {
    const [name = 'id', ...rest] = path
    const field = form.fields.get(name)
    if (field?.shows) {
      const shown = column(form, alias, [field.shows.link, field.shows.field.id, ...rest], walked)
      const own = masked(form, alias, field, shown?.sql)
      return shown && own && { ...shown, sql: own }
    }
    const own = field && masked(form, alias, field, plainColumn(form, alias, field, options))
    if (field === undefined || own === undefined) return undefined
    if (rest.length === 0) return { sql: own, value: field.value }
    const target = targetOf(field, options)
    if (target === undefined) return undefined
    const key = `${walked}.${name}`
    return column(target, joined(target, own, key), rest, key)
  }

  return { column, joins: () => [...joins.values()].map((join) => join.sql) }
}

function targetOf(field: FieldModel, { form, lookup }: Pick<SourceOptions, 'form' | 'lookup'>): FormModel | undefined {
  return field.target?.kind === 'record' ? lookup(linkedFormName(form, field.target)) : undefined
}

function rowsClause(form: FormModel, alias: string, options: SourceOptions): Clause {
  const { rows } = options.scopes(form)
  if (rows === 'all') return always
  return rows === 'none' ? never : policyClause(rows, form, alias, options)
}

/** A condition of an access rule on the row behind `alias`: unmasked, for the person as the form's own app knows him. */
function policyClause(condition: Condition, form: FormModel, alias: string, options: SourceOptions): Clause {
  const { user } = options.scopes(form)
  return trustedClause(
    condition,
    form,
    alias,
    user === undefined ? options : { ...options, facts: asUser(options.facts, user) },
  )
}

/** Facts about another user. Not a copy: a copy would look at the moment, and who compiles is told whether that was looked at. */
const asUser = (facts: Facts, user: NonNullable<Facts['user']>): Facts =>
  Object.create(facts, { user: { value: user, enumerable: true } }) as Facts

function trustedClause(condition: Condition, form: FormModel, alias: string, options: SourceOptions): Clause {
  const { lookup, facts, database } = options
  return conditionClause(condition, {
    dialect: database.dialect,
    form,
    lookup,
    facts,
    column: (path) => policyColumn(form, alias, path, options),
    leaf: (leaf) => linkedLeaf(leaf, form, alias, options),
  })
}

/**
 * A leaf behind a link as one set of linked ids, `link in (select id …)`: the database reads that once, not per row.
 * What is blank behind the link, or no link at all, is not in the set, as every operator but `isEmpty` wants it.
 */
function linkedLeaf(leaf: LeafCondition, form: FormModel, alias: string, options: SourceOptions): Clause | undefined {
  const [name = '', ...rest] = linkPath(pathParts(leaf.path), form, options.lookup)
  const field = leaf.fact === 'record' && rest.length > 0 && isSettled(leaf) ? form.fields.get(name) : undefined
  const link = field && plainColumn(form, alias, field, options)
  const target = field && targetOf(field, options)
  if (link === undefined || target === undefined) return undefined
  const isBlank = leaf.operator === 'isEmpty'
  const inner = `${alias}p`
  const there: LeafCondition = {
    ...leaf,
    path: `$.${rest.join('.')}`,
    operator: isBlank ? 'isNotEmpty' : leaf.operator,
  }
  const found = trustedClause(there, target, inner, options)
  if (isKnown(found) && !found.known) return { known: isBlank }
  const { dialect } = options.database
  const ids = sql`select ${sql.ref(`${inner}.id`)} from ${tableOf(target, options)} as ${sql.ref(inner)} where ${expressionOf(found, dialect)}`
  const isIn = clause(sql`${link} in (${ids})`)
  return isBlank ? not(isIn, dialect) : isIn
}

function policyColumn(
  form: FormModel,
  alias: string,
  path: readonly string[],
  options: SourceOptions,
): Column | undefined {
  const [name = 'id', ...rest] = linkPath(path, form, options.lookup)
  const field = form.fields.get(name)
  const own = field && plainColumn(form, alias, field, options)
  if (field === undefined || own === undefined) return undefined
  if (rest.length === 0) return { sql: own, value: field.value }
  const target = targetOf(field, options)
  if (target === undefined) return undefined
  // Nested subqueries each need a name of their own; the link path gives one that cannot clash.
  const inner = `${alias}p`
  const found = policyColumn(target, inner, rest, options)
  if (found === undefined) return undefined
  const query = sql`(select ${found.sql} from ${tableOf(target, options)} as ${sql.ref(inner)} where ${sql.ref(`${inner}.id`)} = ${own})`
  return { sql: query, value: found.value }
}
