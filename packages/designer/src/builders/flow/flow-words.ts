import {
  asUserTask,
  type Condition,
  type Edge,
  type FlowNode,
  isFormula,
  isLeaf,
  isObject,
  type LeafCondition,
  type Locale,
  operators,
  resolveText,
  type TextValue,
  type Who,
} from '@tenon/engine'
import { formatIsoDuration } from '@tenon/runtime/ui'
import type { TFunction } from 'i18next'
import type { Documents } from '../../draft/documents.ts'
import { labelOf } from '../../draft/labels.ts'
import type { Flow } from '../../edits/flow/flow.ts'
import type { WhoNames } from './use-who-names.ts'

/** What words of a flow are made with: the draft, for names, and the language. */
export type Wording = {
  readonly documents: Documents
  readonly form: string
  readonly locale: Locale
  readonly t: TFunction<'flow'>
  /** What people and departments are called. */
  readonly names: WhoNames
}

type Listed = { readonly [list: string]: unknown }
const entry = (document: unknown, list: string, id: string): unknown => {
  const all = isObject(document) ? (document as Listed)[list] : undefined
  return Array.isArray(all) ? all.find((one) => isObject(one) && one.id === id) : undefined
}
const fieldOf = ({ documents, form }: Wording, path: string) =>
  entry(documents[`forms/${form}.json`], 'fields', path.split('.')[0] ?? '')
const systemNames = ['assignee', 'creator', 'superior'] as const

/** Who does it, in a few words: `客服、财务`. */
function whoWords(list: readonly Who[] | undefined, wording: Wording): string {
  return (list ?? []).map((who) => oneWho(who, wording)).join(wording.t('and'))
}

function oneWho(who: Who, wording: Wording): string {
  const { documents, locale, t, names } = wording
  if ('user' in who) return names.person(who.user)
  if ('role' in who) return labelOf(entry(documents['app.json'], 'roles', who.role), locale, who.role)
  if ('department' in who) return t('who.department', { name: names.department(who.department) })
  if ('field' in who) return labelOf(fieldOf(wording, who.field), locale, who.field)
  if ('strategy' in who) return labelOf(documents[`assignments/${who.strategy}.json`], locale, who.strategy)
  if ('self' in who) return t(`who.${who.self}`)
  if ('superiorOf' in who) {
    const { superiorOf } = who
    const known = systemNames.find((name) => name === superiorOf)
    const name = known ? t(`who.${known}`) : labelOf(fieldOf(wording, superiorOf), locale, superiorOf)
    return t('who.superiorOf', { name })
  }
  return t('who.formula')
}

/** What stands under a node's name: who and by when, or what it waits for or does. */
export function nodeWords(node: FlowNode, wording: Wording): string {
  const { documents, locale, t } = wording
  const words: string[] = []
  const task = asUserTask(node)
  if (task) {
    words.push(whoWords(task.assign as readonly Who[] | undefined, wording) || t('nobody'))
    if (task.mode !== undefined && task.mode !== 'single') words.push(t(`mode.${task.mode}`))
    if (task.limit) words.push(formatIsoDuration(task.limit.within, locale))
  }
  if ('actions' in node) words.push(t('actions', { count: node.actions.length }))
  if ('decision' in node) words.push(labelOf(documents[`decisions/${node.decision}.json`], locale, node.decision))
  if ('flow' in node) words.push(labelOf(documents[`flows/${node.flow}.json`], locale, node.flow))
  if ('on' in node && node.on) words.push(eventWords(node.on, wording))
  return words.join(' · ')
}

function eventWords(on: object, wording: Wording): string {
  const { locale, t } = wording
  if ('timer' in on)
    return typeof on.timer === 'string' ? formatIsoDuration(on.timer, locale) : untilWords(on.timer, wording)
  if ('condition' in on) return conditionWords(on.condition as Condition, wording)
  return 'message' in on ? t('event.message') : 'signal' in on ? t('event.signal') : ''
}

function untilWords(timer: unknown, wording: Wording): string {
  const path = isObject(timer) ? String(timer.until) : ''
  return wording.t('event.until', { name: labelOf(fieldOf(wording, path), wording.locale, path) })
}

/** What stands on a line: its own name, else the answer it belongs to, else its condition. */
export function edgeWords(flow: Flow, edge: Edge, wording: Wording): string {
  const own = edge.label === undefined ? '' : resolveText(edge.label as TextValue, wording.locale)
  if (own) return own
  const from = flow.nodes.find(({ id }) => id === edge.from)
  const answer =
    edge.outcome !== undefined && from && 'outcomes' in from
      ? from.outcomes?.find(({ id }) => id === edge.outcome)
      : undefined
  if (answer) return resolveText(answer.label as TextValue, wording.locale)
  if (edge.default) return wording.t('otherwise')
  return edge.when ? conditionWords(edge.when as Condition, wording) : ''
}

/** A condition in a line: enough to tell ways apart, the panel shows it whole. */
function conditionWords(condition: Condition, wording: Wording): string {
  if (isFormula(condition)) return wording.t('byFormula')
  if (isLeaf(condition)) return leafWords(condition, wording)
  if ('not' in condition) return wording.t('not', { condition: conditionWords(condition.not, wording) })
  const all = 'all' in condition
  const parts = all ? condition.all : condition.any
  const words = parts.slice(0, 2).map((part) => conditionWords(part, wording))
  return words.join(wording.t(all ? 'allOf' : 'anyOf')) + (parts.length > 2 ? '…' : '')
}

function leafWords(leaf: LeafCondition, wording: Wording): string {
  const path = (leaf.path ?? '').replace(/^\$\./, '')
  const field = leaf.fact === 'record' || leaf.fact === 'previous' ? fieldOf(wording, path) : undefined
  const name = labelOf(field, wording.locale, wording.t('value'))
  const value = leaf.value === undefined ? '' : valueWords(leaf.value, field, wording)
  return [name, operators[leaf.operator].title[wording.locale], value].filter(Boolean).join(' ')
}

function valueWords(value: unknown, field: unknown, wording: Wording): string {
  if (Array.isArray(value)) return value.map((one) => valueWords(one, field, wording)).join(wording.t('and'))
  if (typeof value === 'boolean') return wording.t(value ? 'yes' : 'no')
  if (isObject(value)) return wording.t('value')
  const option = entry(field, 'options', String(value))
  return labelOf(option, wording.locale, String(value ?? ''))
}

/** Name of a node for people; one without a name by what it is. */
export function nodeName(node: FlowNode, { locale, t }: Pick<Wording, 'locale' | 't'>): string {
  return labelOf(node, locale) || t(`type.${node.type}`)
}
