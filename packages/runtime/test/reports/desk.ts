import {
  type Facts,
  type FormDefinition,
  type FormLookup,
  type FormModel,
  formModel,
  type Principal,
  type ReadScope,
  type RecordFacts,
  readScope,
  type UserFacts,
} from '@tenon/engine'
import type { ReadEnvironment } from '@tenon/reports'
import { type Database, dialects, encodeValue, type RawRow, type Sql } from '@tenon/reports/sql'
import Sqlite from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely'
import pg from 'pg'
import type { DatabaseKind, TestDatabase } from '../../../../tests/support/database.ts'
import { columnType } from '../../src/server/store/values.ts'

const head = { kind: 'form', schemaVersion: 1, title: { formula: 'id' } } as const
const demo = { id: 'demo', currency: 'CNY' }

/** A small desk: tickets of customers in regions of another app, one field of each kind of value. */
const regionDefinition: FormDefinition = {
  ...head,
  id: 'region',
  label: '大区',
  fields: [{ type: 'text', id: 'name', label: '名称' }],
}
const customerDefinition: FormDefinition = {
  ...head,
  id: 'customer',
  label: '客户',
  fields: [
    { type: 'text', id: 'name', label: '名称' },
    {
      type: 'select',
      id: 'level',
      label: '等级',
      options: [
        { id: 'vip', label: '重要' },
        { id: 'normal', label: '普通' },
      ],
    },
    { type: 'money', id: 'turnover', label: '累计金额' },
    { type: 'user', id: 'keeper', label: '客户经理' },
    { type: 'link', id: 'region', label: '大区', form: 'crm/region' },
  ],
}
const ticketDefinition: FormDefinition = {
  ...head,
  id: 'ticket',
  label: '工单',
  fields: [
    { type: 'text', id: 'subject', label: '主题' },
    { type: 'longText', id: 'note', label: '备注' },
    { type: 'number', id: 'quantity', label: '数量' },
    { type: 'number', id: 'hours', label: '工时数', scale: 2 },
    { type: 'money', id: 'price', label: '单价' },
    { type: 'boolean', id: 'urgent', label: '加急' },
    { type: 'date', id: 'due_on', label: '截止日期' },
    { type: 'date', id: 'done_on', label: '完成日期' },
    { type: 'dateTime', id: 'opened_at', label: '报修时间' },
    { type: 'dateTime', id: 'closed_at', label: '关闭时间' },
    { type: 'time', id: 'visit_at', label: '上门时刻' },
    { type: 'duration', id: 'effort', label: '工时' },
    {
      type: 'select',
      id: 'priority',
      label: '优先级',
      options: [
        { id: 'high', label: '高' },
        { id: 'low', label: '低' },
      ],
    },
    {
      type: 'multiSelect',
      id: 'tags',
      label: '标签',
      options: [
        { id: 'hw', label: '硬件' },
        { id: 'sw', label: '软件' },
        { id: 'net', label: '网络' },
      ],
    },
    { type: 'user', id: 'owner', label: '负责人' },
    { type: 'link', id: 'customer', label: '客户', form: 'customer' },
  ],
}

export type Desk = { readonly forms: ReadonlyMap<string, FormModel>; readonly lookup: FormLookup }

/** The desk with other access rules; absent: nobody but the system may read anything. */
export function desk(
  access: {
    readonly ticket?: FormDefinition['access']
    readonly customer?: FormDefinition['access']
    readonly region?: FormDefinition['access']
  } = {},
): Desk {
  const withAccess = (definition: FormDefinition, entries: FormDefinition['access']) =>
    entries ? { ...definition, access: entries } : definition
  const forms = new Map([
    ['ticket', formModel(withAccess(ticketDefinition, access.ticket), demo)],
    ['customer', formModel(withAccess(customerDefinition, access.customer), demo)],
    ['crm/region', formModel(withAccess(regionDefinition, access.region), { id: 'crm', currency: 'CNY' })],
  ])
  return { forms, lookup: (name) => forms.get(name) }
}

