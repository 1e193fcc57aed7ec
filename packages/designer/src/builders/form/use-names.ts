import { usePreferences } from '@tenon/runtime/page'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import type { Form } from './edits/form-edit.ts'

/** Names of fields for sentences: one by its label, several by their number. */
export function useNames(): (form: Form, ids: readonly string[]) => string {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  return useCallback(
    (form, ids) => {
      const [only] = ids
      if (ids.length !== 1) return t('fieldCount', { count: ids.length })
      const field = form.fields.find(({ id }) => id === only)
      return t('quoted', { name: labelOf(field, locale, t('unnamed')) })
    },
    [t, locale],
  )
}
