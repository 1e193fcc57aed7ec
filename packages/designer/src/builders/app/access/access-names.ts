import { type AppDefinition, behaviourOf, type FieldModel, type Locale, resolveText } from '@tenon/engine'

/** What a role is called; `*` is everybody of the app. */
export function roleName(app: AppDefinition | undefined, role: string, locale: Locale, everybody: string): string {
  if (role === '*') return everybody
  return resolveText(app?.roles.find(({ id }) => id === role)?.label, locale) || role
}

/** Whether people can fill a field in at all: what is computed or kept by the system only shows. */
export const isWritable = ({ definition }: FieldModel): boolean =>
  definition !== undefined && behaviourOf(definition).traits.entered
