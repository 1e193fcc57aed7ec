/** Thrown inside a transaction that has read something another one has changed since: it begins anew. */
export class TryAgain extends Error {}

/** Which promise of the tables an error of the database is about. */
export const constraintOf = (error: unknown): 'unique' | 'reference' | undefined => {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return 'unique'
  if (code === '23503' || code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return 'reference'
  return undefined
}
