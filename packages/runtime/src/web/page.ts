/**
 * The frame of every signed-in page, for pages built apart (the designer): who I am, language and look, the server, and
 * how waiting and failure are shown.
 */

export { AppEnvironment } from './shell/AppEnvironment.tsx'
export { useApps, useFormLookup } from './shell/apps.ts'
export { useChooseLocale } from './shell/choose-locale.ts'
export { client, queries } from './shell/client.ts'
export { Gate } from './shell/Gate.tsx'
export { addTexts, startI18n } from './shell/i18n.ts'
export { iconNames, NamedIcon } from './shell/icons.tsx'
export { Page } from './shell/Page.tsx'
export { type Preferences, preferences, setPreferences, useMode, usePreferences } from './shell/preferences.ts'
export { isNotFound, useReason } from './shell/problems.ts'
export { useSession, useSignOut } from './shell/session.tsx'
export { Broken, Catcher, Failed, Nothing, NotVisible, Waiting } from './shell/states.tsx'
export { BoardFilters } from './staff/board/BoardFilters.tsx'
export { ViewPreview } from './staff/views/ViewPreview.tsx'
