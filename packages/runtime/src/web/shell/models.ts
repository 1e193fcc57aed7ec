import { type FormModel, formModel } from '@tenon/engine'
import type { AppView } from '../../contract/index.ts'

/** The forms of an app as the engine's models, as far as I may see them. */
export const formModels = (view: AppView): ReadonlyMap<string, FormModel> =>
  new Map(view.forms.map(({ id, definition }) => [id, formModel(definition, { id: view.id, currency: view.currency })]))
