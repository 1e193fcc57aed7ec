import type { ActionBehaviour } from '../contract.ts'

export const webhook: ActionBehaviour<'webhook'> = { deeds: (action) => [{ kind: 'webhook', webhook: action }] }
