import {
  compileDecision,
  type DecisionDefinition,
  type FieldValue,
  type FormModel,
  fieldOptions,
  linkedFormName,
  resolveText,
} from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import { LiteralControl } from '../../panels/controls/LiteralControl.tsx'
import { subjectAt } from '../../panels/field-at.ts'
import { useDraftApp } from '../../panels/index.ts'
import { pathLabel } from '../../panels/reference-choices.ts'
import styles from './decision.module.css'

type Props = {
  readonly table: DecisionDefinition
  readonly form: string | undefined
  readonly onHit: (rows: readonly string[]) => void
}
type Given = { readonly [path: string]: unknown }

/** The record that has these values; behind links, records that have them. */
function recordOf(given: Given, form: FormModel) {
  const record: Record<string, FieldValue> = { id: 'it' }
  const linked = new Map<string, Record<string, FieldValue>>()
  for (const [path, value] of Object.entries(given)) {
    const [first = '', second] = path.split('.')
    if (second === undefined) record[first] = value as FieldValue
    else {
      const target = form.fields.get(first)?.target
      if (target?.kind !== 'record') continue
      const name = linkedFormName(form, target)
      record[first] = `it ${first}`
      linked.set(`${name} it ${first}`, { ...linked.get(`${name} it ${first}`), [second]: value as FieldValue })
    }
  }
  return { record, linked: (name: string, id: string) => linked.get(`${name} ${id}`) }
}

/** The table with values somebody gives: what it decides and by which rows. */
export function TryTable({ table, form: name, onHit }: Props) {
  const { t } = useTranslation('decision')
  const { locale, zone } = useUi()
  const app = useDraftApp()
  const form = name === undefined ? undefined : app.lookup(name)
  const [given, setGiven] = useState<Given>({})
  const compiled = useMemo(
    () => (form ? compileDecision(table, { form, lookup: app.lookup }) : undefined),
    [table, form, app.lookup],
  )
  if (!form || !compiled?.ok) return null
  const paths = [
    ...new Set(compiled.value.reads.filter(({ fact }) => fact === 'record').map(({ path }) => path.join('.'))),
  ]
  const decide = (values: Given) => compiled.value.decide({ now: Date.now(), zone, ...recordOf(values, form) })
  const outcome = Object.keys(given).length === 0 ? undefined : decide(given)
  const give = (path: string, value: unknown) => {
    const { [path]: _old, ...rest } = given
    const next = value === undefined ? rest : { ...rest, [path]: value }
    setGiven(next)
    onHit(Object.keys(next).length === 0 ? [] : decide(next).rows)
  }
  const shown = (output: string, value: FieldValue): string => {
    const field = form.fields.get(output)
    const option = field ? fieldOptions(field, form).find(({ id }) => id === value) : undefined
    if (option) return resolveText(option.label, locale)
    return value === null ? t('empty') : Array.isArray(value) ? value.join(' ') : String(value)
  }
  return (
    <section className={styles.try} aria-labelledby="decision-try">
      <h2 id="decision-try" className={styles.word}>
        {t('try')}
      </h2>
      {paths.map((path) => {
        const subject = subjectAt('record', path.split('.'), form, app)
        const label = pathLabel(path.split('.'), form, { app, locale }) ?? path
        return (
          <div key={path} className={styles.field}>
            <span className={styles.label}>{label}</span>
            {subject && (
              <LiteralControl
                subject={subject}
                label={label}
                value={given[path]}
                onChange={(next) => give(path, next)}
              />
            )}
          </div>
        )
      })}
      <div aria-live="polite" className={styles.outcome}>
        {outcome &&
          (outcome.rows.length === 0 && !outcome.isDefault ? (
            t('noHit')
          ) : (
            <>
              {table.outputs.map((output) => (
                <div key={output.id}>
                  {labelOf(output, locale, t('result'))}：
                  <strong>{shown(output.id, outcome.outputs[output.id] ?? null)}</strong>
                </div>
              ))}
              <div className={styles.hint}>
                {outcome.isDefault
                  ? t('byDefault')
                  : t('byRows', {
                      rows: outcome.rows.map((id) => table.rows.findIndex((row) => row.id === id) + 1).join('、'),
                    })}
              </div>
            </>
          ))}
      </div>
    </section>
  )
}
