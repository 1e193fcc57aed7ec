import type { Locale } from '@tenon/engine'
import en from './locales/en/ui.json' with { type: 'json' }
import zh from './locales/zh-CN/ui.json' with { type: 'json' }

/** Texts of the widgets, to be registered as i18next's namespace `ui` by the page. */
export const uiTexts: { readonly [L in Locale]: object } = { 'zh-CN': zh, en }
