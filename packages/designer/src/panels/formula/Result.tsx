import type { FieldValue, FormModel, Formula } from '@tenon/engine'
import { renderProblem } from '@tenon/engine'
import { formatIsoDuration, formatMomentFull, useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import type { DraftApp } from '../draft-app.ts'
import styles from './formula.module.css'
import { useSampleFacts } from './sample-facts.ts'

type Props = {
  readonly formula: Formula
  readonly form: FormModel
  /** The sub-table whose rows the formula is about; undefined: it is about the record. */
  readonly rows?: string | undefined
  readonly app: DraftApp
}

/** What the formula gives on the newest record there is, or on the first row of the newest that has one. */
export function Result({ formula, form, rows, app }: Props) {
  const { t } = useTranslation('panels')
  const { locale, zone } = useUi()
  const sample = useSampleFacts(form, formula.reads, app, { rows })
  if (!sample) return null
  const { value, warnings } = formula.evaluate(sample.facts)
  const show = (shown: FieldValue): string => {
    if (shown === null || shown === '') return t('result.blank')
    if (typeof shown === 'boolean') return t(shown ? 'yes' : 'no')
    if (Array.isArray(shown)) return shown.join(t('sentence.comma'))
    const text = String(shown)
    if (/^-?P/.test(text)) return formatIsoDuration(text, locale)
    if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return formatMomentFull(Date.parse(text), { locale, zone })
    return text
  }
  const [first] = warnings
  return (
    <div className={styles.result}>
      <span>{t(rows === undefined ? 'result.of' : 'result.ofRow', { title: sample.title })}</span>{' '}
      <strong>{show(value)}</strong>
      {value === null && first && (
        <span className={styles.why}>{renderProblem({ code: first.code, details: first.details }, locale)}</span>
      )}
    </div>
  )
}
