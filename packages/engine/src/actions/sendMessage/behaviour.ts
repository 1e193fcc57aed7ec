import type { ActionBehaviour } from '../contract.ts'

export const sendMessage: ActionBehaviour<'sendMessage'> = {
  deeds: (action) => [{ kind: 'message', name: action.name, key: action.key ?? null, ttl: action.ttl ?? null }],
}
