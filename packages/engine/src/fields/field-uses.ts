import type { FieldUse } from '../definitions/schema.ts'
import type { FieldModel, FormModel } from '../model.ts'
import { behaviourOf, definitionOf, fieldOptions } from './field.ts'

const oneOfFew = (field: FieldModel, form: FormModel): boolean =>
  field.value.kind !== 'list' && fieldOptions(field, form).length > 0

const uses: { readonly [U in FieldUse]: (field: FieldModel, form: FormModel) => boolean } = {
  choice: oneOfFew,
  lanes: (field, form) => oneOfFew(field, form) || (field.value.kind === 'reference' && field.target?.kind === 'user'),
  moment: ({ value }) => value.kind === 'date' || value.kind === 'instant',
  files: ({ target }) => target?.kind === 'file',
  link: ({ target }, form) => target?.kind === 'record' && target.app === form.app,
  shown: ({ rows }) => rows === undefined,
  place: (field) => behaviourOf(definitionOf(field)).traits.isPlace === true,
}

/** Whether a field is good for what a view or another definition wants to do with it. It must be stored, to be asked for. */
export const isFieldFor = (use: FieldUse, field: FieldModel, form: FormModel): boolean =>
  field.stored && uses[use](field, form)
