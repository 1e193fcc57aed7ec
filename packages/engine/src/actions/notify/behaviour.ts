import type { ActionBehaviour } from '../contract.ts'

export const notify: ActionBehaviour<'notify'> = {
  deeds: (action) => [{ kind: 'send', to: action.to, message: action.message, channels: action.channels ?? null }],
}
