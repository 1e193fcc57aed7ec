import { type FormModel, formModels as modelsOf } from '@tenon/engine'
import type { AppView } from '../../contract/index.ts'

/** The forms of an app as the engine's models, as far as I may see them. */
export const formModels = (view: AppView): ReadonlyMap<string, FormModel> =>
  modelsOf(
    view.forms.map(({ definition }) => definition),
    { id: view.id, currency: view.currency },
  )
