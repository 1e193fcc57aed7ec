import { recordRights } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../../draft/labels.ts'
import { useAppModel } from '../../../draft/use-app-model.ts'
import styles from './access.module.css'
import { viewAs } from './view-as.ts'

/** Who may do what with which form, on one page. */
export function Overview({ onForm }: { readonly onForm: (form: string) => void }) {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const app = useAppModel()
  if (!app) return null
  const forms = [...app.forms.values()]
  return (
    <section className={styles.scroll} aria-label={t('access.overview')}>
      <table className={`${styles.table} ${styles.overview}`}>
        <thead>
          <tr>
            <th scope="col" className={styles.first}>
              {t('access.role')}
            </th>
            {forms.map(({ id, definition }) => (
              <th key={id} scope="col">
                <button type="button" className={styles.link} onClick={() => onForm(id)}>
                  {labelOf(definition, locale, id)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {app.definition.roles.map((role) => (
            <tr key={role.id}>
              <th scope="row" className={styles.first}>
                {labelOf(role, locale, role.id)}
              </th>
              {forms.map((form) => {
                const seen = viewAs(form, [role.id])
                const given = recordRights.filter((right) => seen.rights.get(right)?.best)
                const isSome = given.some((right) => !seen.rights.get(right)?.everywhere)
                return (
                  <td key={form.id} data-none={given.length === 0}>
                    {given.length === 0 ? t('access.none') : summary(given, t)}
                    {isSome && <span className={styles.some}>{t('access.someRows')}</span>}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function summary(given: readonly string[], t: (key: string) => string): string {
  if (given.length === recordRights.length) return t('access.everything')
  return given.map((right) => t(`access.right.${right}`)).join(t('access.comma'))
}
