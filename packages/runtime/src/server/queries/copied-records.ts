import {
  type AppModel,
  behaviourOf,
  type FieldModel,
  type FieldValue,
  type FormModel,
  type Id,
  isTable,
  type RecordRow,
  type ScenarioDefinition,
  type TableRow,
} from '@tenon/engine'
import type { Memory } from '../store/live-memory.ts'
import type { Reading } from './reading.ts'
import { seenRecords } from './seen-records.ts'

/** People copied; how far links are followed. */
const limits = { people: 500, depth: 3 } as const
export type Given = ScenarioDefinition['given']

/** Everybody with a role in the app, as a scenario names them. */
export function peopleIn({ organisation }: Pick<Memory, 'organisation'>, app: string): NonNullable<Given['people']> {
  const rolesOf = (id: Id) =>
    (organisation.person(id)?.grants ?? []).filter((grant) => grant.app === app).map(({ role }) => role)
  const people = organisation
    .everybody()
    .filter((person) => person.active && rolesOf(person.id).length > 0)
    .slice(0, limits.people)
  const names = new Map(people.map(({ id, username }) => [id, username]))
  return people.map((person) => {
    const superior = person.superior === null ? undefined : names.get(person.superior)
    const department = person.department === null ? undefined : organisation.department(person.department)?.code
    return {
      username: person.username,
      roles: rolesOf(person.id),
      ...(superior === undefined ? {} : { superior }),
      ...(department === undefined ? {} : { department }),
      skills: [...person.skills],
      levels: { ...person.skillLevels },
      certifications: person.certifications.map(({ name, until }) => ({ name, ...(until === null ? {} : { until }) })),
      languages: [...person.languages],
      regions: [...person.regions],
      capacity: person.capacity,
      away: person.away,
    }
  })
}

/** Copies records a reader may see into the beginning of a scenario, with what they link to, the linked ones first. */
export type Copier = {
  readonly records: NonNullable<Given['records']>
  /** Under this name; false: there is no such record to be seen. */
  copy(form: FormModel, id: Id, as: string): Promise<boolean>
  /** A value as a scenario writes it; undefined: it cannot be taken along. */
  inWords(field: FieldModel, value: FieldValue, depth: number): Promise<unknown>
}

export function copier(reading: Reading, next: AppModel): Copier {
  const done = new Map<string, string>()
  const records: NonNullable<Given['records']> = {}
  const seen = async (form: FormModel, one: Id): Promise<RecordRow | undefined> => {
    const where = { fact: 'record' as const, path: '$.id', operator: 'equal' as const, value: one }
    return (await seenRecords(reading, form, 1, { where, sort: ['id'] }))[0]
  }
  const copyRow = async (form: FormModel, row: RecordRow, as: string, depth: number): Promise<void> => {
    done.set(row.id, as)
    const values: Record<string, unknown> = {}
    for (const field of next.forms.get(form.id)?.fields.values() ?? []) {
      const value = row.data[field.id]
      if (value === undefined || value === null || isBegunAnew(field, form)) continue
      const given = await inWords(field, value, depth)
      if (given !== undefined) values[field.id] = given
    }
    records[as] = { form: form.id, values }
  }
  const inWords = async (field: FieldModel, value: FieldValue, depth: number): Promise<unknown> => {
    const { target, rows } = field
    if (rows && isTable(value)) {
      const copied = []
      for (const row of value) copied.push(await rowInWords(rows, row, depth))
      return copied
    }
    if (!target) return value
    if (target.kind === 'record') {
      if (typeof value !== 'string' || target.app !== next.id || depth >= limits.depth) return undefined
      const form = reading.app.model.forms.get(target.form)
      const row = form && !done.has(value) ? await seen(form, value) : undefined
      if (form && row) await copyRow(form, row, `${form.id}_${done.size}`, depth + 1)
      const name = done.get(value)
      return name !== undefined && Object.hasOwn(records, name) ? { record: name } : undefined
    }
    if (Array.isArray(value) && target.kind === 'user') {
      const people = []
      for (const one of value)
        if (typeof one === 'string') people.push(await inWords({ ...field, value: { kind: 'reference' } }, one, depth))
      return people.filter((one) => one !== undefined)
    }
    if (typeof value !== 'string') return undefined
    const { organisation } = reading.memory
    if (target.kind === 'user') {
      const username = organisation.person(value)?.username
      return username === undefined ? undefined : { user: username }
    }
    return target.kind === 'department' ? organisation.department(value)?.code : undefined
  }
  const rowInWords = async (rows: FormModel, row: TableRow, depth: number): Promise<unknown> => {
    const cells: Record<string, unknown> = { id: row.id }
    for (const column of rows.fields.values()) {
      const cell = row[column.id]
      const isEntered = column.definition && behaviourOf(column.definition).traits.entered
      const given = cell === undefined || !isEntered ? undefined : await inWords(column, cell, depth)
      if (given !== undefined) cells[column.id] = given
    }
    return cells
  }
  return {
    records,
    inWords,
    async copy(form, id, as) {
      const row = await seen(form, id)
      if (row) await copyRow(form, row, as, 0)
      return row !== undefined
    },
  }
}

/** What a copy gets anew. */
export const isBegunAnew = (field: FieldModel, form: FormModel): boolean =>
  !field.definition || !field.stored || field.id === form.stageField || !behaviourOf(field.definition).traits.entered
