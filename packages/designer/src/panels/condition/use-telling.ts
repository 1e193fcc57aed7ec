import { useRefs, useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import type { PanelScope } from '../contract.ts'
import { useRefChoices } from '../controls/RefControl.tsx'
import { formOfScope, useDraftApp } from '../draft-app.ts'
import type { Telling } from './condition-words.ts'

/** What conditions of a place are told with. */
export function useTelling(scope: PanelScope): Telling {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const app = useDraftApp()
  const refs = useRefs()
  const form = formOfScope(scope, app.lookup)
  const { labelOf } = useRefChoices(scope, form)
  const nameOf = (id: string) => {
    const ref = refs[id]
    return ref === undefined ? undefined : ref.kind === 'record' ? ref.title : ref.name
  }
  return { app, form, locale, t: (key, values) => t(key, { ...values }), refLabel: labelOf, nameOf }
}
