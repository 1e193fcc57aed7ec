import type { Locale } from '@tenon/engine'
import { client } from './client.ts'
import { loadLocale } from './i18n.ts'
import { setPreferences } from './preferences.ts'

/** Changes the language at once; what is on the screen is drawn again, nothing is loaded again but the texts. */
export function useChooseLocale(): (locale: Locale) => Promise<void> {
  return async (locale) => {
    await loadLocale(locale)
    setPreferences({ locale })
    // So that mails come in this language too; the page does not wait for it.
    client.session.change({ locale }).catch(() => {})
  }
}
