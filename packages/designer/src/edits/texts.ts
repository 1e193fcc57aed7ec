import {
  isObject,
  type Locale,
  pointer,
  pointerParts,
  propertySchema,
  resolveText,
  type SchemaNode,
  settledSchema,
  type TextValue,
} from '@tenon/engine'

/** A human text somewhere in the definitions. */
export type TextPlace = {
  readonly file: string
  /** JSON Pointer inside the file, as it stands now. */
  readonly path: string
  /** The same place by ids, which stays when things move. */
  readonly address: string
  /** Names of what it belongs to, from the outside in. */
  readonly trail: readonly TextValue[]
  /** What the text is there: its name, its hint … */
  readonly title: { readonly [locale: string]: string }
  readonly value: TextValue
}

type Member = { readonly file: string; readonly document: unknown; readonly schema: object }

/** Every text of a definition, found by its schema, in document order. */
export function textsIn({ file, document, schema }: Member): readonly TextPlace[] {
  const root = schema as SchemaNode
  const found: TextPlace[] = []
  walk(document, root, { path: '', address: [], trail: [] })
  return found

  function walk(value: unknown, here: SchemaNode, at: At): void {
    if (isTextSchema(here)) {
      if (typeof value === 'string' || isObject(value))
        found.push({ file, ...at, address: at.address.join('/'), title: titlesOf(here), value: value as TextValue })
      return
    }
    const known = settledSchema(value, here, root)
    if (!known) return
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        const id = isObject(item) ? (item.id ?? item.section) : undefined
        const next = { ...at, path: at.path + pointer(index), address: [...at.address, String(id ?? index)] }
        walk(item, (known.items ?? {}) as SchemaNode, next)
      }
    } else if (isObject(value)) {
      const label = value.label
      const trail = typeof label === 'string' || isObject(label) ? [...at.trail, label as TextValue] : at.trail
      for (const [key, item] of Object.entries(value)) {
        const inner = propertySchema(key, known)
        if (inner) walk(item, inner, { path: at.path + pointer(key), address: [...at.address, key], trail })
      }
    }
  }
}

type At = { readonly path: string; readonly address: readonly string[]; readonly trail: readonly TextValue[] }

const uiOf = (schema: SchemaNode): { readonly [key: string]: unknown } =>
  isObject(schema['x-ui']) ? (schema['x-ui'] as { readonly [key: string]: unknown }) : {}
const isTextSchema = (schema: SchemaNode): boolean => uiOf(schema).control === 'text'
const titlesOf = (schema: SchemaNode): TextPlace['title'] => (uiOf(schema).titles ?? {}) as TextPlace['title']

/** What the text says in a language; '' where it says nothing there. A single text counts for the languages it fits. */
export function textIn(value: TextValue, locale: Locale): string {
  if (typeof value === 'string') return locale === 'zh-CN' || !isChinese(value) ? value : ''
  return Object.hasOwn(value, locale) ? (value[locale] ?? '') : ''
}

export const isTranslated = (value: TextValue, locales: readonly Locale[]): boolean =>
  resolveText(value, 'zh-CN') === '' || locales.every((locale) => textIn(value, locale) !== '')

const isChinese = (text: string): boolean => /[\u3400-\u9fff]/.test(text)

/** The text with another wording in one language. */
export function withText(value: TextValue, locale: Locale, text: string): TextValue {
  const before =
    typeof value === 'string' ? (isChinese(value) ? { 'zh-CN': value } : { 'zh-CN': value, en: value }) : value
  const { [locale]: _gone, ...others } = before
  if (text === '' && Object.keys(others).length > 0) return others
  return Object.fromEntries(
    Object.entries({ ...before, [locale]: text }).sort(([one], [other]) => order(one) - order(other)),
  )
}
const order = (language: string) =>
  ['zh-CN', 'en'].indexOf(language) + (language === 'zh-CN' || language === 'en' ? 0 : 9)

/** The document with something else at a JSON Pointer that is there; it copies only what it changes. */
export function withPointer<T>(document: T, path: string, change: (value: unknown) => unknown): T {
  return at(document, pointerParts(path)) as T

  function at(here: unknown, [name, ...rest]: readonly string[]): unknown {
    if (name === undefined) return change(here)
    if (Array.isArray(here)) {
      const next = at(here[Number(name)], rest)
      return next === here[Number(name)] ? here : here.with(Number(name), next)
    }
    if (!isObject(here) || !Object.hasOwn(here, name)) return here
    const next = at(here[name], rest)
    return next === here[name] ? here : { ...here, [name]: next }
  }
}
