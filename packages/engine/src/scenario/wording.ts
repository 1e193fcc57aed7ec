import { behaviourOf } from '../fields/field.ts'
import { formatInstant, parseInstant } from '../kernel/instant.ts'
import type { Locale } from '../kernel/locale.ts'
import type { TextValue } from '../kernel/text.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import { zoneOffsetMs } from '../kernel/zone.ts'
import type { AppModel } from '../model.ts'
import { appFacts } from '../pipeline/app-facts.ts'
import { labelled, shown } from './told.ts'

type Labelled = { readonly id: string; readonly label?: TextValue | undefined }

const labelIn = (all: readonly Labelled[], id: string): TextValue =>
  labelled(all.find((one) => one.id === id)?.label, id)

/** What people call a step of one of the app's flows; the id where nobody gave it a name. */
export const stepName = (app: AppModel, node: string): TextValue =>
  labelIn(
    [...app.flows.values()].flatMap(({ nodes }) => nodes as readonly Labelled[]),
    node,
  )

/** A clock of a policy, or the time limit of a step, which goes by the step's name. */
export function clockName(app: AppModel, clock: string): TextValue {
  const name = labelIn(
    app.policies.flatMap(({ clocks }) => clocks),
    clock,
  )
  return name === clock ? stepName(app, clock) : name
}

export const messageName = (app: AppModel, message: string): TextValue => app.messages.get(message)?.label ?? message

const channelNames: { readonly [channel: string]: TextValue } = {
  inbox: { 'zh-CN': '站内消息', en: 'inbox' },
  email: { 'zh-CN': '邮件', en: 'e-mail' },
  sms: { 'zh-CN': '短信', en: 'SMS' },
}
export const channelName = (channel: string): TextValue => channelNames[channel] ?? channel

/** A moment as the clock on the wall shows it where the app is at home, to the minute where nothing is lost by it. */
export function momentWords(app: AppModel, text: string | null): TextValue {
  const at = text === null ? undefined : parseInstant(text)
  if (at === undefined) return shown(text)
  const wall = formatInstant(at + zoneOffsetMs(appFacts(app).zone, at))
  return `${wall.slice(0, 10)} ${wall.slice(11, wall.endsWith(':00.000Z') ? 16 : 19)}`
}

/** A value as people read it; `nameOf`: who or what an id stands for in the scenario. */
export function valueWords(
  app: AppModel,
  form: string,
  field: string,
  value: unknown,
  nameOf: (id: string) => string | undefined,
): TextValue {
  const model = app.forms.get(form)
  const definition = model?.fields.get(field)?.definition
  if (!model || !definition || value === null || value === undefined || value === '') return shown(value)
  const words = (locale: Locale) =>
    behaviourOf(definition).toText(value as FieldValue, definition, {
      locale,
      zone: appFacts(app).zone,
      form: model,
      nameOf: (_, id) => nameOf(id),
    })
  const [zh, en] = [words('zh-CN'), words('en')]
  // What no value of this field is (an expectation may say anything) is shown as its author wrote it.
  return zh === '' ? shown(value) : { 'zh-CN': zh, en }
}
