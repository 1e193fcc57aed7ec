import type { FieldValue, FormModel, Formula } from '@tenon/engine'
import { renderProblem } from '@tenon/engine'
import { formatIsoDuration, formatMomentFull, useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import type { DraftApp } from '../draft-app.ts'
import styles from './formula.module.css'
import { useSampleFacts } from './sample-facts.ts'

type Props = { readonly formula: Formula; readonly form: FormModel; readonly app: DraftApp }

/** What the formula gives on the newest record there is. */
export function Result({ formula, form, app }: Props) {
  const { t } = useTranslation('panels')
  const { locale, zone } = useUi()
  const sample = useSampleFacts(form, formula.reads, app)
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
      <span>{t('result.of', { title: sample.title })}</span> <strong>{show(value)}</strong>
      {value === null && first && (
        <span className={styles.why}>{renderProblem({ code: first.code, details: first.details }, locale)}</span>
      )}
    </div>
  )
}
