import { type FormModel, fieldLabel, type Locale } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../../ui/environment.tsx'
import type { Fixed } from './fixed.ts'
import styles from './views.module.css'

/** Why nothing can be dragged here, in words. */
export function useFixedWords(form: FormModel): (fixed: Fixed, field: string) => string {
  const { t } = useTranslation('views')
  const { locale } = useUi()
  return (fixed, field) => t(`fixed.${fixed}`, { field: labelOf(form, field, locale) })
}

export const labelOf = (form: FormModel, field: string, locale: Locale): string => {
  const model = form.fields.get(field)
  return model ? fieldLabel(model, locale) : ''
}

export function FixedHint({ form, field, fixed }: { form: FormModel; field: string; fixed: Fixed | undefined }) {
  const words = useFixedWords(form)
  return fixed ? <p className={styles.hint}>{words(fixed, field)}</p> : null
}
