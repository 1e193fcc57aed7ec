import { useQuery } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { useApps } from '../shell/apps.ts'
import { client } from '../shell/client.ts'
import { usePreferences } from '../shell/preferences.ts'
import { Failed, Nothing, Waiting } from '../shell/states.tsx'
import { AdminPage } from './AdminPage.tsx'
import { Secrets } from './Secrets.tsx'
import { Variables } from './Variables.tsx'

/** What is another on every installation: variables that definitions name, and secrets that go to one address only. */
export default function EnvironmentPage() {
  const { t } = useTranslation(['admin', 'shell'])
  const { locale } = usePreferences()
  const { apps } = useApps()
  const variables = useQuery({
    queryKey: ['admin', 'variables', locale],
    queryFn: () => client.admin.variables(),
  })
  const labelOf = (app: string) => {
    const label = apps.find(({ id }) => id === app)?.label
    return label === undefined ? '' : resolveText(label, locale)
  }
  return (
    <AdminPage title={t('shell:adminPage.environment')} hint={t('environment.hint')}>
      {variables.isPending ? (
        <Waiting />
      ) : variables.error ? (
        <Failed error={variables.error} retry={() => void variables.refetch()} />
      ) : variables.data.items.length === 0 ? (
        <Nothing title={t('environment.noVariables')} hint={t('environment.noVariablesHint')} />
      ) : (
        <Variables items={variables.data.items} labelOf={labelOf} />
      )}
      <Secrets labelOf={labelOf} apps={apps.map(({ id }) => id)} />
    </AdminPage>
  )
}
