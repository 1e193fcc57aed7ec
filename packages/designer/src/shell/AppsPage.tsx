import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { resolveText } from '@tenon/engine'
import { client, Failed, NamedIcon, Nothing, usePreferences, Waiting } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import styles from './apps-page.module.css'
import { Brand } from './Brand.tsx'
import { PersonMenu } from './PersonMenu.tsx'

/** The apps I may design. */
export default function AppsPage() {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const apps = useQuery({ queryKey: ['design-apps'], queryFn: () => client.design.apps() })
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Brand />
        <span className={styles.space} />
        <PersonMenu />
      </header>
      <main className={styles.main}>
        <h1 className={styles.title}>{t('apps.title')}</h1>
        <p className={styles.hint}>{t('apps.hint')}</p>
        {apps.isPending && <Waiting rows={3} />}
        {apps.error && <Failed error={apps.error} retry={() => void apps.refetch()} />}
        {apps.data?.items.length === 0 && <Nothing title={t('apps.none')} hint={t('apps.noneHint')} />}
        <ul className={styles.list}>
          {apps.data?.items.map((app) => (
            <li key={app.id}>
              <Link to="/$app" params={{ app: app.id }} className={styles.card}>
                <span className={styles.icon} aria-hidden>
                  <NamedIcon name={app.icon} kind="form" />
                </span>
                <span className={styles.words}>
                  <span className={styles.name}>{resolveText(app.label, locale)}</span>
                  <span className={styles.description}>
                    {app.description === undefined ? '' : resolveText(app.description, locale)}
                  </span>
                  <span className={styles.version}>{t('versionNumber', { version: app.version })}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </main>
    </div>
  )
}
