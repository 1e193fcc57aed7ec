import { alert } from './alert/behaviour.ts'
import { comment } from './comment/behaviour.ts'
import type { ActionBehaviour, Deed } from './contract.ts'
import { create } from './create/behaviour.ts'
import { decide } from './decide/behaviour.ts'
import { endFlow } from './endFlow/behaviour.ts'
import { mail } from './mail/behaviour.ts'
import { notify } from './notify/behaviour.ts'
import type { Action, ActionOf, ActionTypeName } from './schemas.ts'
import { sendMessage } from './sendMessage/behaviour.ts'
import { sendSignal } from './sendSignal/behaviour.ts'
import { set } from './set/behaviour.ts'
import { startFlow } from './startFlow/behaviour.ts'
import { webhook } from './webhook/behaviour.ts'

/** The action types: a type without a meaning does not compile. */
const actionTypes: { readonly [T in ActionTypeName]: ActionBehaviour<T> } = {
  set,
  create,
  notify,
  mail,
  comment,
  decide,
  startFlow,
  endFlow,
  sendMessage,
  sendSignal,
  alert,
  webhook,
}

/** What an action wants done. */
export const deedsOf = (action: Action): readonly Deed[] =>
  (actionTypes[action.type] as ActionBehaviour<ActionTypeName>).deeds(action)

/** The alerts an action wants raised. */
export const alertsOf = (action: Action): readonly ActionOf<'alert'>[] =>
  deedsOf(action).flatMap((deed) => ('alert' in deed ? [deed.alert] : []))
