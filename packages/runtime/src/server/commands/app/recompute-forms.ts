import {
  type AppModel,
  compileFormula,
  type FormModel,
  namedCalendarsOf,
  type RecordData,
  type RecordRow,
  recompute,
  sameValue,
} from '@tenon/engine'
import { searchGroups } from '@tenon/reports'
import { linkedFacts, recordFacts } from '../../queries/linked-facts.ts'
import { forgetRecord, indexRecord } from '../../search/index-record.ts'
import { type Apps, type LoadedApp, loadApps } from '../../store/apps.ts'
import type { FormStorage } from '../../store/form-storage.ts'
import type { PublishPlan } from '../../store/publish/plan.ts'
import { recordsAfter, updateRecord } from '../../store/rows/records.ts'
import type { Unit } from '../execute.ts'

const pageSize = 500

/**
 * Brings the records that are there in line with a new version: formulas and titles that are calculated otherwise now,
 * and what the search may find for whom. No version of a record counts up and nobody is told: nothing was decided.
 */
export async function recomputeForms(
  unit: Unit,
  current: LoadedApp | undefined,
  next: AppModel,
  plan: PublishPlan,
): Promise<void> {
  if (!current) return
  const steps = [...plan.safe, ...plan.confirm, ...plan.destructive]
  const changed = new Set(
    steps.flatMap((step) =>
      step.what === 'recomputed' ||
      step.what === 'columnAdded' ||
      step.what === 'columnRemoved' ||
      step.what === 'columnConverted' ||
      step.what === 'fieldConverted' ||
      step.what === 'fieldRemoved' ||
      step.what === 'fieldRestored'
        ? [step.form]
        : [],
    ),
  )
  const forms = [...next.forms.values()].flatMap((form) => {
    const before = current.model.forms.get(form.id)
    if (!before) return []
    const titles = before.definition.title.formula !== form.definition.title.formula
    const search = searchShape(before) !== searchShape(form)
    return changed.has(form.id) || titles || search ? [{ form, before: search ? before : undefined }] : []
  })
  if (forms.length === 0) return
  const apps = await loadApps(unit.tx, unit.memory.apps)
  for (const { form, before } of forms) await recomputeForm(unit, apps, form, before)
}

const searchShape = (form: FormModel): string =>
  JSON.stringify(searchGroups(form).map(({ key, fields }) => [key, fields.map((field) => field.id)]))

async function recomputeForm(
  unit: Unit,
  apps: Apps,
  form: FormModel,
  searchedAs: FormModel | undefined,
): Promise<void> {
  const storage = apps.storage(form.app, form.id)
  const app = apps.app(form.app)
  if (!storage || !app) return
  const title = compileFormula(form.definition.title.formula, { form, lookup: app.lookup })
  for (let after = ''; ; ) {
    const rows = await recordsAfter(unit.tx, storage, after, pageSize)
    for (const row of rows) {
      const facts = await linkedFacts(
        {
          app,
          db: unit.tx,
          memory: { ...unit.memory, apps },
          facts: {
            now: unit.now,
            zone: app.model.definition.zone ?? 'Asia/Shanghai',
            calendars: namedCalendarsOf(app.model),
          },
        },
        row,
      )
      const data = recompute(form, row.data, 'all', facts, app.lookup)
      const titled = title.ok
        ? String(title.value.evaluate({ ...facts, record: recordFacts({ ...row, data }) }).value ?? '')
        : row.title
      await keep(unit, storage, form, row, { ...row, data, title: titled }, searchedAs)
    }
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = last.id
  }
}

async function keep(
  unit: Unit,
  storage: FormStorage,
  form: FormModel,
  before: RecordRow,
  row: RecordRow,
  searchedAs: FormModel | undefined,
): Promise<void> {
  if (before.title !== row.title || !sameStored(storage, before.data, row.data))
    await updateRecord(unit.tx, storage, row, before.version)
  if (searchedAs) {
    await forgetRecord(unit.tx, searchedAs, row)
    await indexRecord(unit.tx, form, row, undefined)
  } else await indexRecord(unit.tx, form, row, before)
}

const sameStored = (storage: FormStorage, one: RecordData, other: RecordData): boolean =>
  [...storage.columns.keys()].every((field) => sameValue(one[field], other[field]))
