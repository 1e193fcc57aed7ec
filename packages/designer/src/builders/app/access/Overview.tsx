import { type FormModel, recordRights } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { usePhone } from '@tenon/runtime/ui'
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
  const phone = usePhone()
  if (!app) return null
  const forms = [...app.forms.values()]
  const link = ({ id, definition }: FormModel) => (
    <button type="button" className={styles.link} onClick={() => onForm(id)}>
      {labelOf(definition, locale, id)}
    </button>
  )
  if (phone)
    return (
      <section className={styles.cards} aria-label={t('access.overview')}>
        {app.definition.roles.map((role) => (
          <section key={role.id} className={styles.card} aria-label={labelOf(role, locale, role.id)}>
            <h2 className={styles.cardName}>{labelOf(role, locale, role.id)}</h2>
            <dl className={styles.given}>
              {forms.map((form) => (
                <div key={form.id}>
                  <dt>{link(form)}</dt>
                  <dd>
                    <Given form={form} role={role.id} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    )
  return (
    <section className={styles.scroll} aria-label={t('access.overview')}>
      <table className={`${styles.table} ${styles.overview}`}>
        <thead>
          <tr>
            <th scope="col" className={styles.first}>
              {t('access.role')}
            </th>
            {forms.map((form) => (
              <th key={form.id} scope="col">
                {link(form)}
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
              {forms.map((form) => (
                <td key={form.id}>
                  <Given form={form} role={role.id} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What a role may do with a form, in words. */
function Given({ form, role }: { readonly form: FormModel; readonly role: string }) {
  const { t } = useTranslation('app')
  const seen = viewAs(form, [role])
  const given = recordRights.filter((right) => seen.rights.get(right)?.best)
  const isSome = given.some((right) => !seen.rights.get(right)?.everywhere)
  return (
    <span data-none={given.length === 0}>
      {given.length === 0 ? t('access.none') : summary(given, t)}
      {isSome && <span className={styles.some}>{t('access.someRows')}</span>}
    </span>
  )
}

function summary(given: readonly string[], t: (key: string) => string): string {
  if (given.length === recordRights.length) return t('access.everything')
  return given.map((right) => t(`access.right.${right}`)).join(t('access.comma'))
}
