import type { FieldValue, RecordData } from '@tenon/engine'

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Fields that I changed and somebody else changed meanwhile, to another value. */
export function contested(
  mine: { readonly [field: string]: FieldValue },
  base: RecordData,
  theirs: RecordData,
): readonly string[] {
  return Object.keys(mine).filter((field) => !same(theirs[field], base[field]) && !same(theirs[field], mine[field]))
}
