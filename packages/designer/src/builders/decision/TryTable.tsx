import {
  compileDecision,
  type DecisionDefinition,
  type FieldValue,
  fieldOptions,
  linkPath,
  resolveText,
} from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import { useDraftApp } from '../../panels/index.ts'
import frame from '../frame/split-bench.module.css'
import { GivenFields } from '../sample/GivenFields.tsx'
import { type Given, givenRecord } from '../sample/given-record.ts'
import styles from './decision.module.css'

type Props = {
  readonly table: DecisionDefinition
  readonly form: string | undefined
  readonly onHit: (rows: readonly string[]) => void
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
    ...new Set(
      compiled.value.reads
        .filter(({ fact }) => fact === 'record')
        .map(({ path }) => linkPath(path, form, app.lookup).join('.')),
    ),
  ]
  const decide = (values: Given) => compiled.value.decide({ now: Date.now(), zone, ...givenRecord(values, form) })
  const outcome = Object.keys(given).length === 0 ? undefined : decide(given)
  const give = (next: Given) => {
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
      <h2 id="decision-try" className={frame.word}>
        {t('try')}
      </h2>
      <GivenFields form={form} paths={paths} given={given} onChange={give} />
      <div aria-live="polite" className={styles.outcome}>
        {outcome &&
          (outcome.rows.length === 0 && !outcome.isDefault ? (
            t('noHit')
          ) : (
            <>
              {table.outputs.map((output) => (
                <div key={output.id}>
                  {t('resultOf', { name: labelOf(output, locale, t('result')) })}
                  <strong>{shown(output.id, outcome.outputs[output.id] ?? null)}</strong>
                </div>
              ))}
              <div className={frame.hint}>
                {outcome.isDefault
                  ? t('byDefault')
                  : t('byRows', {
                      rows: outcome.rows.map((id) => table.rows.findIndex((row) => row.id === id) + 1).join(t('comma')),
                    })}
              </div>
            </>
          ))}
      </div>
    </section>
  )
}
