import { type ClockDefinition, type Condition, type LadderStep, type Locale, parseDurationMs } from '@tenon/engine'
import { formatWorkingTime } from '@tenon/runtime/ui'
import type { TFunction } from 'i18next'
import { labelOf } from '../../draft/labels.ts'
import type { Telling } from '../../panels/condition/condition-words.ts'
import { tellCondition } from '../../panels/index.ts'
import { pathLabel } from '../../panels/reference-choices.ts'
import { tellWho } from '../../panels/who-words.ts'

type Target = ClockDefinition['targets'][number]
type Words = TFunction<'policy'>

/** A target as words: `客户等级 属于 VIP：8 小时`. */
function tellTarget({ when, within, until }: Target, telling: Telling, t: Words): string {
  const { form, app, locale } = telling
  const time =
    within !== undefined
      ? workingTime(within, locale)
      : until !== undefined
        ? t('target.until', { field: pathLabel([until], form, { app, locale }) ?? '' })
        : t('target.none')
  return when === undefined
    ? t('target.always', { time })
    : t('target.when', { condition: tellCondition(when as Condition, telling), time })
}

/** When a step of a ladder comes: `用去 80%`, `剩余 30 分钟`, `超时 1 小时后`. */
export function tellStepTime({ at, left, after }: LadderStep, telling: Telling, t: Words): string {
  if (at !== undefined) return at === 1 ? t('step.due') : t('step.at', { share: Math.round(at * 100) })
  if (left !== undefined) return t('step.left', { time: workingTime(left, telling.locale) })
  if (after !== undefined) return t('step.after', { time: workingTime(after, telling.locale) })
  return t('step.never')
}

/** What a step of a ladder does. */
export function tellStepDeed(step: LadderStep, telling: Telling, t: Words): string {
  const { app, locale } = telling
  const named = (folder: string, id: string) => labelOf(app.documents[`${folder}/${id}.json`], locale, id)
  const parts = [
    step.notify ? t('step.notify', { who: tellWho(step.notify, telling) }) : '',
    step.escalateTo ? t('step.escalate', { who: tellWho(step.escalateTo, telling) }) : '',
    step.message !== undefined ? t('step.message', { name: named('messages', step.message) }) : '',
    step.set && Object.keys(step.set).length > 0 ? t('step.set', { count: Object.keys(step.set).length }) : '',
    step.startFlow !== undefined ? t('step.flow', { name: named('flows', step.startFlow) }) : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? t('step.nothing') : parts.join(t('comma'))
}

/** What a clock promises, in a line. */
export function tellClock(clock: ClockDefinition, telling: Telling, t: Words): string {
  const { app } = telling
  const calendar = clock.calendar ?? app.definition?.calendar
  const parts = [
    (clock.targets ?? []).map((target) => tellTarget(target, telling, t)).join(t('semicolon')) || t('target.none'),
    calendar === undefined ? t('everyMinute') : t('byCalendar', { name: calendarName(calendar, telling) }),
    clock.pauseWhen ? t('pausesWhen', { condition: tellCondition(clock.pauseWhen as Condition, telling) }) : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

const calendarName = (id: string, { app, locale }: Pick<Telling, 'app' | 'locale'>): string =>
  labelOf(app.documents[`calendars/${id}.json`], locale, id)

/** Business time has no days of 24 hours: hours and minutes. */
function workingTime(text: string, locale: Locale): string {
  const ms = parseDurationMs(text)
  return ms === undefined ? text : formatWorkingTime(ms, locale)
}
