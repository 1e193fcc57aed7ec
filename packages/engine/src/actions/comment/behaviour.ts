import type { ActionBehaviour } from '../contract.ts'

export const comment: ActionBehaviour<'comment'> = {
  deeds: (action) => [{ kind: 'comment', body: action.body, visibility: action.visibility ?? 'internal' }],
}