/** 2026-03-02 16:00 in Shanghai. */
export const now = 1_772_438_400_000
const user: UserFacts = {
  id: 'u1',
  username: 'li',
  name: '李伟',
  department: 'd1',
  superior: 'u9',
  departments: ['d1', 'd2'],
  roles: ['agent'],
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
}
export const agent: Principal = {
  kind: 'user',
  user,
  admin: false,
  grants: [
    { app: 'demo', role: 'agent' },
    { app: 'crm', role: 'agent' },
  ],
}
export const system: Principal = { kind: 'system', reason: 'test' }

export const facts = (more: Partial<Facts> = {}): Facts => ({ now, zone: 'Asia/Shanghai', user, ...more })
export const environment = (
  { lookup }: Desk,
  principal: Principal = system,
  more: Partial<Facts> = {},
): ReadEnvironment => {
  const scopes = new Map<FormModel, ReadScope>()
  return {
    lookup,
    facts: facts(more),
    scopes: (form) => {
      const scope = scopes.get(form) ?? readScope(form, principal)
      scopes.set(form, scope)
      return scope
    },
  }
}

/** Records by form name and id, with the system values they are stored with. */
export type Rows = { readonly [form: string]: readonly (RecordFacts & { readonly id: string })[] }

/** `linked` of the facts: everything, as conditions of access rules see it. */
export const linkedIn = (rows: Rows): NonNullable<Facts['linked']> => {
  const byId = new Map(
    Object.entries(rows).flatMap(([form, records]) =>
      records.map((record): [string, RecordFacts] => [`${form}/${record.id}`, record]),
    ),
  )
  return (form, id) => byId.get(`${form}/${id}`)
}

export type OpenDesk = {
  readonly kind: DatabaseKind
  readonly db: Kysely<unknown>
  readonly database: Database
  run(statement: Sql): Promise<readonly RawRow[]>
  /** Replaces all records. */
  fill(rows: Rows): Promise<void>
  close(): Promise<void>
}

const tableOf = (form: FormModel): string => `r_${form.app}_${form.id}`
const columnOf = (field: { readonly id: string; readonly system: boolean }): string =>
  field.system ? field.id : `f_${field.id}`

/** Opens a database and makes the desk's tables in it, as a publish would. */
export async function openDesk(test: TestDatabase, { forms }: Desk): Promise<OpenDesk> {
  const { kind, url } = test
  const dialect =
    kind === 'sqlite'
      ? new SqliteDialect({ database: new Sqlite(url.slice('sqlite:'.length)) })
      : new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 2 }) })
  const db = new Kysely<unknown>({ dialect })
  const database: Database = {
    dialect: dialects[kind],
    tables: (form) => ({ table: tableOf(form), column: columnOf }),
  }
  for (const form of forms.values()) {
    const columns = [...form.fields.values()]
      .filter(({ stored }) => stored)
      .map((field) => `"${columnOf(field)}" ${columnType(field.value, kind)}${field.id === 'id' ? ' primary key' : ''}`)
    await sql.raw(`create table if not exists "${tableOf(form)}" (${columns.join(', ')})`).execute(db)
  }
  // The bundler's view of kysely and Node's differ in their types only.
  const run = async (statement: Sql) => (await statement.execute(db as never)).rows as RawRow[]
  return {
    kind,
    db,
    database,
    run,
    async fill(rows) {
      for (const [name, records] of Object.entries(rows)) {
        const form = forms.get(name)
        if (!form) throw new Error(`no form ${name}`)
        await sql`delete from ${sql.table(tableOf(form))}`.execute(db)
        const fields = [...form.fields.values()].filter(({ stored }) => stored)
        const columns = sql.join(fields.map((field) => sql.id(columnOf(field))))
        for (let start = 0; start < records.length; start += 100) {
          const values = records
            .slice(start, start + 100)
            .map(
              (record) =>
                sql`(${sql.join(fields.map((field) => encodeValue(cellOf(record, field.id), field.value, database.dialect)))})`,
            )
          await sql`insert into ${sql.table(tableOf(form))} (${columns}) values ${sql.join(values)}`.execute(db)
        }
      }
    },
    close: () => db.destroy(),
  }
}

const defaults: RecordFacts = {
  version: 1,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  title: 't',
}
const cellOf = (record: RecordFacts, field: string) => record[field] ?? defaults[field] ?? null
/** A record with the system values it gets in the database. */
export const stored = <R extends RecordFacts>(record: R): R => ({ ...defaults, ...record })
