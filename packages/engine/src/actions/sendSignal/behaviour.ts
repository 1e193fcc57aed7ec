import type { ActionBehaviour } from '../contract.ts'

export const sendSignal: ActionBehaviour<'sendSignal'> = {
  deeds: (action) => [{ kind: 'signal', name: action.name }],
}
