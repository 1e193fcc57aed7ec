import type { ActionBehaviour } from '../contract.ts'

export const set: ActionBehaviour<'set'> = { deeds: (action) => [{ kind: 'set', values: action.values }] }
