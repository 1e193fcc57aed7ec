import { usePreferences } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import type { Form } from '../edits/form-edit.ts'
import styles from '../form-bench.module.css'
import { pathLabel } from './path-label.ts'

type ViewDefinition = NonNullable<Form['views']>[number]

/** The head of the list as people will see it, with the order of the rows. */
export function ViewColumns({ form, view }: { form: Form; view: ViewDefinition }) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const sorted = (path: string) => {
    if (view.sort?.includes(path)) return ' ↑'
    return view.sort?.includes(`-${path}`) ? ' ↓' : ''
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its place is scrolled by keyboard
    <section className={styles.viewTable} aria-label={t('views.preview')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {(view.columns ?? []).map((path) => (
              <th key={path} scope="col">
                {pathLabel(form, path, locale)}
                {sorted(path)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[1, 2, 3].map((row) => (
            <tr key={row} aria-hidden>
              {(view.columns ?? []).map((path) => (
                <td key={path}>
                  <span className={styles.skeleton} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
