import {
  type Condition,
  fieldOptions,
  isObject,
  parseInstant,
  resolveText,
  type ScenarioDefinition,
  type TextValue,
  titleOf,
} from '@tenon/engine'
import { formatIsoDuration, formatMomentFull } from '@tenon/runtime/ui'
import type { TFunction } from 'i18next'
import { labelOf } from '../../draft/labels.ts'
import type { Telling } from '../../panels/condition/condition-words.ts'
import { tellCondition } from '../../panels/index.ts'
import { pathLabel } from '../../panels/reference-choices.ts'

export type Step = ScenarioDefinition['steps'][number]
export type Deed = Extract<Step, { readonly do: string }>
type Expected = Extract<Step, { readonly expect: object }>['expect']
type Words = TFunction<'scenario'>

/** What steps are told with: the draft, and which form each named record has. */
export type StepTelling = Telling & {
  readonly words: Words
  readonly zone: string
  readonly deeds: ReadonlyMap<string, string>
  readonly formOf: (alias: string | undefined) => string | undefined
}

type Listed = { readonly id?: unknown; readonly [key: string]: unknown }
const listIn = (document: unknown, name: string): readonly Listed[] =>
  isObject(document) && Array.isArray(document[name]) ? (document[name] as Listed[]).filter(isObject) : []

/** Everything of a kind with this id, wherever it is: a scenario does not say in which flow or policy. */
function anywhere({ app, locale }: Telling, folder: string, list: string, id: string): string {
  for (const [path, document] of Object.entries(app.documents)) {
    if (!path.startsWith(`${folder}/`)) continue
    const found = listIn(document, list).find((one) => one.id === id)
    if (found) return labelOf(found, locale, id)
  }
  return id
}
function outcomeName({ app, locale }: Telling, id: string): string {
  for (const [path, document] of Object.entries(app.documents)) {
    if (!path.startsWith('flows/')) continue
    const found = listIn(document, 'nodes').flatMap((node) => listIn(node, 'outcomes'))
    const one = found.find((outcome) => outcome.id === id)
    if (one) return labelOf(one, locale, id)
  }
  return id
}
/** Alerts by the rule that raises them. */
function alertName({ app, locale }: Telling, kind: string): string {
  const raises = (rule: unknown) => listIn(rule, 'then').some((action) => action.alert === kind)
  const rule = Object.entries(app.documents).find(([path, document]) => path.startsWith('rules/') && raises(document))
  return labelOf(rule?.[1], locale, kind)
}
const named = ({ app, locale }: Telling, folder: string, id: string) =>
  labelOf(app.documents[`${folder}/${id}.json`], locale, id)

/** Values by the labels of their fields and options. */
function tellValues(
  values: { readonly [field: string]: unknown } | undefined,
  form: string | undefined,
  how: StepTelling,
) {
  const model = form === undefined ? undefined : how.app.lookup(form)
  const word = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return how.words('blank')
    if (typeof value === 'boolean') return how.words(value ? 'yes' : 'no')
    if (Array.isArray(value)) return value.map((one) => word(field, one)).join(how.words('comma'))
    if (isObject(value)) return String(value.record ?? value.user ?? value.department ?? Object.values(value)[0] ?? '')
    const found = model?.fields.get(field)
    const option = found && model ? fieldOptions(found, model).find(({ id }) => id === value) : undefined
    if (option) return resolveText(option.label, how.locale)
    const stage = model && field === model.stageField ? model.stages.get(String(value)) : undefined
    return stage ? resolveText(stage.label as TextValue, how.locale) : String(value)
  }
  return Object.entries(values ?? {})
    .map(([field, value]) =>
      how.words('value', { field: pathLabel([field], model, how) ?? field, value: word(field, value) }),
    )
    .join(how.words('comma'))
}

/** What a step is called. */
export function stepTitle(step: Step, how: StepTelling): string {
  if ('advance' in step) return how.words('step.advance')
  if ('expect' in step) return how.words('step.expect')
  return how.words('step.deed', { by: step.by, what: how.deeds.get(step.do) ?? step.do })
}

/** What a step does or expects, in words. */
export function tellStep(step: Step, how: StepTelling): string {
  if ('advance' in step) return formatIsoDuration(step.advance, how.locale)
  if ('expect' in step) return tellExpected(step.expect ?? {}, how).join(how.words('semicolon'))
  return tellDeed(step, how)
}

