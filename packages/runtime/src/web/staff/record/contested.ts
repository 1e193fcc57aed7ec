import { type FieldValue, type FormModel, mergeRows, type RecordData } from '@tenon/engine'

type Values = { readonly [field: string]: FieldValue }

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Fields that I changed and somebody else changed meanwhile, to another value; of rows, where both changed the same one. */
export function contested(mine: Values, base: RecordData, theirs: RecordData, form?: FormModel): readonly string[] {
  return Object.keys(mine).filter(
    (field) =>
      !same(theirs[field], base[field]) &&
      !same(theirs[field], mine[field]) &&
      !(form?.fields.get(field)?.rows && mergeRows(base[field], mine[field], theirs[field]) !== undefined),
  )
}

/** What I send on top of theirs: of rows, those of both. */
export const withTheirRows = (mine: Values, base: RecordData, theirs: RecordData, form: FormModel): Values =>
  Object.fromEntries(
    Object.entries(mine).map(([field, value]) => {
      const rows = form.fields.get(field)?.rows ? mergeRows(base[field], value, theirs[field]) : undefined
      return [field, rows === undefined ? value : rows]
    }),
  )
