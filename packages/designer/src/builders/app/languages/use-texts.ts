import { isLocale, type Locale, resolveText } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { documentAt, withDocument } from '../../../draft/documents.ts'
import { useDraftPart, useDraftSession } from '../../../draft/draft-context.tsx'
import { type TextPlace, textIn, textsIn, withPointer, withText } from '../../../edits/texts.ts'
import { kinds, placeOf } from '../../kinds.ts'

export type PlacedText = TextPlace & { readonly where: string; readonly key: string }
export type Wording = { readonly text: PlacedText; readonly locale: Locale; readonly words: string }

/** Every text of the app with where it is, and the way to word them anew. */
export function useTexts() {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const documents = useDraftPart((state) => state.documents)
  const texts = useMemo(
    () =>
      Object.entries(documents).flatMap(([file, document]) => {
        const place = placeOf(file)
        if (!place) return []
        return textsIn({ file, document, schema: kinds[place.kind].schema }).map((text): PlacedText => {
          const trail = text.trail.map((one) => resolveText(one, locale))
          const names = [t(`designer:kind.${place.kind}`), ...trail, text.title[locale] ?? t('languages.text')]
          return { ...text, where: names.filter((name) => name !== '').join(' › '), key: `${file} ${text.address}` }
        })
      }),
    [documents, locale, t],
  )
  const locales = useMemo<readonly Locale[]>(() => {
    const named = documentAt(documents, 'app.json')?.locales
    const known = Array.isArray(named) ? named.filter(isLocale) : []
    return known.length > 0 ? known : ['zh-CN']
  }, [documents])
  const word = (label: string, wordings: readonly Wording[], key?: string) =>
    session.edit(
      label,
      (before) =>
        wordings.reduce((now, { text, locale: language, words }) => {
          const document = documentAt(now, text.file)
          if (!document || textIn(text.value, language) === words) return now
          const next = withPointer(document, text.path, (value) => withText(value as string, language, words))
          return withDocument(now, text.file, next)
        }, before),
      key,
    )
  return { texts, locales, word }
}
