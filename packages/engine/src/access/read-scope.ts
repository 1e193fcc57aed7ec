import { predicateOf } from '../conditions/predicate-of.ts'
import type { Condition } from '../definitions/condition.ts'
import type { AccessEntry, RecordRight } from '../definitions/form.ts'
import type { Facts, UserFacts } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'
import type { Contact, Principal } from '../pipeline/commands.ts'
import { ownRecords } from './contacts.ts'
import { entriesFor, fieldWord, userFactsIn } from './entries.ts'

declare const made: unique symbol

/** Rows: every one, none, or those for which a condition (facts `record`, `user`, `now`) holds. */
export type RowScope = Condition | 'all' | 'none'

/**
 * What one principal may read of one form. Only `readScope` makes one, and no query plan is made without one, so a
 * read without a principal does not compile.
 */
export type ReadScope = {
  readonly [made]: true
  readonly form: FormModel
  readonly rows: RowScope
  /** The `user` of the conditions' facts; absent where no condition needs one. */
  readonly user: UserFacts | undefined
  /**
   * In which of these rows a field shows its value; elsewhere it is blank to this reader, in results, filters, orders
   * and sums alike. A field that does not exist is 'none', exactly like one that is always hidden.
   */
  field(id: string): RowScope
}

/**
 * The scope of a principal on a form. A row is in it when some entry that grants reading speaks about it; a field shows
 * in a row when such an entry does not hide it — never because another entry shows it in other rows. With another
 * right, the rows are those that may be read and where that right holds too: `export` gives what may be exported.
 */
export function readScope(form: FormModel, principal: Principal, right: RecordRight = 'read'): ReadScope {
  if (principal.kind === 'system') return scope(form, undefined, 'all', (id) => (form.fields.has(id) ? 'all' : 'none'))
  if (principal.kind === 'contact') return contactScope(form, principal, right)
  if (principal.kind !== 'user') return scope(form, undefined, 'none', () => 'none')
  const entries = entriesFor(form, principal)
  const reading = entries.filter((entry) => entry.can.includes('read'))
  const granting = entries.filter((entry) => entry.can.includes(right))
  const read = rowsOf(form, reading)
  const rows = right === 'read' ? read : both(read, rowsOf(form, granting))
  return scope(form, userFactsIn(form, principal), rows, (id) =>
    rows === 'none' ? 'none' : fieldScope(form, reading, id),
  )
}

/** What his role may read, of it what is his: both must hold, for rows and for fields. Entries for everybody are not for him. */
function contactScope(form: FormModel, principal: Contact, right: RecordRight): ReadScope {
  const own = right === 'read' ? ownRecords(form, principal) : undefined
  const reading = (form.definition.access ?? []).filter(
    ({ role, can }) => role === principal.role && can.includes('read'),
  )
  const rows = own ? both(own.rows, rowsOf(form, reading)) : 'none'
  return scope(form, undefined, rows, (id) =>
    rows === 'none' || !own?.shows(id) ? 'none' : fieldScope(form, reading, id),
  )
}

const scope = (form: FormModel, user: UserFacts | undefined, rows: RowScope, field: ReadScope['field']): ReadScope =>
  ({ form, user, rows, field }) as ReadScope

function fieldScope(form: FormModel, reading: readonly AccessEntry[], id: string): RowScope {
  const field = form.fields.get(id)
  if (!field) return 'none'
  if (field.system) return 'all'
  const showing = reading.filter((entry) => fieldWord(entry, id) !== 'hidden')
  return showing.length === reading.length ? 'all' : rowsOf(form, showing)
}

/** The rows at least one of the entries speaks about. */
function rowsOf(form: FormModel, entries: readonly AccessEntry[]): RowScope {
  const conditions: Condition[] = []
  for (const { rows } of entries) {
    if (rows === undefined) return 'all'
    conditions.push(rows)
  }
  const [only] = conditions
  if (only === undefined) return 'none'
  return conditions.length === 1 ? only : anyOf(form, entries, conditions)
}

const unions = new WeakMap<FormModel, Map<string, Condition>>()

/** The same entries give the same object, so that what is compiled of it is found again. */
function anyOf(form: FormModel, entries: readonly AccessEntry[], conditions: Condition[]): Condition {
  const ofForm = unions.get(form) ?? new Map<string, Condition>()
  unions.set(form, ofForm)
  const all = form.definition.access ?? []
  const key = entries.map((entry) => all.indexOf(entry)).join()
  const union = ofForm.get(key) ?? { any: conditions }
  ofForm.set(key, union)
  return union
}

function both(one: RowScope, other: RowScope): RowScope {
  if (one === 'none' || other === 'none') return 'none'
  if (one === 'all') return other
  if (other === 'all') return one
  return { all: [one, other] }
}

/**
 * What a scope shows of one record that is in memory, by the same conditions a query compiles: whether each of its
 * fields shows, or undefined when the record is not in the scope. `facts` describe the record with all it links to.
 */
export function scopeOn(
  { form, rows, user, field }: ReadScope,
  facts: Facts,
  lookup?: FormLookup,
): ((field: string) => boolean) | undefined {
  const own: Facts = user === undefined ? facts : { ...facts, user }
  const holds = (scope: RowScope): boolean =>
    scope === 'all' || (scope !== 'none' && predicateOf(scope, form, lookup)(own))
  return holds(rows) ? (id) => holds(field(id)) : undefined
}
