import {
  type Action,
  actionSchemas,
  type BacktestRun,
  backtest,
  conditionReads,
  formatInstant,
  formLookup,
  metricLeaves,
  type RecordHistory,
  type RuleDefinition,
  recordFacts,
  type TextValue,
} from '@tenon/engine'
import type { BacktestAnswer } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import { type Dictionary, figuresOf } from '../commands/app/figures.ts'
import { type QueryPorts, type Reading, readingFor } from './reading.ts'
import { byId, isReadable, linkedForms, seenRecords, seenTrail } from './seen-records.ts'
import { whyLines } from './why-lines.ts'

const day = 86_400_000
/** Records that figures are counted over, of each form; moments that are looked at; looks that are listed. */
const limits = { counted: 2_000, looked: 10_000, listed: 500 } as const
/** Looks between which others get their turn. */
const inOneGo = 50

type Asked = { readonly rule: RuleDefinition; readonly days: number; readonly limit: number }

/** A rule over what happened to the newest records the caller may see. Nothing is written; links are followed as they are now. */
export async function backtestRule(
  principal: Caller,
  ports: QueryPorts,
  draft: Dictionary,
  { rule, days, limit }: Asked,
): Promise<BacktestAnswer> {
  const reading = readingFor(principal, ports, draft.next.id)
  const now = ports.clock.now()
  const since = now - days * day
  const form = draft.next.forms.get(rule.form)
  const stored = reading.app.model.forms.get(rule.form)
  const histories = stored && form ? await historiesOf(reading, draft, rule) : []
  const own = histories.filter(({ row }) => row.form === rule.form && !row.history)
  const looked = own.slice(0, limit)
  const lookup = formLookup(draft.next, (id) => ports.memory.now.apps.app(id)?.model)
  const rows = byId(histories.map(({ row }) => row))
  const linked = (name: string, id: string) => {
    const row = rows.get(id)
    return row && (name === row.form || name === `${row.app}/${row.form}`) ? recordFacts(row) : undefined
  }
  const metrics = figuresOf(draft, ports.memory.now)
  const past = form && backtest({ app: draft.next, rule, form, lookup, since, now, looked, histories, metrics, linked })
  const moments = past?.moments.slice(-limits.looked) ?? []
  const runs: BacktestRun[] = []
  for (const [index, moment] of moments.entries()) {
    if (past) runs.push(past.look(moment))
    if (index % inOneGo === inOneGo - 1) await new Promise(setImmediate)
  }
  const fired = runs.filter((run) => run.holds)
  return {
    since: formatInstant(since),
    records: looked.length,
    more:
      own.length > looked.length ||
      histories.length >= limits.counted ||
      past?.isCut === true ||
      moments.length < (past?.moments.length ?? 0),
    looks: runs.length,
    fired: fired.length,
    firedRecords: new Set(fired.flatMap(({ record }) => record?.id ?? [])).size,
    hidden: stored ? hiddenFields(reading, rule) : [],
    runs: runs.slice(-limits.listed).map((run) => ({
      form: rule.form,
      record: run.record?.id ?? null,
      title: run.title,
      at: formatInstant(run.at),
      event: run.event,
      holds: run.holds,
      why: whyLines(run.why, stored, reading),
      actions: run.actions.map((action) => ({ id: action.id, type: action.type, what: actionWords(action) })),
    })),
  }
}

/** The records the rule and its figures look at: those of their forms with their trails, and what they link to. */
async function historiesOf(
  reading: Reading,
  draft: Dictionary,
  rule: RuleDefinition,
): Promise<readonly RecordHistory[]> {
  const { forms } = reading.app.model
  const counted = rule.if ? metricLeaves(rule.if).map(({ params }) => draft.metrics.get(params.metric)?.form ?? '') : []
  const played = [...new Set([rule.form, ...counted])].flatMap((id) => forms.get(id) ?? [])
  const histories: RecordHistory[] = []
  for (const form of linkedForms(reading, played)) {
    for (const row of await seenRecords(reading, form, limits.counted))
      histories.push({ row, trail: played.includes(form) ? await seenTrail(reading, form, row) : [] })
  }
  return histories
}

/** Fields of the rule's condition that the caller may not read: to the backtest they are blank. */
function hiddenFields(reading: Reading, { form, if: condition }: RuleDefinition): string[] {
  const model = reading.app.model.forms.get(form)
  if (!model || !condition) return []
  const reads = conditionReads(condition, model, reading.env.lookup)
  const own = reads.flatMap(({ fact, path }) => (fact === 'record' || fact === 'previous' ? (path[0] ?? []) : []))
  return [...new Set(own)].filter((field) => model.fields.has(field) && !isReadable(reading, model, field))
}

type Titled = { readonly 'x-ui'?: { readonly titles?: { readonly [locale: string]: string } } }

/** `修改字段：优先级=urgent`: the action's own name, and its arguments as the author wrote them. */
function actionWords(action: Action): TextValue {
  const { id: _id, type, when: _when, ...given } = action
  const schema = actionSchemas[type] as unknown as Titled & { readonly properties: { readonly [name: string]: Titled } }
  const inLanguage = (locale: string, colon: string, comma: string) => {
    const name = (one: Titled | undefined, otherwise: string) => one?.['x-ui']?.titles?.[locale] ?? otherwise
    const parts = Object.entries(given).map(
      ([key, value]) => `${name(schema.properties[key], key)} ${argumentText(value, locale)}`,
    )
    return [name(schema, type), parts.join(comma)].filter((part) => part !== '').join(colon)
  }
  return { 'zh-CN': inLanguage('zh-CN', '：', '，'), en: inLanguage('en', ': ', ', ') }
}

function argumentText(value: unknown, locale: string): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (locale in value) return String((value as Record<string, unknown>)[locale])
  return JSON.stringify(value)
}
