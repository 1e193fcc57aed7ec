import type { Locale } from '@tenon/engine'
import type { Locale as KitLocale } from 'antd/es/locale/index.js'
import dayjs from 'dayjs'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

type Bundle = {
  readonly texts: { readonly [namespace: string]: object }
  readonly kit: KitLocale
  readonly days: string
}

const bundles: { readonly [L in Locale]: () => Promise<Bundle> } = {
  'zh-CN': async () => (await import('./locales/zh-CN/bundle.ts')).bundle,
  en: async () => (await import('./locales/en/bundle.ts')).bundle,
}
/** Texts that another page brings along, by namespace. */
type Texts = { readonly [L in Locale]: () => Promise<{ readonly [namespace: string]: object }> }
const more: Texts[] = []
/** Adds the texts of a page built apart; before `startI18n`. */
export const addTexts = (texts: Texts): void => {
  more.push(texts)
}

const loaded = new Map<Locale, Bundle>()

/** Texts, kit texts and date words of a language: one chunk each, only the chosen one is loaded. */
export async function loadLocale(locale: Locale): Promise<void> {
  const bundle = loaded.get(locale) ?? (await bundles[locale]())
  loaded.set(locale, bundle)
  const others = await Promise.all(more.map((texts) => texts[locale]()))
  for (const texts of others)
    for (const [namespace, words] of Object.entries(texts)) i18next.addResourceBundle(locale, namespace, words)
  for (const [namespace, texts] of Object.entries(bundle.texts)) i18next.addResourceBundle(locale, namespace, texts)
  dayjs.locale(bundle.days)
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}

export async function startI18n(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    resources: {},
    ns: ['shell', 'staff', 'admin', 'ui', 'views', 'public'],
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await loadLocale(locale)
}

export const kitLocale = (locale: Locale): KitLocale | undefined => loaded.get(locale)?.kit
