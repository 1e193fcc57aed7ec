import { hash } from 'node:crypto'
import { isObject } from '@tenon/engine'

/** The one text of a JSON value: keys in code point order, no blanks, absent properties left out. What hashes are made of. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(',')}}`
}

export const sha256 = (text: string): string => hash('sha256', text)
