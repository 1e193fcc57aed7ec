import {
  type FieldModel,
  type FieldValue,
  type FormModel,
  type Id,
  isTable,
  isTextList,
  linkedFormName,
} from '@tenon/engine'
import { resolveField } from '@tenon/reports'
import type { RefView, WireValue } from '@tenon/runtime/contract'
import type { Reading } from './reading.ts'
import { itemsById } from './ready-lists.ts'

/** Collects the ids an answer mentions and says what they stand for, as far as the reader may know. */
export class Refs {
  readonly #reading: Reading
  readonly #records = new Map<string, { form: FormModel; card: Set<string>; ids: Set<Id> }>()
  readonly #people = new Set<Id>()
  readonly #departments = new Set<Id>()
  readonly #files = new Set<Id>()

  constructor(reading: Reading) {
    this.#reading = reading
  }

  person(id: Id | null | undefined): void {
    if (typeof id === 'string') this.#people.add(id)
  }

  file(id: unknown): void {
    if (typeof id === 'string') this.#files.add(id)
  }

  /** A value of a field of `form`. */
  value(form: FormModel, field: FieldModel, value: FieldValue | undefined): void {
    if (field.rows && isTable(value))
      for (const row of value)
        for (const column of field.rows.fields.values()) this.value(field.rows, column, row[column.id])
    const ids = typeof value === 'string' ? [value] : isTextList(value) ? value : []
    const { target } = field
    if (!target || ids.length === 0) return
    if (target.kind === 'user') for (const id of ids) this.#people.add(id)
    else if (target.kind === 'department') for (const id of ids) this.#departments.add(id)
    else if (target.kind === 'file') for (const id of ids) this.#files.add(id)
    else this.#link(form, field, ids)
  }

  #link(form: FormModel, field: FieldModel, ids: readonly Id[]): void {
    if (field.target?.kind !== 'record') return
    const target = this.#reading.env.lookup(linkedFormName({ ...form, app: this.#reading.app.model.id }, field.target))
    if (!target || this.#reading.env.scopes(target).rows === 'none') return
    const key = `${target.app}/${target.id}`
    const entry = this.#records.get(key) ?? { form: target, card: new Set<string>(), ids: new Set<Id>() }
    for (const id of ids) entry.ids.add(id)
    if (field.definition && 'card' in field.definition)
      for (const name of (field.definition.card as readonly string[] | undefined) ?? []) entry.card.add(name)
    // A form that is being filled in shows its lookups from what is known of the linked record.
    for (const { shows } of form.fields.values()) if (shows?.link === field.id) entry.card.add(shows.field.id)
    this.#records.set(key, entry)
  }

  /** What is known of all of them, by id. */
  async views(): Promise<{ [id: string]: RefView }> {
    const views: { [id: string]: RefView } = {}
    const linked = [...this.#records.values()].map(({ form, card, ids }) =>
      this.#recordViews(form, [...card], [...ids]),
    )
    Object.assign(views, ...(await Promise.all(linked)))
    const { organisation } = this.#reading.memory
    for (const id of this.#people) {
      const person = organisation.person(id)
      if (person) views[id] = { kind: 'user', name: person.name, username: person.username }
    }
    for (const id of this.#departments) {
      const department = organisation.department(id)
      if (department) views[id] = { kind: 'department', name: department.name }
    }
    if (this.#files.size > 0) Object.assign(views, await this.#fileViews([...this.#files]))
    return views
  }

  async #recordViews(form: FormModel, card: readonly string[], ids: readonly Id[]): Promise<{ [id: string]: RefView }> {
    const { env } = this.#reading
    const fields = ['title', ...card.filter((name) => resolveField([name], form, env)?.field.stored)]
    const views: { [id: string]: RefView } = {}
    for (const item of await itemsById(this.#reading, { form: nameOf(form, this.#reading), fields }, ids)) {
      const { title, ...shown } = item.values
      views[item.id] = {
        kind: 'record',
        app: form.app,
        form: form.id,
        title: String(title ?? ''),
        ...(card.length > 0 ? { card: shown as Record<string, WireValue> } : {}),
      }
    }
    return views
  }

  async #fileViews(ids: readonly Id[]): Promise<{ [id: string]: RefView }> {
    const rows = await this.#reading.db
      .selectFrom('files')
      .select(['id', 'name', 'media_type', 'size_bytes'])
      .where('id', 'in', ids.slice(0, 1000))
      .execute()
    return Object.fromEntries(
      rows.map((row) => [
        row.id,
        { kind: 'file' as const, name: row.name, mediaType: row.media_type, sizeBytes: row.size_bytes },
      ]),
    )
  }
}

/** The name under which an app knows a form: its own by id, others with the app in front. */
const nameOf = (form: FormModel, { app }: Reading): string =>
  form.app === app.model.id ? form.id : `${form.app}/${form.id}`
