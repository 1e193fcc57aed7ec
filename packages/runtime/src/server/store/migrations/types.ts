import type { DatabaseKind } from '../database.ts'

/** One step of the database's own history. Never edited after a release: a change is a new step. */
export type Migration = {
  readonly id: number
  readonly name: string
  readonly statements: (kind: DatabaseKind) => readonly string[]
}

/** Column types and table endings of a dialect. Text compares by code point on both. */
export const words = (kind: DatabaseKind) =>
  kind === 'sqlite'
    ? { int: 'INTEGER', text: 'TEXT', table: 'STRICT', keyed: 'STRICT, WITHOUT ROWID' }
    : { int: 'BIGINT', text: 'TEXT COLLATE "C"', table: '', keyed: '' }
