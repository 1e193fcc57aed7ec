import type { ActionBehaviour } from '../contract.ts'

export const mail: ActionBehaviour<'mail'> = {
  deeds: (action) => [{ kind: 'mail', to: action.to, message: action.message }],
}
