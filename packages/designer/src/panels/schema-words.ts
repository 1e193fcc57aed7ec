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
import helpsInChinese from './helps.zh-CN.json' with { type: 'json' }

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

const chinese = new Map(Object.entries(helpsInChinese))

/** Help for a property in the reader's language: schemas describe themselves in English, the Chinese is kept by it. */
export function helpOf({ description }: SchemaNode, locale: Locale): string | undefined {
  if (typeof description !== 'string') return undefined
  return locale === 'en' ? description : chinese.get(description)
}

/** Values of a closed list with their words. */
export function choicesIn(schema: SchemaNode, locale: Locale): readonly { value: string; label: string }[] {
  const names = ui(schema, 'names')
  return (schema.enum as readonly string[]).map((value) => ({
    value,
    label: resolveText(own(names, String(value)) as TextValue | undefined, locale) || String(value),
  }))
}

/** What goes where nothing is said: a value of the closed list, or words for it; undefined: the schema does not say. */
export function absentWords(schema: SchemaNode, locale: Locale): string | undefined {
  const absent = ui(schema, 'absent')
  if (isObject(absent)) return resolveText(absent as TextValue, locale)
  return typeof absent === 'string' && Array.isArray(schema.enum)
    ? choicesIn(schema, locale).find(({ value }) => value === absent)?.label
    : undefined
}

/** Whether a property says anything beside these siblings. */
export function isAskedFor(schema: SchemaNode, siblings: { readonly [property: string]: unknown }): boolean {
  const asked = ui(schema, 'askedFor')
  return (
    !isObject(asked) ||
    Object.entries(asked).every(([name, values]) => Array.isArray(values) && values.includes(siblings[name]))
  )
}

/** What a switch shows where nothing is said. */
export const isOnWhenAbsent = (schema: SchemaNode): boolean => ui(schema, 'absent') === true

/** What a branch of a union is called: its own title, or that of the property it is known by. */
export function branchTitle(branch: SchemaNode, locale: Locale): string {
  const [key = ''] = requiredOf(branch)
  return titleOf(branch, locale) || titleOf(schemaProperties(branch)[key] ?? {}, locale)
}

/** Set by drawing, not by typing. */
export const isDrawnElsewhere = (schema: SchemaNode): boolean => ui(schema, 'hidden') === true
