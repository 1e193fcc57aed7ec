import { type FactName, factNames, isPlaceholder, parseTemplate } from '@tenon/engine'
import { subjectWords, type Telling } from './condition/condition-words.ts'

export type TemplateWord = string | { readonly label: string }

/** A text with what its placeholders stand for in words; one that means nothing stays as it was written. */
export function tellTemplate(text: string, telling: Telling): readonly TemplateWord[] {
  return parseTemplate(text).map((part) => {
    if (!isPlaceholder(part)) return part
    const { fact, path, from, to } = part
    if (!isFact(fact)) return text.slice(from, to)
    return { label: subjectWords({ fact, path: ['$', ...path].join('.'), operator: 'isNotEmpty' }, telling) }
  })
}

/** The same on one line, as a text that is not filled in yet. */
export const templateInWords = (text: string, telling: Telling): string =>
  tellTemplate(text, telling)
    .map((word) => (typeof word === 'string' ? word : telling.t('placeholderNamed', { name: word.label })))
    .join('')

const isFact = (name: string): name is FactName => (factNames as readonly string[]).includes(name)
