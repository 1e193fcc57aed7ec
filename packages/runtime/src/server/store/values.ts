import type { FieldValue, ValueType } from '@tenon/engine'
import { decodeValue, dialects, encodeValue as encode, type Stored } from '@tenon/reports/sql'
import type { DatabaseKind } from './database.ts'

export { decodeValue, type Stored }

/** A value as its column holds it; throws for one that is not of its type, which only a bug brings here. */
export const encodeValue = (type: ValueType, value: FieldValue | undefined, kind: DatabaseKind): Stored =>
  encode(value, type, dialects[kind])

/** Column types, by kind of value. Text compares by code point on both. */
export function columnType(type: ValueType, kind: DatabaseKind): string {
  switch (type.kind) {
    case 'text':
    case 'date':
    case 'time':
    case 'reference':
      return kind === 'sqlite' ? 'TEXT' : 'TEXT COLLATE "C"'
    case 'boolean':
      return kind === 'sqlite' ? 'INTEGER' : 'BOOLEAN'
    case 'list':
    case 'table':
      return kind === 'sqlite' ? 'TEXT' : 'JSONB'
    default:
      return kind === 'sqlite' ? 'INTEGER' : 'BIGINT'
  }
}
