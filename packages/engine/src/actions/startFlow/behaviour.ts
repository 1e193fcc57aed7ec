import type { ActionBehaviour } from '../contract.ts'

export const startFlow: ActionBehaviour<'startFlow'> = { deeds: (action) => [{ kind: 'startFlow', flow: action.flow }] }
