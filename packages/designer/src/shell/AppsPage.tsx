import { InboxOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { resolveText, type TextValue } from '@tenon/engine'
import { client, Failed, NamedIcon, Nothing, usePreferences, useSession, Waiting } from '@tenon/runtime/page'
import { Moment } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ImportArchive } from '../versions/ImportArchive.tsx'
import styles from './apps-page.module.css'
import { Brand } from './Brand.tsx'
import { NewApp } from './NewApp.tsx'
import { PersonMenu } from './PersonMenu.tsx'

/** The apps I may design; who administers the installation makes new ones here. */
export default function AppsPage() {
  const { t } = useTranslation('designer')
  const { user } = useSession()
  const [making, setMaking] = useState<'new' | 'import'>()
  const apps = useQuery({ queryKey: ['design-apps'], queryFn: () => client.design.apps() })
  const { items = [], unpublished = [] } = apps.data ?? {}
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Brand />
        <span className={styles.space} />
        <PersonMenu />
      </header>
      <main className={styles.main}>
        <div className={styles.head}>
          <div>
            <h1 className={styles.title}>{t('apps.title')}</h1>
            <p className={styles.hint}>{t('apps.hint')}</p>
          </div>
          {user.admin && (
            <div className={styles.makers}>
              <Button icon={<InboxOutlined />} onClick={() => setMaking('import')}>
                {t('apps.import')}
              </Button>
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking('new')}>
                {t('apps.new')}
              </Button>
            </div>
          )}
        </div>
        {apps.isPending && <Waiting rows={3} />}
        {apps.error && <Failed error={apps.error} retry={() => void apps.refetch()} />}
        {apps.data && items.length + unpublished.length === 0 && (
          <Nothing title={t('apps.none')} hint={user.admin ? t('apps.noneAdmin') : t('apps.noneHint')} />
        )}
        <ul className={styles.list}>
          {items.map((app) => (
            <AppCard key={app.id} {...app}>
              {t('versionNumber', { version: app.version })}
            </AppCard>
          ))}
          {unpublished.map((app) => (
            <AppCard key={app.id} {...app}>
              {t('overview.notLive')} · <Moment at={app.updatedAt} />
            </AppCard>
          ))}
        </ul>
      </main>
      {making === 'new' && <NewApp onClose={() => setMaking(undefined)} />}
      {making === 'import' && <ImportArchive onClose={() => setMaking(undefined)} />}
    </div>
  )
}

type CardProps = {
  readonly id: string
  readonly label: TextValue
  readonly description?: TextValue | undefined
  readonly icon?: string | undefined
  readonly draft?: string
  readonly children: ReactNode
}

function AppCard({ id, label, description, icon, draft, children }: CardProps) {
  const { locale } = usePreferences()
  return (
    <li>
      <Link
        to="/$app"
        params={{ app: id }}
        search={draft === undefined || draft === 'main' ? {} : { draft }}
        className={styles.card}
      >
        <span className={styles.icon} aria-hidden>
          <NamedIcon name={icon} kind="form" />
        </span>
        <span className={styles.words}>
          <span className={styles.name}>{resolveText(label, locale)}</span>
          <span className={styles.description}>
            {description === undefined ? '' : resolveText(description, locale)}
          </span>
          <span className={styles.version}>{children}</span>
        </span>
      </Link>
    </li>
  )
}
