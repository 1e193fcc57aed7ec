import { FormOutlined, PhoneOutlined, RightOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortalView } from '../../contract/index.ts'
import { emptyEnvironment, UiEnvironmentProvider } from '../../ui/environment.tsx'
import { client } from '../shell/client.ts'
import { usePreferences } from '../shell/preferences.ts'
import { isNotFound } from '../shell/problems.ts'
import { Failed, Missing, Waiting } from '../shell/states.tsx'
import { Frame } from './Frame.tsx'
import { OwnRecords } from './OwnRecords.tsx'
import styles from './portal.module.css'
import { ownAddress, usePortalPlace } from './portal-place.ts'

/** The page of an app for its customers: what it is, what they can do here, whom to call. */
export default function PortalPage({ app }: { app: string }) {
  const { t } = useTranslation('public')
  const { locale } = usePreferences()
  const place = usePortalPlace()
  const portal = useQuery({
    queryKey: ['portal', app],
    queryFn: () => client.portal.get(app),
    refetchOnWindowFocus: false,
  })
  const title = portal.data && resolveText(portal.data.title, locale)
  useEffect(() => {
    if (title) document.title = title
  }, [title])
  if (isNotFound(portal.error))
    return (
      <Frame languages={[]}>
        <Missing title={t('portal.closed.title')} hint={t('portal.closed.hint')} />
      </Frame>
    )
  if (portal.error) return <Failed error={portal.error} retry={() => void portal.refetch()} />
  if (!portal.data) return <Waiting rows={8} />
  const { locales, zone, tracking } = portal.data
  const isOwn = tracking !== null && place.kind !== 'home'
  return (
    <UiEnvironmentProvider value={{ ...emptyEnvironment, locale, zone }}>
      <Frame languages={locales} back={isOwn ? (place.kind === 'record' ? ownAddress : '#') : undefined}>
        {isOwn ? (
          <OwnRecords app={app} place={place} isSignedIn={tracking.signedIn} />
        ) : (
          <Offers app={app} portal={portal.data} />
        )}
      </Frame>
    </UiEnvironmentProvider>
  )
}

function Offers({ app, portal }: { readonly app: string; readonly portal: PortalView }) {
  const { t } = useTranslation('public')
  const { locale } = usePreferences()
  const told = (text: PortalView['intro']) => (text === null ? '' : resolveText(text, locale).trim())
  const [intro, contact] = [told(portal.intro), told(portal.contact)]
  return (
    <div className={styles.portal}>
      <h1 className={styles.title}>{resolveText(portal.title, locale)}</h1>
      {intro !== '' && <p className={styles.intro}>{intro}</p>}
      {portal.forms.length === 0 && portal.tracking === null ? (
        <p className={styles.nothing}>{t('portal.nothing')}</p>
      ) : (
        <ul className={styles.offers} aria-label={t('portal.offers')}>
          {portal.forms.map((form) => (
            <li key={form.token}>
              <a className={styles.offer} href={`/p/${form.token}?from=${app}`}>
                <FormOutlined className={styles.sign} aria-hidden />
                <span className={styles.words}>
                  <strong>{resolveText(form.title, locale)}</strong>
                  {told(form.intro) !== '' && <span className={styles.about}>{told(form.intro)}</span>}
                </span>
                <RightOutlined aria-hidden />
              </a>
            </li>
          ))}
          {portal.tracking && (
            <li>
              <a className={styles.offer} href={ownAddress}>
                <UnorderedListOutlined className={styles.sign} aria-hidden />
                <span className={styles.words}>
                  <strong>{t('own.title')}</strong>
                  <span className={styles.about}>{t('own.hint')}</span>
                </span>
                <RightOutlined aria-hidden />
              </a>
            </li>
          )}
        </ul>
      )}
      {contact !== '' && (
        <section className={styles.contact} aria-label={t('portal.contact')}>
          <PhoneOutlined className={styles.sign} aria-hidden />
          <p>{contact}</p>
        </section>
      )}
    </div>
  )
}
