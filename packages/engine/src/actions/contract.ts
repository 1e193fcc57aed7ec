import type { ValueExpression, Who } from '../definitions/value-expression.ts'
import type { TextValue } from '../kernel/text.ts'
import type { ActionOf, ActionTypeName } from './schemas.ts'

/** What an action wants done, in words every action shares; the pipeline carries deeds out. */
export type Deed =
  | { readonly kind: 'set'; readonly values: { readonly [field: string]: ValueExpression } }
  | { readonly kind: 'create'; readonly form: string; readonly values: { readonly [field: string]: ValueExpression } }
  | {
      readonly kind: 'send'
      readonly to: readonly Who[]
      readonly message: string
      readonly channels: readonly Channel[] | null
    }
  /** To the first of these fields that holds an address. */
  | { readonly kind: 'mail'; readonly to: readonly string[]; readonly message: string }
  | { readonly kind: 'comment'; readonly body: TextValue; readonly visibility: 'internal' | 'public' }
  | {
      readonly kind: 'decide'
      readonly decision: string
      readonly set: { readonly [field: string]: string }
      readonly explain: string | null
    }
  | { readonly kind: 'startFlow'; readonly flow: string }
  | {
      readonly kind: 'message'
      readonly name: string
      /** null: the id of the record. */
      readonly key: ValueExpression | null
      readonly ttl: string | null
    }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'endFlow'; readonly flow: string | null }
  | { readonly kind: 'alert'; readonly alert: ActionOf<'alert'> }
  | { readonly kind: 'webhook'; readonly webhook: ActionOf<'webhook'> }
export type Channel = 'inbox' | 'email' | 'sms'

/** The meaning of an action type: its arguments, said as deeds. Pure. */
export type ActionBehaviour<T extends ActionTypeName> = { readonly deeds: (action: ActionOf<T>) => readonly Deed[] }
