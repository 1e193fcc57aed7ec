import type { Condition } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { useAppModel } from '../draft/use-app-model.ts'
import { conditionText } from './condition-text.ts'

/** Gives conditions about records of a form (its id) as sentences in the reader's language. */
export function useConditionText(form: string | undefined): (condition: Condition) => string {
  const { t } = useTranslation('words')
  const { locale } = usePreferences()
  const { lookup } = useAppModel()
  const session = useDraftSession()
  const metric = (id: string) => labelOf(session.state().documents[`metrics/${id}.json`], locale, t('aMetric'))
  return (condition) =>
    conditionText(condition, { form: form === undefined ? undefined : lookup(form), lookup, locale, t, metric })
}
