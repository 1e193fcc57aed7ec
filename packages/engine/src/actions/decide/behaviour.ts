import type { ActionBehaviour } from '../contract.ts'

export const decide: ActionBehaviour<'decide'> = {
  deeds: ({ decision, set, explain }) => [{ kind: 'decide', decision, set, explain: explain ?? null }],
}
