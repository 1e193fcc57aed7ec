import type { ActionBehaviour } from '../contract.ts'

export const alert: ActionBehaviour<'alert'> = { deeds: (action) => [{ kind: 'alert', alert: action }] }
