import {
  isObject,
  type Locale,
  own,
  requiredOf,
  resolveText,
  type SchemaNode,
  schemaProperties,
  type TextValue,
} from '@tenon/engine'

const ui = (schema: SchemaNode, key: string): unknown => own(schema['x-ui'], key)

/** The control a schema asks for. */
export function controlOf(schema: SchemaNode): string | undefined {
  const control = ui(schema, 'control')
  return typeof control === 'string' ? control : undefined
}

/** Title of a property in the reader's language. */
export function titleOf(schema: SchemaNode, locale: Locale, otherwise = ''): string {
  const titles = ui(schema, 'titles')
  return isObject(titles) ? resolveText(titles as TextValue, locale) : otherwise
}

/** Help for a property. Descriptions are English: a Chinese reader gets none rather than a foreign one. */
export function helpOf(schema: SchemaNode, locale: Locale): string | undefined {
  const helps = ui(schema, 'helps')
  if (isObject(helps) && typeof helps[locale] === 'string') return helps[locale]
  return locale === 'en' && typeof schema.description === 'string' ? schema.description : undefined
}

/** Values of a closed list with their words. */
export function choicesIn(schema: SchemaNode, locale: Locale): readonly { value: string; label: string }[] {
  const names = ui(schema, 'names')
  return (schema.enum as readonly string[]).map((value) => ({
    value,
    label: resolveText(own(names, String(value)) as TextValue | undefined, locale) || String(value),
  }))
}

/** What a switch shows where nothing is said. */
export const isOnWhenAbsent = (schema: SchemaNode): boolean => ui(schema, 'absent') === true

/** What a branch of a union is called: its own title, or that of the property it is known by. */
export function branchTitle(branch: SchemaNode, locale: Locale): string {
  const [key = ''] = requiredOf(branch)
  return titleOf(branch, locale) || titleOf(schemaProperties(branch)[key] ?? {}, locale)
}
