import { AppDefinition } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../../draft/draft-context.tsx'
import { SchemaPanel } from '../../panels/index.ts'
import styles from './app-bench.module.css'

const only = [
  'label',
  'description',
  'icon',
  'locales',
  'zone',
  'currency',
  'calendar',
  'settings',
  'requires',
  'version',
]

/** What holds for the whole app. */
export function SettingsTab({ path }: { readonly path: string }) {
  const { t } = useTranslation('app')
  const { document, edit } = useDocument(path)
  if (!document) return null
  return (
    <div className={styles.settings}>
      <SchemaPanel
        schema={AppDefinition}
        value={document}
        only={only}
        scope={{ path, form: undefined }}
        onChange={(next) => edit(t('settings.changed'), () => next, 'settings')}
      />
    </div>
  )
}
