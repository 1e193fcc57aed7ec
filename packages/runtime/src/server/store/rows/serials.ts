import { kindOf, type Tx } from '../database.ts'
import { placeholder, run } from '../statement.ts'

/** The next number of a counter. It is part of the transaction: a command that is undone gives its number back. */
export async function nextSerial(tx: Tx, app: string, form: string, field: string, period: string): Promise<number> {
  const kind = kindOf(tx)
  const [row] = await run<{ value: number }>(
    tx,
    `INSERT INTO serials (app, form, field, period, value) VALUES (${[1, 2, 3, 4].map((n) => placeholder(kind, n)).join(', ')}, 1)
    ON CONFLICT (app, form, field, period) DO UPDATE SET value = serials.value + 1 RETURNING value`,
    [app, form, field, period],
  )
  if (!row) throw new Error('a counter gave no number')
  return Number(row.value)
}
