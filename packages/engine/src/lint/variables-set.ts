import { warning } from '../kernel/problem.ts'
import type { Check } from './context.ts'

/** What every installation is to set for itself has a value here, or a default. */
export const variablesSet: Check = ({ app }) =>
  (app.definition.variables ?? []).flatMap(({ id, label }, at) =>
    app.variables.has(id) ? [] : [warning('variable.unset', `/app.json/variables/${at}`, { variable: label })],
  )
