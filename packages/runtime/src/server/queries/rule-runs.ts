import { formatInstant, type Id, type RuleRunRow } from '@tenon/engine'
import type { RuleList, RuleRunList, RuleRunParameters } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import { readRuleRuns } from '../store/rows/rule-runs.ts'
import { keeperReading } from './keeper-reading.ts'
import type { QueryPorts, Reading } from './reading.ts'
import { titlesOf } from './titles-of.ts'
import { visibleRecord } from './visible-record.ts'
import { whyLines } from './why-lines.ts'

const pageSize = 50

/** The rules of an app, in the order they run. */
export function ruleList(principal: Caller, ports: QueryPorts, app: string): RuleList {
  const { model } = keeperReading(principal, ports, app).app
  return {
    items: model.rules.map(({ id, label, description, form, enabled }) => ({
      id,
      label,
      description: description ?? null,
      form,
      enabled: enabled !== false,
    })),
  }
}

/** Why rules of an app acted or did not, newest first. For those who manage or design it. */
export async function ruleRunsOf(
  principal: Caller,
  ports: QueryPorts,
  app: string,
  { rule, outcome, before }: RuleRunParameters,
): Promise<RuleRunList> {
  const reading = keeperReading(principal, ports, app)
  return listOf(
    principal,
    ports,
    reading,
    await readRuleRuns(ports.store.read, { app, rule, outcome, before, limit: pageSize + 1 }),
  )
}

/** What rules made of a record, for whoever may see it. */
export async function ruleRunsOfRecord(
  principal: Caller,
  ports: QueryPorts,
  app: string,
  form: string,
  id: Id,
  before: Id | undefined,
): Promise<RuleRunList> {
  const { reading } = await visibleRecord(principal, ports, app, form, id)
  const rows = await readRuleRuns(ports.store.read, { app, record: { form, id }, before, limit: pageSize + 1 })
  return listOf(principal, ports, reading, rows)
}

async function listOf(
  principal: Caller,
  ports: QueryPorts,
  reading: Reading,
  rows: readonly RuleRunRow[],
): Promise<RuleRunList> {
  const shown = rows.slice(0, pageSize)
  const titles = await titlesOf(
    principal,
    ports,
    shown.flatMap(({ record }) => record ?? []),
  )
  const { model } = reading.app
  return {
    items: shown.map((row) => {
      const rule = model.rules.find(({ id }) => id === row.rule)
      const title = row.record ? titles.get(row.record.id) : undefined
      return {
        id: row.run,
        at: formatInstant(row.at),
        rule: { id: row.rule, label: rule?.label ?? row.rule },
        version: row.version,
        event: row.event,
        record: row.record && title !== undefined ? { form: row.record.form, id: row.record.id, title } : null,
        outcome: row.outcome,
        // What a rule saw of a record that this reader may not see stays with the rule.
        why: row.record && title === undefined ? [] : whyLines(row.why, model.forms.get(rule?.form ?? ''), reading),
      }
    }),
    nextBefore: rows.length > pageSize ? (shown.at(-1)?.run ?? null) : null,
    refs: {},
  }
}
