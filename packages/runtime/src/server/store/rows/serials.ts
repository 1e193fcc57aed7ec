import type { Tx } from '../database.ts'

/** The next number of a counter. It is part of the transaction: a command that is undone gives its number back. */
export async function nextSerial(tx: Tx, app: string, form: string, field: string, period: string): Promise<number> {
  const row = await tx.insertInto('serials').values({ app, form, field, period, value: 1 })
    .onConflict((conflict) => conflict.columns(['app', 'form', 'field', 'period']).doUpdateSet((eb) => ({ value: eb('serials.value', '+', 1) })))
    .returning('value').executeTakeFirstOrThrow()
  return row.value
}
