import { useTranslation } from 'react-i18next'
import { type PanelScope, useTelling } from '../../panels/index.ts'

/** What conditions are told with, and the words of triggers. */
export function useRuleTelling(scope: PanelScope) {
  const telling = useTelling(scope)
  const { t } = useTranslation('rule')
  return {
    ...telling,
    t: (key: string, values?: object) => (key.startsWith('trigger.') ? t(key, { ...values }) : telling.t(key, values)),
  }
}
