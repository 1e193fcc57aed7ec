/** What became of a request: carried out, refused, or nobody knows because the answer never came. */
type Outcome = 'ok' | 'refused' | 'unknown'

/** One write as the client meant it; sent again with the same key until its outcome is known. */
export type Intention = {
  readonly kind: 'create' | 'wrong' | 'update' | 'comment' | 'claim' | 'complete'
  readonly key: string
  readonly method: 'POST' | 'PATCH'
  readonly path: string
  readonly body: object
  /** The text by which it is found again. */
  readonly mark: string
}
export type Attempt = { readonly outcome: Outcome; readonly status: number; readonly answer: unknown }

/** All a client did to one of its tickets, as far as it was told. */
export type Ticket = {
  readonly subject: string
  readonly id: string
  description: string
  version: number
  readonly comments: string[]
  task: 'none' | 'claimed' | 'completed'
}

/** What all clients know: acknowledged tickets, and marks of what was refused. */
export type History = {
  readonly tickets: Ticket[]
  readonly refused: string[]
  acknowledged: number
  /** Requests whose answer was cut off by a kill, and of these those that had been committed after all. */
  unknown: number
  readonly protests: string[]
}

export const newHistory = (): History => ({ tickets: [], refused: [], acknowledged: 0, unknown: 0, protests: [] })
