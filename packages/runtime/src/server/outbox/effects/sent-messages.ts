import { type Id, ok } from '@tenon/engine'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store/store.ts'

export type SentMessage = {
  readonly key: string
  readonly channel: 'mail' | 'sms'
  readonly recipient: string
  readonly user: Id | null
  readonly subject: string
  readonly body: string
  readonly message: string | null
  /** recorded: there is nobody to send it by; an operator reads it here. */
  readonly state: 'sent' | 'recorded' | 'refused'
  readonly detail: string | null
}

/** Whether the message with this key has left already: an effect may come twice. */
export async function wasSent(store: Store, key: string): Promise<boolean> {
  return (
    (await store.read.selectFrom('sent_messages').select('key').where('key', '=', key).executeTakeFirst()) !== undefined
  )
}

export async function keepMessage(
  { store, clock }: { store: Store; clock: Clock },
  { user, ...message }: SentMessage,
): Promise<void> {
  await store.transact(async (tx) => {
    await tx
      .insertInto('sent_messages')
      .values({ ...message, user_id: user, at: clock.now() })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
    return ok(undefined)
  })
}
