import type { ActionBehaviour } from '../contract.ts'

export const create: ActionBehaviour<'create'> = {
  deeds: (action) => [{ kind: 'create', form: action.form, values: action.values }],
}
