import { useQuery, useQueryClient } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, type OwnRecord, type OwnRecordView } from '../../contract/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { client } from '../shell/client.ts'
import { usePreferences } from '../shell/preferences.ts'
import { isNotFound } from '../shell/problems.ts'
import { Failed, Missing, Waiting } from '../shell/states.tsx'
import { PortalSignIn } from './PortalSignIn.tsx'
import styles from './portal.module.css'
import { ownAddress, type PortalPlace, recordAddress } from './portal-place.ts'

type Props = { readonly app: string; readonly place: PortalPlace; readonly isSignedIn: boolean }

/** What a contact finds of his own: signed in first, then the list, then one of them with its progress. */
export function OwnRecords({ app, place, isSignedIn }: Props) {
  if (!isSignedIn) return <PortalSignIn app={app} />
  return place.kind === 'record' ? <One app={app} form={place.form} id={place.id} /> : <List app={app} />
}

/** A session that is over shows the sign-in again. */
function useOver(app: string, error: Error | null): void {
  const cache = useQueryClient()
  const isOver = error instanceof ApiProblem && error.problem.status === 401
  useEffect(() => {
    if (isOver) void cache.invalidateQueries({ queryKey: ['portal', app] })
  }, [isOver, cache, app])
}

function List({ app }: { readonly app: string }) {
  const { t } = useTranslation('public')
  const { locale } = usePreferences()
  const cache = useQueryClient()
  const own = useQuery({ queryKey: ['own', app, locale], queryFn: () => client.portal.records(app) })
  useOver(app, own.error)
  if (own.error) return <Failed error={own.error} retry={() => void own.refetch()} />
  if (!own.data) return <Waiting rows={6} />
  const leave = async () => {
    await client.portal.leave(app)
    cache.removeQueries({ queryKey: ['own'] })
    await cache.invalidateQueries({ queryKey: ['portal', app] })
    location.hash = ''
  }
  return (
    <div className={styles.portal}>
      <h1 className={styles.title}>{t('own.title')}</h1>
      {own.data.items.length === 0 ? (
        <p className={styles.nothing}>{t('own.none')}</p>
      ) : (
        <ul className={styles.offers} aria-label={t('own.title')}>
          {own.data.items.map((record) => (
            <li key={`${record.form}/${record.id}`}>
              <a className={styles.offer} href={recordAddress(record.form, record.id)}>
                <span className={styles.words}>
                  <strong>{nameOf(record, locale)}</strong>
                  <span className={styles.about}>
                    {record.status && `${resolveText(record.status.label, locale)} · `}
                    <Moment at={record.created_at} />
                  </span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <Button className={styles.leave ?? ''} onClick={() => void leave()}>
        {t('own.leave')}
      </Button>
    </div>
  )
}

/** As much of its name as is shown here; at least what kind of record it is. */
const nameOf = ({ title, number, kind }: OwnRecord, locale: 'zh-CN' | 'en'): string =>
  title ?? [resolveText(kind, locale), number].filter((part) => part !== null).join(' ')

function One({ app, form, id }: { readonly app: string; readonly form: string; readonly id: string }) {
  const { t } = useTranslation('public')
  const { locale } = usePreferences()
  const record = useQuery({
    queryKey: ['own', app, form, id, locale],
    queryFn: () => client.portal.record(app, form, id),
  })
  useOver(app, record.error)
  if (isNotFound(record.error))
    return (
      <Missing title={t('own.gone')} hint={t('own.goneHint')}>
        <Button href={ownAddress}>{t('own.title')}</Button>
      </Missing>
    )
  if (record.error) return <Failed error={record.error} retry={() => void record.refetch()} />
  if (!record.data) return <Waiting rows={6} />
  const { fields, progress } = record.data
  return (
    <div className={styles.portal}>
      <h1 className={styles.title}>{nameOf(record.data, locale)}</h1>
      {progress.length > 0 && <Progress steps={progress} />}
      {fields.length > 0 && (
        <dl className={styles.facts}>
          {fields.map(({ label, text }) => (
            <div key={resolveText(label, locale)}>
              <dt>{resolveText(label, locale)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

/** Like a parcel on its way: the newest on top. */
function Progress({ steps }: { readonly steps: OwnRecordView['progress'] }) {
  const { t } = useTranslation('public')
  const { locale } = usePreferences()
  return (
    <ol className={styles.progress} aria-label={t('own.progress')}>
      {steps.toReversed().map(({ label, at }, nth) => (
        <li key={at} aria-current={nth === 0 ? 'step' : undefined}>
          <strong>{resolveText(label, locale)}</strong>
          <Moment at={at} />
        </li>
      ))}
    </ol>
  )
}