/** The form of the record a step is about. */
export const formOfDeed = (step: Deed, formOf: StepTelling['formOf']): string | undefined =>
  step.form ?? formOf(step.of)

function tellDeed(step: Deed, how: StepTelling): string {
  const { words } = how
  const form = formOfDeed(step, how.formOf)
  return [
    step.form === undefined ? '' : words('deed.form', { name: named(how, 'forms', step.form) }),
    step.node === undefined ? '' : words('deed.node', { name: anywhere(how, 'flows', 'nodes', step.node) }),
    step.outcome === undefined ? '' : words('deed.outcome', { name: outcomeName(how, step.outcome) }),
    step.action === undefined ? '' : words('deed.action', { name: anywhere(how, 'forms', 'actions', step.action) }),
    step.alert === undefined ? '' : words('deed.alert', { name: alertName(how, step.alert) }),
    step.to === undefined ? '' : words('deed.to', { name: step.to }),
    tellValues(step.values as { readonly [field: string]: unknown } | undefined, form, how),
    step.comment === undefined ? '' : words('deed.comment', { text: step.comment }),
    step.of === undefined ? '' : words('deed.of', { name: step.of }),
    step.as === undefined ? '' : words('deed.as', { name: step.as }),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function tellExpected(expected: Expected, how: StepTelling): readonly string[] {
  const { words, locale, zone } = how
  const of = (alias: string | undefined) => (alias === undefined ? '' : words('expect.of', { name: alias }))
  const moment = (text: string) => {
    const at = parseInstant(text)
    return at === undefined || at === null ? text : formatMomentFull(at, { locale, zone })
  }
  const state = (kind: string, value: string) => words(`${kind}.${value}`, { defaultValue: value })
  const { record, task, noTask, clock, instance, alert, rejected, count } = expected
  const said: string[] = []
  if (record)
    said.push(
      words('expect.record', {
        of: of(record.as),
        values: tellValues(record.values as { readonly [field: string]: unknown }, how.formOf(record.as), how),
      }),
    )
  if (task)
    said.push(
      words('expect.task', {
        of: of(task.as),
        name: anywhere(how, 'flows', 'nodes', task.node),
        state: state('taskState', task.state ?? 'open'),
        who:
          task.assignee === undefined
            ? ''
            : task.assignee === null
              ? words('expect.nobody')
              : words('expect.by', { name: task.assignee }),
      }),
    )
  if (noTask)
    said.push(
      words('expect.noTask', {
        of: of(noTask.as),
        name: noTask.node === undefined ? '' : words('quoted', { name: anywhere(how, 'flows', 'nodes', noTask.node) }),
      }),
    )
  if (clock)
    said.push(
      words('expect.clock', {
        of: of(clock.as),
        name: clockName(how, clock.id),
        what: [
          clock.state === undefined ? '' : state('clockState', clock.state),
          clock.met === undefined ? '' : words(clock.met ? 'expect.met' : 'expect.missed'),
          clock.due === undefined ? '' : words('expect.due', { moment: moment(clock.due) }),
        ]
          .filter((part) => part !== '')
          .join(words('comma')),
      }),
    )
  for (const one of expected.sent ?? [])
    said.push(
      words('expect.sent', {
        channel: state('channel', one.channel),
        to: one.to,
        message: one.message === undefined ? '' : words('quoted', { name: named(how, 'messages', one.message) }),
        times: one.times === undefined ? '' : words('expect.times', { count: one.times }),
      }),
    )
  for (const one of expected.called ?? []) said.push(words('expect.called', { url: one.url }))
  if (instance)
    said.push(
      words('expect.instance', {
        of: of(instance.as),
        name: named(how, 'flows', instance.flow),
        state: state('flowState', instance.status),
      }),
    )
  if (alert) said.push(words('expect.alert', { name: alertName(how, alert.kind), count: alert.n ?? 1 }))
  if (rejected !== undefined) said.push(words('expect.rejected', { why: titleOf(rejected, locale) || rejected }))
  if (count)
    said.push(
      words('expect.count', {
        name: named(how, 'forms', count.form),
        where: count.where ? words('expect.where', { condition: tellCondition(count.where as Condition, how) }) : '',
        count: count.n,
      }),
    )
  return said.length === 0 ? [words('expect.nothing')] : said
}

/** A clock of a policy, or the time limit of a step. */
function clockName(how: StepTelling, id: string): string {
  const clock = anywhere(how, 'policies', 'clocks', id)
  return clock === id ? anywhere(how, 'flows', 'nodes', id) : clock
}
