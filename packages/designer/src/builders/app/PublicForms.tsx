import { Link, useParams } from '@tanstack/react-router'
import { fieldLabel } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import { useAppModel } from '../../draft/use-app-model.ts'
import styles from './app-bench.module.css'

/** What people without an account see of the app: each form that is open to them, what it asks, and the way to change it. */
export function PublicForms() {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const { app } = useParams({ from: '/$app' })
  const forms = [...(useAppModel()?.forms.values() ?? [])]
  return (
    <ul className={styles.outside} aria-label={t('outside.title')}>
      {forms.map(({ id, definition, fields }) => {
        const { publicForm } = definition
        const isOpen = publicForm !== undefined && !publicForm.closed
        const asked = (publicForm?.fields ?? []).flatMap((name) => fields.get(name) ?? [])
        return (
          <li key={id}>
            <Link
              to="/$app/$kind/$id"
              params={{ app, kind: 'form', id }}
              search={({ draft }: { readonly draft?: string }) => ({ tab: 'settings', ...(draft ? { draft } : {}) })}
            >
              {labelOf(definition, locale, id)}
            </Link>
            <span className={styles.asked} data-open={isOpen}>
              {isOpen
                ? t('outside.asks', { fields: asked.map((one) => fieldLabel(one, locale)).join(t('access.comma')) })
                : t('outside.closed')}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
