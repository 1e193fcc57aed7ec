import type { ActionBehaviour } from '../contract.ts'

export const endFlow: ActionBehaviour<'endFlow'> = {
  deeds: (action) => [{ kind: 'endFlow', flow: action.flow ?? null }],
}
