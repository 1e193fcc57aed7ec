import {
  type Action,
  actionSchemas,
  type Locale,
  type RuleDefinition,
  type SchemaNode,
  RuleDefinition as schema,
  schemaProperties,
} from '@tenon/engine'
import { formatIsoDuration } from '@tenon/runtime/ui'
import { labelOf } from '../../draft/labels.ts'
import type { Telling } from '../../panels/condition/condition-words.ts'
import { pathLabel, textOf } from '../../panels/reference-choices.ts'
import { choicesIn, titleOf } from '../../panels/schema-words.ts'
import { tellWho } from '../../panels/who-words.ts'

const inOn = schemaProperties(schemaProperties(schema as unknown as SchemaNode).on ?? {})

/** Names of the record events. */
export const eventNames = (locale: Locale): ReadonlyMap<string, string> =>
  new Map(
    choicesIn((inOn.events as { readonly items?: SchemaNode } | undefined)?.items ?? {}, locale).map(
      ({ value, label }) => [value, label],
    ),
  )

/** When a rule looks, as a sentence. */
export function tellTrigger(on: RuleDefinition['on'] | undefined, telling: Telling): string {
  const { t, locale, form, app } = telling
  const names = eventNames(locale)
  const events = (on?.events ?? []).map((event) => names.get(event) ?? event).join(t('sentence.or'))
  const fields = (on?.fields ?? []).map((id) => pathLabel([id], form, { app, locale }) ?? id).join(t('sentence.comma'))
  const parts = [
    events === '' ? '' : fields === '' ? events : t('trigger.ofFields', { events, fields }),
    on?.date ? tellDate(on.date, telling) : '',
    on?.schedule ? t(`trigger.every.${on.schedule.every}`, { at: on.schedule.at ?? '00:00' }) : '',
    on?.metrics ? t('trigger.metrics') : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? t('trigger.none') : parts.join(t('sentence.or'))
}

function tellDate(date: NonNullable<RuleDefinition['on']['date']>, { t, locale, form, app }: Telling): string {
  const field = pathLabel([date.field], form, { app, locale }) ?? date.field
  if (date.before) return t('trigger.before', { field, time: formatIsoDuration(date.before, locale) })
  if (date.after) return t('trigger.after', { field, time: formatIsoDuration(date.after, locale) })
  return t('trigger.reached', { field })
}

export const actionTitle = (type: Action['type'], locale: Locale): string =>
  titleOf(actionSchemas[type] as unknown as SchemaNode, locale, type)

type Summary<T extends Action['type']> = (action: Extract<Action, { type: T }>, telling: Telling) => string

const named = ({ app, locale }: Telling, folder: string, id: string | undefined) =>
  id === undefined || id === '' ? '' : labelOf(app.documents[`${folder}/${id}.json`], locale, id)
const arrow = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' → ')

const summaries: { readonly [T in Action['type']]: Summary<T> } = {
  set: ({ values = {} }, { form, app, locale, t }) =>
    Object.keys(values)
      .map((id) => pathLabel([id], form, { app, locale }) ?? id)
      .join(t('sentence.comma')),
  create: ({ form }, telling) => named(telling, 'forms', form),
  notify: ({ message, to }, telling) => arrow(named(telling, 'messages', message), tellWho(to, telling)),
  mail: ({ message, to = [] }, telling) =>
    arrow(
      named(telling, 'messages', message),
      to
        .map((path) => pathLabel(path.split('.'), telling.form, { app: telling.app, locale: telling.locale }) ?? path)
        .join(telling.t('sentence.or')),
    ),
  comment: ({ body }, telling) => tellTemplate(textOf(body, telling.locale), telling),
  alert: ({ title, assignTo }, telling) =>
    arrow(tellTemplate(textOf(title, telling.locale), telling), tellWho(assignTo, telling)),
  decide: ({ decision }, telling) => named(telling, 'decisions', decision),
  startFlow: ({ flow }, telling) => named(telling, 'flows', flow),
  endFlow: ({ flow }, telling) => named(telling, 'flows', flow),
  webhook: ({ url }) => url ?? '',
  sendMessage: ({ name }) => name ?? '',
  sendSignal: ({ name }) => name ?? '',
}

/** What an action does, in a few words behind its title. */
export const tellAction = (action: Action, telling: Telling): string =>
  (summaries[action.type] as Summary<Action['type']>)(action as never, telling)

/** A text with the labels of the fields whose values stand in it. */
const tellTemplate = (text: string, { form, app, locale }: Telling): string =>
  text.replaceAll(/\{\{\s*(?:record\.)?([a-z0-9_.]+)[^}]*\}\}/g, (whole, path: string) => {
    const words = pathLabel(path.split('.'), form, { app, locale })
    return words ? `[${words}]` : whole
  })
