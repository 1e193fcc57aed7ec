import { createHash } from 'node:crypto'
import {
  type FieldModel,
  type FieldValue,
  type FormModel,
  fieldOptions,
  type Id,
  locales,
  resolveText,
  splitList,
} from '@tenon/engine'
import type { ColumnMapping } from './mapping.ts'

/** What the importer asks about things that values point to; answered in bulk. */
export type ReferencePorts = {
  readonly newId: () => Id
  /** Ids of records whose field has one of the values, as the importer may see them. */
  findRecords(app: string, form: string, field: string, values: readonly string[]): Promise<ReadonlyMap<string, Id>>
  userByName(name: string): Id | undefined
  departmentByName(name: string): Id | undefined
}

/** Everything that must be made before the rows: options and departments by their text, linked records by field and text. */
export type Creations = {
  readonly options: Map<string, Map<string, string>>
  readonly departments: Map<string, Id>
  readonly records: {
    readonly id: Id
    readonly app: string
    readonly form: string
    readonly field: string
    readonly text: string
  }[]
}
export const noCreations = (): Creations => ({ options: new Map(), departments: new Map(), records: [] })

/** Text of the file → value of the field; undefined: there is no such thing and it may not be made. */
export type Resolver = (text: string) => FieldValue | undefined

/** Finds, or plans to make, what the texts of one field mean. */
export async function resolverFor(
  form: FormModel,
  field: FieldModel,
  source: ColumnMapping,
  texts: ReadonlySet<string>,
  ports: ReferencePorts,
  creations: Creations,
): Promise<Resolver | undefined> {
  if (field.target?.kind === 'user')
    return field.value.kind === 'list' ? people(ports) : (text) => ports.userByName(text)
  if (field.target?.kind === 'department') return departments(source, ports, creations)
  if (field.target?.kind === 'record') return records(field.target, source, texts, ports, creations)
  return fieldOptions(field, form).length > 0 ||
    (source.create === true && field.definition !== undefined && 'options' in field.definition)
    ? options(form, field, source, creations)
    : undefined
}

/** A text that names several; one that nobody is called makes all of it unknown. */
const people =
  (ports: ReferencePorts): Resolver =>
  (text) => {
    const ids = splitList(text)
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => ports.userByName(name))
    return ids.every((id) => id !== undefined) ? (ids as readonly Id[] as FieldValue) : undefined
  }

function departments(source: ColumnMapping, ports: ReferencePorts, creations: Creations): Resolver {
  return (text) => {
    const known = ports.departmentByName(text) ?? creations.departments.get(text)
    if (known !== undefined || source.create !== true) return known
    const id = ports.newId()
    creations.departments.set(text, id)
    return id
  }
}

async function records(
  target: { readonly app: string; readonly form: string },
  source: ColumnMapping,
  texts: ReadonlySet<string>,
  ports: ReferencePorts,
  creations: Creations,
): Promise<Resolver> {
  const by = source.by ?? 'name'
  const known = await ports.findRecords(target.app, target.form, by, [...texts])
  const made = new Map<string, Id>()
  return (text) => {
    const id = known.get(text) ?? made.get(text)
    if (id !== undefined || source.create !== true) return id
    const created = ports.newId()
    made.set(text, created)
    creations.records.push({ id: created, app: target.app, form: target.form, field: by, text })
    return created
  }
}

/** An option by its id or its label in any language; a new one gets an id made from its text. */
function options(form: FormModel, field: FieldModel, source: ColumnMapping, creations: Creations): Resolver {
  const byText = new Map<string, string>()
  for (const option of fieldOptions(field, form)) {
    for (const locale of locales) byText.set(resolveText(option.label, locale), option.id)
    byText.set(option.id, option.id)
  }
  const taken = new Set(fieldOptions(field, form).map((option) => option.id))
  return (text) => {
    const known = byText.get(text)
    if (known !== undefined || source.create !== true) return known
    const id = optionId(text, taken)
    taken.add(id)
    byText.set(text, id)
    const made = creations.options.get(field.id) ?? new Map<string, string>()
    creations.options.set(field.id, made.set(id, text))
    return id
  }
}

/** A slug of the text's Latin letters and digits; where none are left, of its hash, so that it is the same every time. */
export function optionId(text: string, taken: ReadonlySet<string>): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40)
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
  const id = slug === '' ? `o_${hash}` : slug
  return taken.has(id) ? `${id.slice(0, 40)}_${hash}` : id
}
