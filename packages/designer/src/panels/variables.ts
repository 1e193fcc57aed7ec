import { type Locale, resolveText } from '@tenon/engine'
import type { DraftApp } from './draft-app.ts'

/** What the app calls its variables, by id. */
export const variableLabels = ({ definition }: Pick<DraftApp, 'definition'>, locale: Locale) =>
  new Map((definition?.variables ?? []).map(({ id, label }) => [id, resolveText(label, locale) || id]))
