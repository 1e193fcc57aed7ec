import type { RecordEventName, RuleDefinition } from '../definitions/rule.ts'
import type { AppModel } from '../model.ts'

type Index = ReadonlyMap<string, readonly RuleDefinition[]>
const indexes = new WeakMap<AppModel, Index>()

/**
 * The enabled rules that watch this event of a form, in their order. For `changed` only those whose fields are among
 * the changed ones: a write's cost depends on the rules that read what changed, not on all rules.
 */
export function rulesFor(
  app: AppModel,
  form: string,
  event: RecordEventName,
  changed: readonly string[],
): readonly RuleDefinition[] {
  const rules = indexOf(app).get(`${form}/${event}`) ?? []
  if (event !== 'changed') return rules
  return rules.filter((rule) => rule.on.fields === undefined || rule.on.fields.some((field) => changed.includes(field)))
}

function indexOf(app: AppModel): Index {
  const known = indexes.get(app)
  if (known) return known
  const index = new Map<string, RuleDefinition[]>()
  const ordered = app.rules.filter((rule) => rule.enabled !== false).toSorted(byOrder)
  for (const rule of ordered) {
    for (const event of rule.on.events) {
      const key = `${rule.form}/${event}`
      index.set(key, [...(index.get(key) ?? []), rule])
    }
  }
  indexes.set(app, index)
  return index
}

const byOrder = (a: RuleDefinition, b: RuleDefinition): number =>
  (a.order ?? 100) - (b.order ?? 100) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
